package sequor.vectors;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A thousand damaged files of each format, made by rule: each is read, or refused by name with the
/// line or the byte, and none takes more memory than it has.
@Timeout(120)
class HostileVectorsTest {
  private static final int FILES = 1000;
  private static final List<String> WORDS = List.of("the", "café", "한국", ". .", "7", "a\u00a0b");

  @TempDir Path folder;

  enum Format {
    WORD2VEC("a.vec"),
    GLOVE("a.txt"),
    WORD2VEC_BINARY("w.bin"),
    FASTTEXT("f.bin");

    final String name;

    Format(String name) {
      this.name = name;
    }
  }

  /// What is done to a file.
  private interface Damage {
    byte[] to(byte[] whole, Random random);
  }

  private static final List<Damage> DAMAGES =
      List.of(
          // cut
          (whole, random) -> Arrays.copyOf(whole, random.nextInt(whole.length)),
          // bytes
          (whole, random) -> {
            byte[] damaged = whole.clone();
            for (int i = 0; i <= random.nextInt(4); i++) {
              damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            return damaged;
          },
          // head
          (whole, random) -> {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(Math.min(60, damaged.length))] = (byte) random.nextInt();
            return damaged;
          },
          // number
          (whole, random) -> {
            var numbers = new int[] {-1, 0, 1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0x7fc00000};
            var damaged = ByteBuffer.wrap(whole.clone()).order(ByteOrder.LITTLE_ENDIAN);
            int at = random.nextInt(Math.min(120, whole.length - 4));
            return damaged.putInt(at, numbers[random.nextInt(numbers.length)]).array();
          },
          // counts
          (whole, random) -> {
            var counts =
                List.of("999999999 999999\n", "1 300000\n", "0 0\n", "-1 2\n", "3\n", "7 4 2\n");
            return joined(counts.get(random.nextInt(counts.size())).getBytes(US_ASCII), whole);
          },
          // lines
          (whole, random) -> {
            var lines = new ArrayList<>(List.of(new String(whole, ISO_8859_1).split("\n", -1)));
            Collections.shuffle(lines, random);
            return String.join("\n", lines).getBytes(ISO_8859_1);
          },
          // fields
          (whole, random) -> {
            var fields = new ArrayList<>(List.of(new String(whole, ISO_8859_1).split(" ", -1)));
            Collections.swap(fields, random.nextInt(fields.size()), random.nextInt(fields.size()));
            fields.remove(random.nextInt(fields.size()));
            return String.join(" ", fields).getBytes(ISO_8859_1);
          },
          // put in
          (whole, random) -> {
            var strange =
                List.of(
                    "nan", " 1e999", "\r", "\n\n", "\u0000", " ", "\t", "0x1p3", "\ufeff", "1,5",
                    "--3");
            byte[] put = strange.get(random.nextInt(strange.size())).getBytes(UTF_8);
            int at = random.nextInt(whole.length);
            return joined(
                Arrays.copyOf(whole, at), put, Arrays.copyOfRange(whole, at, whole.length));
          },
          // long line
          (whole, random) -> {
            byte[] put = new byte[1 << (8 + random.nextInt(11))];
            Arrays.fill(put, (byte) "x1 \t".charAt(random.nextInt(4)));
            int at = random.nextInt(whole.length);
            return joined(
                Arrays.copyOf(whole, at), put, Arrays.copyOfRange(whole, at, whole.length));
          },
          // encoding
          (whole, random) -> {
            var text = new String(whole, ISO_8859_1);
            return random.nextBoolean() ? text.getBytes(UTF_16) : text.getBytes(UTF_8);
          },
          // twice
          (whole, _) -> joined(whole, whole),
          // packed
          (whole, random) -> {
            byte[] packed = Files.gzipped(whole);
            return Arrays.copyOf(packed, 1 + random.nextInt(packed.length));
          });

  private static byte[] joined(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    var all = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      all.put(part);
    }
    return all.array();
  }

  private byte[] whole(Format format) {
    var file = folder.resolve("whole" + format.name);
    switch (format) {
      case FASTTEXT -> {
        return Files.resource("tiny.bin");
      }
      case WORD2VEC_BINARY -> {
        var words = List.of("the", "café", "한국", "x", "7", "a\u00a0b", "y", "z");
        WordVectors.of(words, 3, values(words.size())).write(file);
      }
      default -> {
        WordVectors.of(WORDS, 3, values(WORDS.size())).write(file);
      }
    }
    return Files.bytes(file);
  }

  private static float[] values(int words) {
    float[] values = new float[3 * words];
    for (int i = 0; i < values.length; i++) {
      values[i] = i / 7f - 1;
    }
    return values;
  }

  @ParameterizedTest
  @EnumSource
  void eachIsReadOrRefusedWithItsPlace(Format format) {
    byte[] whole = whole(format);
    var random = new Random(7);
    int read = 0;
    int refused = 0;
    for (int i = 0; i < FILES; i++) {
      var damage = DAMAGES.get(i % DAMAGES.size());
      byte[] damaged = damage.to(whole, random);
      var file = Files.write(folder.resolve(format.name), damaged);
      for (boolean lenient : new boolean[] {false, true}) {
        var reading = VectorReading.of(file);
        try {
          var vectors = (lenient ? reading.lenient() : reading).read();
          read++;
          assertThat(vectors.words()).isNotEmpty();
          for (int word = 0; word < vectors.size(); word++) {
            assertThat(vectors.row(word)).hasSize(vectors.dimension());
          }
          vectors.vector("unseen");
        } catch (VectorsException e) {
          refused++;
          assertThat(e).as("%d", i).hasMessageContaining(format.name).hasNoSuppressedExceptions();
          assertThat(e.getMessage()).contains("; ").doesNotContain("java.");
        }
      }
    }
    assertThat(read).isGreaterThan(50);
    assertThat(refused).isGreaterThan(500);
  }

  /// What a header claims costs nothing until it is there.
  @Test
  void aHeaderTakesNoMemory() {
    for (var claim : List.of("999999999 999999\n", "2 300000\n")) {
      var file = Files.write(folder.resolve("claim.vec"), claim + "a 1 2\n");
      assertThatThrownBy(() -> WordVectors.read(file)).isInstanceOf(VectorsException.class);
    }
    var wide = new StringBuilder("1 300000\na");
    wide.append(" 1".repeat(300_000)).append('\n');
    var file = Files.write(folder.resolve("wide.vec"), wide.toString());
    assertThat(WordVectors.read(file).dimension()).isEqualTo(300_000);
  }

  @Test
  void aLineThatNeverEndsIsRefusedWithItsNumber() {
    byte[] line = new byte[70 << 20];
    Arrays.fill(line, (byte) '1');
    for (int i = 1; i < line.length; i += 2) {
      line[i] = ' ';
    }
    var file =
        Files.write(folder.resolve("line.vec"), joined("2 2\na 1 2\n".getBytes(US_ASCII), line));
    assertThatThrownBy(() -> WordVectors.read(file))
        .isInstanceOf(VectorsException.class)
        .hasMessageContaining("line.vec:3: expected a line of at most");
    byte[] shorter = Arrays.copyOf(line, 30 << 20);
    Files.write(file, joined("2 2\na 1 2\nb ".getBytes(US_ASCII), shorter));
    assertThatThrownBy(() -> WordVectors.read(file))
        .isInstanceOf(VectorsException.class)
        .hasMessageContaining("line.vec:3: expected a word and 2 finite numbers, got 15,728,640");
  }
}
