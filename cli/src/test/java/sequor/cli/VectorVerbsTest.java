package sequor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `sequor neighbors`, `similarity`, `analogy` and `doesnt-match`
class VectorVerbsTest {
  private static final String PEOPLE =
      """
      man 1 0 0
      woman 1 1 0
      king 1 0 1
      queen 1 1 1
      apple -1 0.1 0
      """;

  @TempDir private Path folder;
  private String file = "";

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("people.txt"), PEOPLE).toString();
  }

  @Test
  void neighborsAreTheNearestFirst() {
    var shown = Program.run("neighbors", file, "queen", "-n", "2");
    assertThat(shown.code()).as(shown.err()).isZero();
    assertThat(shown.out().lines()).hasSize(2).allMatch(line -> line.matches("\\w+ +0\\.8165"));
    var json = Program.run("neighbors", file, "man", "apple", "--json", "--count", "1").objects();
    assertThat(json).extracting(each -> each.text("asked")).containsExactly("man", "apple");
    assertThat(json).extracting(each -> each.text("word")).containsExactly("woman", "queen");
  }

  @Test
  void theOthersAnswerToo() {
    assertThat(Program.run("similarity", file, "man", "woman").out()).isEqualTo("0.7071\n");
    assertThat(Program.run("analogy", file, "man", "king", "woman", "-n", "1").out())
        .startsWith("queen ");
    assertThat(Program.run("doesnt-match", file, "man", "king", "apple").out())
        .startsWith("apple ");
  }

  /// A model's own table of tokens, which began with that of a file.
  @Test
  void aRunIsAskedForItsTokens() throws IOException {
    var letters = new StringBuilder();
    for (char c = 'a'; c <= 'z'; c++) {
      letters.append(c).append(' ').append(c - 'a' + 1).append(" 1 -1\n");
    }
    var vectors = Files.writeString(folder.resolve("letters.txt"), letters);
    var recipe = Program.recipe(folder, "words", "classify", "language");
    var run =
        Program.trained(
            recipe,
            folder.resolve("runs/words"),
            "--set",
            "model.vectors=" + vectors,
            "--set",
            "model.vectors_frozen=true",
            "--set",
            "model.embedding_size=3");
    Files.delete(vectors);
    assertThat(Files.readString(folder.resolve("runs/words/model/README.md"))).isNotEmpty();
    var shown = Program.run("similarity", run, "a", "b", "--json");
    assertThat(shown.code()).as(shown.err()).isZero();
    assertThat(shown.objects().getFirst().number("similarity", -1, 1))
        .isCloseTo(4 / Math.sqrt(18), offset(1e-5));
    assertThat(Program.run("predict", run, "abab").code()).isZero();
  }

  @Test
  void wordsAreDrawnOnAPlane() throws IOException {
    var picture = folder.resolve("words.svg");
    var drawn = Program.run("project", file, "--out", picture.toString(), "--json");
    assertThat(drawn.code()).as(drawn.err()).isZero();
    assertThat(drawn.objects().getFirst().wholeNumber("words", 0, 9)).isEqualTo(5);
    assertThat(Files.readString(picture)).contains("<svg", "queen", "apple");
    assertThat(Program.run("project", file, "king", "queen").err()).contains("three words or more");
  }

  /// Near ice solid stands twice, near steam never; water near both.
  @Test
  void wordsTellTwoOthersApart() throws IOException {
    var text =
        Files.writeString(
            folder.resolve("text.txt"),
            "Solid ice and water.\nice is solid\nsteam, water and gas\nHot steam gas\n");
    var told =
        Program.run(
            "cooccur",
            text.toString(),
            "ice",
            "steam",
            "solid",
            "gas",
            "water",
            "--json",
            "--window",
            "2");
    assertThat(told.code()).as(told.err()).isZero();
    assertThat(told.objects())
        .extracting(each -> each.flag("finite"))
        .containsExactly(false, true, true);
    // ice: solid 1, and 1, water ½; is 1, solid ½. steam: water 1, and ½; hot 1, gas 1
    assertThat(told.objects().getFirst().number("first", 0, 1)).isCloseTo(1.5 / 4, offset(1e-9));
    assertThat(told.objects().getLast().number("ratio", 0, 9))
        .isCloseTo(0.5 / 4 / (1 / 3.5), offset(1e-9));
    assertThat(Program.run("cooccur", text.toString(), "ice", "fire", "gas").err())
        .contains("got \"fire\" 0 times");
  }

  /// As people write words: in large letters, where the file has them in small ones alone.
  @Test
  void wordsAreFoundInSmallLetters() {
    assertThat(Program.run("similarity", file, "Man", "WOMAN").out()).isEqualTo("0.7071\n");
    assertThat(Program.run("analogy", file, "Man", "King", "Woman", "-n", "1").out())
        .startsWith("queen ");
  }

  @Test
  void otherWordsAreAnsweredWhereOneHasNoVector() {
    var shown = Program.run("neighbors", file, "man", "pear", "apple", "--json", "-n", "1");
    assertThat(shown.code()).isEqualTo(1);
    assertThat(shown.objects())
        .extracting(each -> each.text("asked"))
        .containsExactly("man", "apple");
    assertThat(shown.err()).contains("no vector of \"pear\"");
  }

  /// B01: the header says 3, and there are 2; a word that is there twice keeps its first vector.
  @Test
  void aFileThatIsShorterThanItSaysIsReadOnRequest() throws IOException {
    var cut = Files.writeString(folder.resolve("short.vec"), "3 2\na 1 0\nb 0 1\n").toString();
    assertThat(Program.run("similarity", cut, "a", "b").err())
        .contains("short.vec: expected 3 words, as its first line says, got 2", "leniently");
    var lenient = Program.run("similarity", cut, "a", "b", "--lenient");
    assertThat(lenient.out()).isEqualTo("0.0000\n");
    assertThat(lenient.err()).contains("the first line speaks of 3 words, there are 2");
    var twice =
        Files.writeString(folder.resolve("twice.vec"), "3 2\na 1 0\na 9 9\nb 0 1\n").toString();
    var kept = Program.run("similarity", twice, "a", "b");
    assertThat(kept.out()).isEqualTo("0.0000\n"); // [9, 9] would be 0.7071
    assertThat(kept.err()).contains("their first vector is kept");
  }

  @Test
  void aFileOfVectorsIsAskedQuestions() throws IOException {
    var pairs =
        Files.writeString(
            folder.resolve("pairs.csv"),
            "Word 1,Word 2,Human\nMan,Woman,9\nman,apple,1\nking,queen,8\nking,pear,5\n");
    var told = Program.run("evaluate", file, "--data", pairs.toString(), "--json");
    assertThat(told.code()).as(told.err()).isZero();
    var object = told.objects().getFirst();
    assertThat(object.number("test.pair_coverage", 0, 1)).isEqualTo(0.75);
    assertThat(object.number("test.spearman", -1, 1)).isCloseTo(0.5, offset(1e-9));
    var text = Program.run("evaluate", file, "--data", pairs.toString()).out();
    assertThat(text).contains("rarer word's place", "1 to 1,000");
    assertThat(Program.run("evaluate", file).err()).contains("expected a file of questions");
    var wrong = Files.writeString(folder.resolve("wrong.txt"), "man woman 9\nman apple\n");
    assertThat(Program.run("evaluate", file, "--data", wrong.toString()).err())
        .contains("wrong.txt:2: expected two words and a number, or four words");
  }

  @Test
  void mistakesAreSaid() {
    var unknown = Program.run("neighbors", file, "pear");
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.err()).contains("no vector of \"pear\"");
    assertThat(Program.run("similarity", file, "man").code()).isEqualTo(2);
    assertThat(Program.run("doesnt-match", file, "man", "king").code()).isEqualTo(2);
    assertThat(Program.run("neighbors", file, "man", "-n", "0").code()).isEqualTo(2);
    assertThat(Program.run("cooccur", file, "man", "man", "king").err())
        .contains("expected another word than FIRST");
    assertThat(Program.run("neighbors", folder.resolve("none.txt").toString(), "a").err())
        .contains("no such file");
    assertThat(Program.run("neighbors", folder.toString(), "a").err())
        .contains("expected a run or a model");
  }
}
