package sequor.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FastTextTest {
  @TempDir private Path folder;

  private WordVectors tiny() {
    return WordVectors.read(Files.write(folder.resolve("tiny.bin"), Files.resource("tiny.bin")));
  }

  /// Printed with five digits.
  private static void assertVector(WordVectors vectors, String word, double... expected) {
    float[] vector = vectors.vector(word).orElseThrow();
    assertThat(vector).hasSameSizeAs(expected);
    for (int d = 0; d < vector.length; d++) {
      assertThat((double) vector[d])
          .as("%s, number %d", word, d)
          .isEqualTo(expected[d], within(Math.abs(expected[d]) * 6e-5));
    }
  }

  /// The bytes count with their sign: unsigned, 한 would be 2279321425.
  @ParameterizedTest
  @CsvSource({"<ab,1218209508", "한,2905922129", "né,166497165", "<한,18820907"})
  void hashesAsFastTextDoes(String ngram, long hash) {
    assertThat(Subwords.hash(ngram)).isEqualTo(hash);
  }

  @Test
  void nGramsAreOfLettersAndNoneIsABoundAlone() {
    int buckets = 1 << 30;
    int[] expected =
        List.of("<h", "<hé", "h", "hé", "hé>", "é", "é>").stream()
            .mapToInt(ngram -> (int) (Subwords.hash(ngram) % buckets))
            .toArray();
    assertThat(new Subwords(1, 3, buckets).buckets("hé")).containsExactly(expected);
    assertThat(new Subwords(1, 3, buckets).buckets("</s>")).isEmpty();
    assertThat(new Subwords(0, 0, 0).buckets("word")).isEmpty();
  }

  @Test
  void wordsAndUnseenWordsGetWhatFastTextSays() {
    var vectors = tiny();
    assertThat(vectors.format()).isEqualTo("fasttext");
    assertThat(vectors.dimension()).isEqualTo(4);
    assertVector(vectors, "fox", 0.04001, 0.039485, -0.0025396, 0.011491);
    assertVector(vectors, "café", 0.014133, 0.017228, 0.00089929, 0.0034375);
    assertVector(vectors, "한국", 0.015232, 0.02055, 0.0019615, 0.0033493);
    assertThat(vectors.contains("foxes")).isFalse();
    assertVector(vectors, "foxes", 0.012556, 0.01552, 0.00077655, 0.0030437);
    assertVector(vectors, "한국어", 0.01395, 0.018793, 0.0015994, 0.0031122);
    assertVector(vectors, "東", 0.018039, 0.026236, 0.00045889, 0.0042396);
    assertVector(vectors, "x", 0.0084303, 0.012068, -0.00012281, 0.0020684);
    assertThat(vectors.subwords()).hasValue(new Subwords(2, 4, 20));
  }

  /// It has no n-grams, though others of its letters have.
  @Test
  void theEndOfASentenceHasItsOwnRowAlone() {
    assertVector(tiny(), "</s>", -0.00050096, 0.0044774, -0.0020901, -3.0093e-05);
  }

  /// fastText's `.vec` has the same words in the same order, and their vectors rounded.
  @Test
  void wordsThatAreNoUtf8KeepTheirPlaceAndVector() {
    var vectors = tiny();
    var text = Files.write(folder.resolve("tiny.vec"), Files.resource("tiny.vec"));
    var rounded = WordVectors.read(text);
    assertThat(vectors.words()).isEqualTo(rounded.words()).contains("\uFFFD");
    assertThat(vectors.size()).isEqualTo(10);
    for (int i = 0; i < vectors.size(); i++) {
      float[] row = vectors.row(i);
      for (int d = 0; d < row.length; d++) {
        float expected = rounded.row(i)[d];
        assertThat(row[d]).isEqualTo(expected, within(Math.abs(expected) * 6e-5f));
      }
    }
    assertThat(vectors.notices())
        .containsExactly("2 words are not in UTF-8; what is wrong there is shown as U+FFFD");
  }

  @Test
  void labelsOfAClassifierAreNoWords() {
    var vectors =
        WordVectors.read(Files.write(folder.resolve("c.bin"), Files.resource("classifier.bin")));
    assertThat(vectors.words()).contains("fox", "</s>").noneMatch(word -> word.contains("label"));
    assertVector(vectors, "fox", -0.0085779, 0.031765, 0.0058444);
    assertVector(vectors, "foxy", -0.0037205, 0.0194, 0.0054468);
  }

  @Test
  void ofWantedWordsOthersAreStillAnsweredFor() {
    tiny();
    var few = WordVectors.read(folder.resolve("tiny.bin"), Set.of("café", "foxes"));
    assertThat(few.words()).containsExactly("café");
    assertVector(few, "café", 0.014133, 0.017228, 0.00089929, 0.0034375);
    assertVector(few, "foxes", 0.012556, 0.01552, 0.00077655, 0.0030437);
    assertThatThrownBy(() -> few.write(folder.resolve("few.bin")))
        .hasMessageContaining("got 1 of 10");
  }

  @Test
  void whatIsWrittenComesBackToTheBit() {
    var words = List.of("a", "über", "한국", "</s>");
    var subwords = new Subwords(2, 5, 31);
    float[] values = new float[(words.size() + 31) * 3];
    var random = new Random(3);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    var vectors = WordVectors.of(words, new long[] {9, 8, 7, 6}, subwords, 3, values);
    vectors.write(folder.resolve("own.bin"));
    var again = WordVectors.read(folder.resolve("own.bin"));
    assertThat(again.words()).isEqualTo(words);
    assertThat(again.subwords()).hasValue(subwords);
    for (var word : List.of("a", "über", "한국", "</s>", "unseen", "국한", "b")) {
      assertThat(again.vector(word)).as(word).hasValue(vectors.vector(word).orElseThrow());
    }
    again.write(folder.resolve("again.bin"));
    assertThat(Files.bytes(folder.resolve("again.bin")))
        .isEqualTo(Files.bytes(folder.resolve("own.bin")));
  }

  /// The other program's file has another output, and the same words and input.
  @Test
  void whatFastTextWroteIsWrittenAgain() {
    var vectors = tiny();
    vectors.write(folder.resolve("again.bin"));
    var again = WordVectors.read(folder.resolve("again.bin"));
    assertThat(again.words()).isEqualTo(vectors.words());
    for (int i = 0; i < vectors.size(); i++) {
      assertThat(again.row(i)).isEqualTo(vectors.row(i));
    }
    assertThat(again.vector("unseen")).hasValue(vectors.vector("unseen").orElseThrow());
  }

  // What is no model that can be read

  private void assertRefused(byte[] bytes, String message) {
    var file = Files.write(folder.resolve("wrong.bin"), bytes);
    assertThatThrownBy(() -> WordVectors.read(file))
        .isInstanceOf(VectorsException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message);
  }

  private static byte[] with(int at, int number) {
    byte[] bytes = Files.resource("tiny.bin");
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, number);
    return bytes;
  }

  @Test
  void aQuantisedModelIsRefusedByName() {
    byte[] bytes = Files.resource("tiny.bin");
    int output = 1 + 2 * Long.BYTES + 10 * 4 * Float.BYTES;
    int input = 1 + 2 * Long.BYTES + 30 * 4 * Float.BYTES;
    bytes[bytes.length - output - input] = 1;
    assertRefused(bytes, "got a quantised one (.ftz); take the .bin that it was made from");
  }

  @Test
  void otherVersionsAndPackedFilesAreRefused() {
    assertRefused(with(4, 13), "expected version 11 or 12 of fastText's file, got 13");
    assertRefused(Files.gzipped(Files.resource("tiny.bin")), "unpack it (gunzip)");
    assertRefused(with(8, 5), ", byte 243: expected 30 rows of 5 numbers, got 30 of 4");
    assertRefused(with(8, -1), "the file is damaged");
  }

  @Test
  void aFileThatIsCutOrDamagedIsRefusedOrReadWithoutACrash() {
    byte[] whole = Files.resource("tiny.bin");
    int output = 1 + 2 * Long.BYTES + 10 * 4 * Float.BYTES;
    for (int length = 5; length < whole.length - output; length++) {
      assertRefused(Arrays.copyOf(whole, length), "");
    }
    var random = new Random(5);
    for (int i = 0; i < 400; i++) {
      byte[] damaged = whole.clone();
      damaged[8 + random.nextInt(220)] = (byte) random.nextInt();
      var file = Files.write(folder.resolve("damaged.bin"), damaged);
      try {
        WordVectors.read(file).vector("unseen");
      } catch (VectorsException e) {
        assertThat(e).hasMessageContaining("damaged.bin");
      }
    }
  }
}
