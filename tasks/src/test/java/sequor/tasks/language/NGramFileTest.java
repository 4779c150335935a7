package sequor.tasks.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.FileException;
import sequor.json.Json;
import sequor.json.JsonFile;
import sequor.store.ModelDirectory;
import sequor.tasks.TaskException;
import sequor.text.Vocabulary;

class NGramFileTest {
  private static final int V = 300; // so that some tokens take two bytes
  private static final Vocabulary VOCABULARY =
      Vocabulary.of(IntStream.range(4, V).mapToObj(i -> "token" + i).toList());

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 12})
  void aLoadedModelGivesTheProbabilitiesOfTheTrainedOneBitForBit(int order) {
    var sequences = sequences(200);
    var share = new NGramShare(order, 0.25, V, sequences);
    var directory = new ModelDirectory(folder);

    share.write(directory);

    same(share.model(), NGramShare.read(directory, VOCABULARY).model(), sequences);
    assertThat(NGramFile.read(folder.resolve("ngrams.bin"), V).share()).isEqualTo(0.25);
  }

  /// As models were saved before: the training texts as ids.
  @Test
  void theOldFileOfTextsGivesTheSameModel() {
    var sequences = sequences(100);
    var ids = sequences.stream().flatMapToInt(IntStream::of).boxed().toList();
    new JsonFile(folder.resolve("ngrams.json"))
        .write(Json.object().with("order", 4).with("share", 0.5).with("ids", Json.ofList(ids)));
    var directory = new ModelDirectory(folder);

    var old = NGramShare.read(directory, VOCABULARY);

    same(KneserNey.train(4, V, sequences), old.model(), sequences);
    assertThat(NGramShare.isIn(directory)).isTrue();
    double[] mixed = new double[V];
    Arrays.fill(mixed, 1.0 / V);
    double[] again = mixed.clone();
    old.mixInto(mixed, sequences.getFirst(), new double[V]);
    new NGramShare(4, 0.5, V, sequences).mixInto(again, sequences.getFirst(), new double[V]);
    assertThat(mixed).containsExactly(again);
  }

  private static void same(KneserNey one, KneserNey other, List<int[]> histories) {
    for (int[] history : histories.subList(0, 20)) {
      for (int n = 0; n < history.length; n += 3) {
        int[] begun = Arrays.copyOf(history, n);
        assertThat(other.distribution(begun)).containsExactly(one.distribution(begun));
      }
    }
  }

  @Test
  void theSameCountsGiveTheSameBytes() throws IOException {
    var sequences = new ArrayList<>(sequences(100));
    byte[] bytes = written(5, sequences);
    Collections.shuffle(sequences, new Random(1));

    assertThat(written(5, sequences)).isEqualTo(bytes);
    assertThat(bytes.length).isLessThan(100_000); // 3,000 tokens in all
  }

  @Test
  void nothingTrainedIsSavedToo() throws IOException {
    Path file = folder.resolve("ngrams.bin");
    Files.write(file, written(3, List.of()));

    var model = KneserNey.of(NGramFile.read(file, V).counts());

    assertThat(model.distribution(new int[] {1})).containsOnly(1.0 / V);
  }

  @Test
  void everyDamagedByteIsFound() throws IOException {
    byte[] bytes = written(3, List.of(new int[] {4, 299, 4, 2}, new int[] {4, 2}));
    for (int at = 0; at < bytes.length; at++) {
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        byte[] damaged = bytes.clone();
        damaged[at] ^= (byte) (1 << bit);
        refused(damaged);
      }
      refused(Arrays.copyOf(bytes, at));
    }
    refused(Arrays.copyOf(bytes, bytes.length + 1));
  }

  private void refused(byte[] bytes) throws IOException {
    Path file = folder.resolve("damaged.bin");
    Files.write(file, bytes);
    assertThatExceptionOfType(TaskException.class)
        .isThrownBy(() -> NGramFile.read(file, V))
        .withMessageMatching("(?s).*damaged.bin: expected .+, got .+; .+");
  }

  /// Somebody who makes a file up makes its checksum too.
  @Test
  void aFileThatWasMadeUpIsRefusedOrGivesProbabilities() throws IOException {
    byte[] bytes = written(3, List.of(new int[] {4, 299, 4, 2}, new int[] {4, 2}));
    var random = new Random(2);
    for (int i = 0; i < 5_000; i++) {
      byte[] made = bytes.clone();
      for (int k = random.nextInt(3); k >= 0; k--) {
        made[12 + random.nextInt(made.length - 16)] = (byte) random.nextInt(256);
      }
      Path file = folder.resolve("made-up.bin");
      Files.write(file, signed(made));
      try {
        double[] p = KneserNey.of(NGramFile.read(file, V).counts()).distribution(new int[] {4, 2});
        assertThat(Arrays.stream(p).sum()).isBetween(1 - 1e-9, 1 + 1e-9);
      } catch (TaskException e) {
        assertThat(e).hasMessageMatching("(?s).*made-up.bin: expected .+, got .+; .+");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "8, 2, 'expected version 1, got 2; load it with the version of Sequor that wrote it'",
    "12, 0, 'expected an order of 1 to 127, got 0; the file is damaged'",
    "16, 7, 'expected n-grams of the model''s 300 tokens, got of 7; copy the model again'",
    "20, -1, 'expected a share above 0 and below 1, got NaN; the file is damaged'",
    "28, 0, 'expected a number of contexts of 1 to 2147483639, got 0'",
    "28, 2147483639, 'expected at least 429496733'",
    "32, -5, 'expected a number of entries of 0 to 2147483639, got -5'",
    "32, 2147483639, 'expected at least 429496733'",
  })
  void sizesAreCheckedFirst(int at, int value, String message) throws IOException {
    byte[] bytes = written(3, List.of(new int[] {4, 299, 4, 2}));
    ByteBuffer.wrap(bytes).putInt(at, value);
    Path file = folder.resolve("hostile.bin");
    Files.write(file, signed(bytes));

    assertThatThrownBy(() -> NGramFile.read(file, V))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("hostile.bin: " + message);
  }

  @Test
  void saysThatThereIsNone() {
    assertThatThrownBy(() -> NGramShare.read(new ModelDirectory(folder), VOCABULARY))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("ngrams.bin: expected to read it, got no such file");
  }

  private byte[] written(int order, List<int[]> sequences) throws IOException {
    Path file = folder.resolve("written.bin");
    new NGramFile(KneserNey.train(order, V, sequences).counts(), 0.5).write(file);
    return Files.readAllBytes(file);
  }

  private static byte[] signed(byte[] bytes) {
    var crc = new CRC32C();
    int end = bytes.length - NGramFile.CHECKSUM_BYTES;
    crc.update(bytes, 0, end);
    ByteBuffer.wrap(bytes).putInt(end, (int) crc.getValue());
    return bytes;
  }

  private static List<int[]> sequences(int count) {
    var random = new Random(count);
    var sequences = new ArrayList<int[]>();
    for (int i = 0; i < count; i++) {
      int[] sequence = new int[1 + random.nextInt(30)];
      for (int t = 0; t < sequence.length - 1; t++) {
        int token = (int) Math.pow(V, random.nextDouble());
        sequence[t] = t > 2 && random.nextBoolean() ? sequence[t - 3] : Math.max(4, token);
      }
      sequence[sequence.length - 1] = VOCABULARY.eos();
      sequences.add(sequence);
    }
    return sequences;
  }
}
