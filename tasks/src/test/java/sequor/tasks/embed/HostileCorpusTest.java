package sequor.tasks.embed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
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
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import sequor.SequorException;
import sequor.data.CorpusFormat;
import sequor.json.Json;
import sequor.settings.Places;
import sequor.settings.Settings;

/// A thousand damaged texts, made by rule: each is learned from, or refused by name.
@Timeout(300)
class HostileCorpusTest {
  @TempDir Path folder;

  private static final List<String> NAMES = List.of("a.txt", "b", "c.jsonl", "d.csv", "e.txt.gz");

  private static byte[] whole(String name) {
    var texts = Texts.of(12);
    var lines =
        switch (name) {
          case "c.jsonl" -> texts.stream().map(text -> "{\"text\": \"" + text + "\"}").toList();
          case "d.csv" -> {
            var rows = new ArrayList<>(List.of("text"));
            rows.addAll(texts);
            yield rows;
          }
          default -> texts;
        };
    byte[] bytes = (String.join("\n", lines) + "\n").getBytes(UTF_8);
    return name.endsWith(".gz") ? gzipped(bytes) : bytes;
  }

  private static byte[] gzipped(byte[] bytes) {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  private static byte[] damaged(byte[] whole, int kind, Random random) {
    var text = new String(whole, ISO_8859_1);
    int at = random.nextInt(text.length());
    return switch (kind) {
      case 0 -> Arrays.copyOf(whole, at);
      case 1 -> {
        byte[] other = whole.clone();
        for (int i = 0; i <= random.nextInt(5); i++) {
          other[random.nextInt(other.length)] = (byte) random.nextInt();
        }
        yield other;
      }
      case 2 -> (text.substring(0, at) + "\u00e9\u00ff" + text.substring(at)).getBytes(ISO_8859_1);
      case 3 -> text.getBytes(UTF_16);
      case 4 -> {
        var lines = new ArrayList<>(List.of(text.split("\n", -1)));
        Collections.shuffle(lines, random);
        yield String.join("\r\n", lines).getBytes(ISO_8859_1);
      }
      case 5 -> text.replace('\n', '\r').getBytes(ISO_8859_1);
      case 6 -> {
        char letter = "x \u0000\",{".charAt(random.nextInt(6));
        var run = String.valueOf(letter).repeat(1 << (6 + random.nextInt(12)));
        yield (text.substring(0, at) + run + text.substring(at)).getBytes(ISO_8859_1);
      }
      case 7 -> ("\u00ef\u00bb\u00bf" + text).getBytes(ISO_8859_1);
      case 8 -> gzipped(whole);
      default -> (text + text.substring(at)).getBytes(ISO_8859_1);
    };
  }

  @Test
  void eachIsLearnedFromOrRefusedByName() throws IOException {
    var random = new Random(9);
    var nothing = new Settings(Json.object(), "data.", Places.NOWHERE);
    int learned = 0;
    int refused = 0;
    for (int i = 0; i < 1000; i++) {
      var name = NAMES.get(i % NAMES.size());
      byte[] bytes = damaged(whole(name), i / NAMES.size() % 10, random);
      var file = Files.write(folder.resolve(name), bytes);
      try {
        var texts = new CorpusFormat().open(file, nothing).map(row -> row.field("text"));
        Embed.skipGram(2).tokens("min_frequency", 1).epochs(1).seed(1).train(texts);
        learned++;
      } catch (SequorException e) {
        refused++;
        assertThat(e.getMessage()).as("%d", i).contains("; ");
        assertThat(e.getMessage())
            .as("%d", i)
            .matches("(?s)(.*" + name + ".*|embed: .*|.*column.*)");
      }
    }
    assertThat(learned).isGreaterThan(200);
    assertThat(refused).isGreaterThan(200);
  }
}
