package sequor.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.FileException;

class WordVectorsTest {
  @TempDir private Path folder;

  private Path file(String text) {
    return Files.write(folder.resolve("vectors"), text);
  }

  private WordVectors read(String text) {
    return WordVectors.read(file(text));
  }

  private static float[] vector(WordVectors vectors, String word) {
    return vectors.vector(word).orElseThrow();
  }

  private static WordVectors some(int count, int dimension) {
    var words = IntStream.range(0, count).mapToObj(i -> i % 7 == 0 ? "é" + i : "w" + i).toList();
    var random = new Random(count);
    float[] values = new float[count * dimension];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return WordVectors.of(words, dimension, values);
  }

  @Test
  void readsWhatGloveWrites() {
    var vectors = read("the 0.1 -2\nof 3e-2 4\n");
    assertThat(vectors.format()).isEqualTo("glove");
    assertThat(vectors.words()).containsExactly("the", "of");
    assertThat(vectors.dimension()).isEqualTo(2);
    assertThat(vector(vectors, "of")).containsExactly(0.03f, 4);
    assertThat(vectors.vector("Of")).isEmpty();
    assertThat(vectors.index("of")).hasValue(1);
    assertThat(vectors.notices()).isEmpty();
  }

  /// fastText leaves a space at the end of each line.
  @Test
  void readsWhatWord2vecAndFastTextWrite() {
    var vectors = read("2 3\nthe 1 2 3 \nof 4 5 6 \n");
    assertThat(vectors.format()).isEqualTo("word2vec");
    assertThat(vectors.words()).containsExactly("the", "of");
    assertThat(vector(vectors, "of")).containsExactly(4, 5, 6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.txt", "a.vec", "a.bin", "a.txt.gz", "a.vec.gz", "a.bin.gz"})
  void whatIsWrittenComesBackToTheBit(String name) {
    for (int dimension : new int[] {1, 4, 17}) {
      var vectors = some(5000, dimension); // more than a block of rows
      vectors.write(folder.resolve(name));
      var again = WordVectors.read(folder.resolve(name));
      assertThat(again.format())
          .isEqualTo(
              name.startsWith("a.txt")
                  ? "glove"
                  : name.startsWith("a.vec") ? "word2vec" : "word2vec_binary");
      assertThat(again.words()).isEqualTo(vectors.words());
      for (int i = 0; i < vectors.size(); i++) {
        assertThat(again.row(i)).isEqualTo(vectors.row(i));
      }
    }
  }

  /// What says otherwise is the content, not the name.
  @Test
  void theFormatIsThatOfTheContent() {
    some(10, 5).write(folder.resolve("vectors.bin"));
    var misnamed = Files.write(folder.resolve("a.txt"), Files.bytes(folder.resolve("vectors.bin")));
    assertThat(WordVectors.read(misnamed).format()).isEqualTo("word2vec_binary");
    var packed = Files.write(folder.resolve("b"), Files.gzipped("a 1\nb 2\n".getBytes(UTF)));
    assertThat(WordVectors.read(packed).words()).containsExactly("a", "b");
  }

  private static final java.nio.charset.Charset UTF = StandardCharsets.UTF_8;

  // Situations that users of other tools have reported

  @Test
  void fewerWordsThanTheFirstLineSaysAreRefusedWithBothNumbers() {
    var file = file("3 2\na 1 0\nb 0 1\n");
    assertThatThrownBy(() -> WordVectors.read(file))
        .isInstanceOf(VectorsException.class)
        .hasMessage(
            "%s: expected 3 words, as its first line says, got 2; fetch or make it again, or read it"
                    .formatted(file)
                + " leniently to take what there is");
    var taken = VectorReading.of(file).lenient().read();
    assertThat(taken.words()).containsExactly("a", "b");
    assertThat(taken.notices()).containsExactly("the first line speaks of 3 words, there are 2");
  }

  @Test
  void moreWordsThanTheFirstLineSaysAreRefusedToo() {
    assertThatThrownBy(() -> read("1 2\na 1 0\nb 0 1\n")).hasMessageContaining("expected 1 words");
    assertThatThrownBy(() -> read("1 2\na 1 0\nb 0 1\n")).hasMessageContaining("got 2");
  }

  @Test
  void aWordThatIsThereTwiceKeepsItsFirstVector() {
    var vectors = read("3 2\na 1 0\nb 0 1\na 9 9\n");
    assertThat(vectors.words()).containsExactly("a", "b");
    assertThat(vector(vectors, "a")).containsExactly(1, 0);
    assertThat(vectors.notices())
        .containsExactly("1 words are there again; their first vector is kept");
  }

  @Test
  void wordsMayHoldSpaces() {
    var vectors = read("the 1 2\n. . . 3 4\n. 5 6\nat name@domain.com 7 8\n 9 10\n");
    assertThat(vectors.words()).containsExactly("the", ". . .", ".", "at name@domain.com", "");
    assertThat(vector(vectors, ". . .")).containsExactly(3, 4);
    assertThat(vector(vectors, "")).containsExactly(9, 10);
    var few = WordVectors.read(folder.resolve("vectors"), Set.of(".", "at name@domain.com"));
    assertThat(few.words()).containsExactly(".", "at name@domain.com");
    assertThat(vector(few, ".")).containsExactly(5, 6);
  }

  /// Only U+0020 and the tab part; only a line feed, maybe after a carriage return, ends a line.
  @Test
  void otherWhiteSpaceIsAPartOfWords() {
    var vectors = read("a\u00a0b 1 2\r\nc\u2028d\t3\t4\r\ne\u0085 5 6");
    assertThat(vectors.words()).containsExactly("a\u00a0b", "c\u2028d", "e\u0085");
    assertThat(vector(vectors, "c\u2028d")).containsExactly(3, 4);
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstWord() {
    assertThat(read("\uFEFFa 1 2\nb 3 4\n").words()).containsExactly("a", "b");
    assertThat(read("\uFEFF2 2\na 1 2\nb 3 4\n").words()).containsExactly("a", "b");
  }

  @Test
  void numbersMayBeWords() {
    assertThat(read("the 1 2\n42 3 4\n1.5 6 7\n").words()).containsExactly("the", "42", "1.5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a 1 2\nb 1\nc 5 6\n|2: expected a word and 2 finite numbers, got 1 numbers",
        "a 1 2\nb 1 2 3\nc 5 6\n|2: expected a word and 2 finite numbers, got 3 numbers",
        "a 1 2\nb 1 x\nc 5 6\n|2: expected a word and 2 finite numbers, got \"x\" among them",
        "a 1 2\nb nan 2\nc 5 6\n|2: expected a word and 2 finite numbers, got \"nan\" among them",
        "a 1 2\nb -inf 2\nc 5 6\n|2: expected a word and 2 finite numbers, got \"-inf\" among them",
        "a 1 2\nb 1,5 2\nc 5 6\n|2: expected a word and 2 finite numbers, got \"1,5\" among them",
        "a 1 2\n\nc 5 6\n|2: expected a word and 2 finite numbers, got a line that is empty",
        "a 1 2\nb\nc 5 6\n|2: expected a word and 2 finite numbers, got 0 numbers"
      })
  void aRowThatIsWrongIsToldByItsLine(String situation) {
    String text = situation.substring(0, situation.lastIndexOf('|'));
    var file = file(text);
    assertThatThrownBy(() -> WordVectors.read(file))
        .hasMessageStartingWith(file + ":" + situation.substring(situation.lastIndexOf('|') + 1))
        .hasMessageEndingWith(
            "; mend the line, or read it leniently to leave it out (neighbors --lenient)");
    var lenient = VectorReading.of(file).lenient().read();
    assertThat(lenient.words()).containsExactly("a", "c");
    assertThat(lenient.notices()).containsExactly("1 rows are wrong and left out");
  }

  @Test
  void emptyLinesAtTheEndAreNothing() {
    assertThat(read("a 1 2\nb 3 4\n\n\n").words()).containsExactly("a", "b");
  }

  @Test
  void onlyWhatIsWantedIsKept() {
    some(9000, 3).write(folder.resolve("v.vec"));
    var whole = WordVectors.read(folder.resolve("v.vec"));
    var few = WordVectors.read(folder.resolve("v.vec"), Set.of("w8999", "w1", "nothing"));
    assertThat(few.words()).containsExactly("w1", "w8999");
    assertThat(vector(few, "w8999")).isEqualTo(vector(whole, "w8999"));
    some(9000, 3).write(folder.resolve("v.bin"));
    var binary = WordVectors.read(folder.resolve("v.bin"), Set.of("w8999", "w1"));
    assertThat(vector(binary, "w8999")).isEqualTo(vector(whole, "w8999"));
    assertThat(binary.size()).isEqualTo(2);
  }

  @Test
  void onlyTheFirstAreRead() {
    var first = VectorReading.of(file("3 1\na 1\nb 2\nc 3\n")).first(2).read();
    assertThat(first.words()).containsExactly("a", "b");
    assertThat(first.notices()).isEmpty();
  }

  /// Damaged words of two kinds look the same.
  @Test
  void bytesThatAreNoUtf8AreShownReplaced() {
    var bytes = "x\u00ff 1 2\na 3 4\n".getBytes(StandardCharsets.ISO_8859_1);
    var vectors = WordVectors.read(Files.write(folder.resolve("v"), bytes));
    assertThat(vectors.words()).containsExactly("x\uFFFD", "a");
    assertThat(vectors.notices())
        .containsExactly("1 words are not in UTF-8; what is wrong there is U+FFFD");
  }

  // What is no file of vectors

  @Test
  void otherFilesAreRefusedByName() {
    assertThatThrownBy(() -> read("PK\u0003\u0004 glove.6B.zip"))
        .hasMessageContaining(
            "got a zip archive, as .xlsx, .ods and .pt are too; unpack or convert it");
    assertThatThrownBy(() -> read("<!DOCTYPE html>\n")).hasMessageContaining("got a web page");
    assertThatThrownBy(() -> read("")).hasMessageContaining("got a file of another kind");
    assertThatThrownBy(() -> read("just words\n")).isInstanceOf(VectorsException.class);
    assertThatThrownBy(() -> WordVectors.read(folder)).hasMessageContaining("got a folder");
    assertThatThrownBy(() -> WordVectors.read(folder.resolve("none")))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("no such file");
  }

  @Test
  void filesThatAreCutAreRefused() {
    some(40, 6).write(folder.resolve("v.bin"));
    byte[] whole = Files.bytes(folder.resolve("v.bin"));
    for (int length = 10; length < whole.length - 1; length += 13) {
      var cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> WordVectors.read(cut)).isInstanceOf(VectorsException.class);
    }
    byte[] packed = Files.gzipped("a 1 2\nb 3 4\n".repeat(1000).getBytes(UTF));
    var cut = Files.write(folder.resolve("cut"), Arrays.copyOf(packed, packed.length / 2));
    assertThatThrownBy(() -> WordVectors.read(cut))
        .hasMessageContaining("expected a whole gzip file, got a damaged one");
  }

  @Test
  void whatAFileCannotHoldIsNotWritten() {
    float[] one = {1, 2};
    assertThatThrownBy(() -> WordVectors.of(List.of("a 1"), 2, one).write(folder.resolve("v.vec")))
        .hasMessageContaining("got \"a 1\"");
    assertThatThrownBy(() -> WordVectors.of(List.of("a\nb"), 2, one).write(folder.resolve("v.vec")))
        .isInstanceOf(VectorsException.class);
    assertThatThrownBy(() -> WordVectors.of(List.of("a b"), 2, one).write(folder.resolve("v.bin")))
        .hasMessageContaining("without spaces");
    assertThat(folder).isEmptyDirectory();
    assertThatThrownBy(() -> WordVectors.of(List.of("a", "a"), 1, one))
        .hasMessageContaining("twice");
    assertThatThrownBy(() -> WordVectors.of(List.of("a"), 1, one)).hasMessageContaining("got 2");
    assertThatThrownBy(() -> WordVectors.of(List.of("a"), 2, new float[] {1, Float.NaN}))
        .hasMessageContaining("finite");
  }
}
