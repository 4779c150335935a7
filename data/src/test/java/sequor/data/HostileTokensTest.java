package sequor.data;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.FileException;
import sequor.json.Json;
import sequor.settings.Places;

/// A thousand damaged files of each format: each is read, or refused with its line.
class HostileTokensTest {
  @TempDir Path folder;

  private static String whole(Random random, boolean conllu) {
    var text = new StringBuilder();
    for (int s = 0; s < 5; s++) {
      text.append("# sent_id = ").append(s).append('\n');
      for (int t = 1; t <= 1 + random.nextInt(6); t++) {
        String word = "wörd" + random.nextInt(50);
        text.append(
            conllu
                ? "%d\t%s\t%s\tNOUN\tN\t_\t%d\tdep\t_\t_\n".formatted(t, word, word, t - 1)
                : "%s\tN%s\n".formatted(word, random.nextInt(3)));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static byte[] damaged(Random random, boolean conllu) throws IOException {
    String text = whole(random, conllu);
    byte[] bytes = text.getBytes(UTF_8);
    return switch (random.nextInt(9)) {
      case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 1 -> shuffledColumns(random, text).getBytes(UTF_8);
      case 2 -> text.replaceFirst("\t", random.nextBoolean() ? "\t\t" : "").getBytes(UTF_8);
      case 3 -> (text + "x".repeat(1 << (10 + random.nextInt(8))) + "\ty\n").getBytes(UTF_8);
      case 4 -> mixed(bytes, text.getBytes(UTF_16LE));
      case 5 -> text.replace("\n\n", "\n").getBytes(UTF_8);
      case 6 -> text.replace("\n", random.nextBoolean() ? "\r\n" : "\r").getBytes(UTF_8);
      case 7 -> flipped(random, bytes);
      default -> shuffledLines(random, text).getBytes(UTF_8);
    };
  }

  private static byte[] mixed(byte[] first, byte[] second) throws IOException {
    var all = new ByteArrayOutputStream();
    all.write(first);
    all.write(second);
    return all.toByteArray();
  }

  private static byte[] flipped(Random random, byte[] bytes) {
    for (int i = 0; i < 3; i++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  private static String shuffledColumns(Random random, String text) {
    var lines = new ArrayList<String>();
    for (var line : text.split("\n", -1)) {
      var fields = Arrays.asList(line.split("\t", -1));
      Collections.shuffle(fields, random);
      lines.add(String.join("\t", fields));
    }
    return String.join("\n", lines);
  }

  private static String shuffledLines(Random random, String text) {
    var lines = Arrays.asList(text.split("\n", -1));
    Collections.shuffle(lines, random);
    return String.join("\n", lines);
  }

  @ParameterizedTest
  @ValueSource(strings = {"conll", "conllu"})
  void isReadOrRefusedWithItsLine(String format) throws IOException {
    var random = new Random(7);
    var settings =
        DataSettings.section()
            .complete(Json.ofMap(Map.of("format", format)), "data.", Places.NOWHERE);
    int read = 0;
    int refused = 0;
    for (int i = 0; i < 1000; i++) {
      var file =
          Files.write(folder.resolve("f." + format), damaged(random, format.equals("conllu")));
      try {
        for (var row : Data.open(settings, file).toList()) {
          requireWhole(row);
        }
        read++;
      } catch (DataException e) {
        assertThat(e).hasMessageMatching("(?s)f\\.conllu?:\\d+: expected .*, got .*; .*");
        refused++;
      } catch (FileException e) {
        throw new AssertionError("a file that is there cannot be read", e);
      }
    }
    assertThat(List.of(read, refused)).allMatch(count -> count > 50);
  }

  /// As many values in each column as tokens, none with a line break.
  private static void requireWhole(Row row) {
    int tokens = row.list(row.columns().getFirst()).size();
    assertThat(tokens).isPositive();
    for (var column : row.columns()) {
      int values = row.field(column).isEmpty() ? 1 : row.list(column).size();
      assertThat(values).isEqualTo(tokens);
    }
  }
}
