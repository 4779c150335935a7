package sequor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `sequor tokenize`
class TokenizeTest {
  @TempDir static Path folder;
  private static String run = "";
  private static Path recipe = Path.of("");

  @BeforeAll
  static void train() throws IOException {
    recipe = Program.recipe(folder, "words", "classify", "language");
    run =
        Program.trained(
            recipe,
            folder.resolve("runs/words"),
            "--set",
            "tokens.tokenizer=bpe",
            "--set",
            "tokens.pieces=30",
            "--set",
            "tokens.transforms=[html, brackets]",
            "--set",
            "tokens.lower_case=true");
  }

  @Test
  void aRunShowsTokensWithTheirPlaces() {
    var shown = Program.run("tokenize", run, "A<b>B</b>(x)", "--show-steps", "--json");
    assertThat(shown.code()).as(shown.err()).isZero();
    var object = shown.objects().getFirst();
    assertThat(object.text("text")).isEqualTo("A<b>B</b>(x)");
    assertThat(object.array("steps").objects())
        .extracting(step -> step.text("name") + "=" + step.text("text"))
        .containsExactly("html=A B (x)", "brackets=A B  ", "lower_case=a b  ", "nfc=a b  ");
    var tokens = object.array("tokens").objects();
    assertThat(tokens.getFirst().text("token")).isEqualTo("<bos>");
    assertThat(tokens.getLast().text("token")).isEqualTo("<eos>");
    assertThat(tokens)
        .allSatisfy(
            token -> {
              assertThat(token.wholeNumber("start", 0, 12))
                  .isLessThanOrEqualTo(token.wholeNumber("end", 0, 12));
              assertThat(token.wholeNumber("id", 0, 29)).isNotNegative();
            });
    assertThat(tokens)
        .extracting(token -> token.text("token"))
        .anySatisfy(token -> assertThat(token).endsWith("b"));

    var forPeople = Program.run("tokenize", run, "ab ☃", "--show-steps");
    assertThat(forPeople.out()).contains("nfc ", "<bos>", "3-4  unknown");
    assertThat(Program.run("tokenize", run, "ab").out()).doesNotContain("nfc ");
  }

  @Test
  void aRecipeMakesItsTokenizerFirst() {
    var shown =
        Program.run("tokenize", recipe.toString(), "--set", "tokens.tokenizer=jamo", "한", "--json");
    assertThat(shown.code()).as(shown.err()).isZero();
    var object = shown.objects().getFirst();
    assertThat(object.has("steps")).isFalse();
    assertThat(object.array("tokens").objects())
        .extracting(token -> token.text("token"))
        .containsExactly("<bos>", "\u1112", "\u1161", "\u11ab", "<eos>");
    assertThat(object.array("tokens").objects().get(1).flag("known")).isFalse();
  }

  @Test
  void textsComeFromStandardInputToo() {
    var shown = Program.runWith("ab\nba\n", "tokenize", run, "--json");
    assertThat(shown.objects())
        .extracting(object -> object.text("text"))
        .containsExactly("ab", "ba");
  }

  @Test
  void librariesAreThere() {
    var korean =
        Program.run(
            "tokenize", recipe.toString(), "--set", "tokens.tokenizer=nori", "영화가 재밌다", "--json");
    assertThat(korean.objects().getFirst().array("tokens").objects())
        .extracting(token -> token.text("token"))
        .containsExactly("<bos>", "영화", "가", "재밌", "다", "<eos>");
    var keys =
        Program.run(
            "recipe",
            "show",
            "classify",
            "--set",
            "tokens.tokenizer=nori",
            "--set",
            "tokens.transforms=[stop_words]");
    assertThat(keys.out())
        .contains("user_dictionary:", "stop_words_language: english", "normalization: nfc");
  }

  @Test
  void longTextsAreCutAndThatIsSaid() {
    var shown = Program.run("tokenize", recipe.toString(), "--set", "tokens.max_length=2", "abab");
    assertThat(shown.out()).contains("2 tokens more are not read");
  }

  @Test
  void misuseIsSaid() throws IOException {
    var set = Program.run("tokenize", run, "--set", "tokens.tokenizer=bpe", "a");
    assertThat(set.code()).isEqualTo(2);
    assertThat(set.err()).contains("--set and --data: expected a recipe, got a run");
    var none = Program.run("tokenize", "nmes", "a");
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("did you mean \"names\"");
    var empty = Files.createDirectory(folder.resolve("empty"));
    assertThat(Program.run("tokenize", empty.toString(), "a").err())
        .contains("expected a run or a model");
    var file =
        Program.run("tokenize", recipe.toString(), "--set", "tokens.tokenizer=pretrained", "a");
    assertThat(file.err())
        .contains("tokenizer_file: expected the path of a tokenizer.json, got none");
  }
}
