package sequor.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.json.Json;
import sequor.settings.Places;
import sequor.settings.Settings;

class CorpusFormatTest {
  private static final Settings NOTHING = new Settings(Json.object(), "data.", Places.NOWHERE);

  @TempDir Path folder;

  private static List<String> texts(Path path) {
    return new CorpusFormat()
        .open(path, NOTHING).toList().stream().map(row -> row.field("text")).toList();
  }

  @Test
  void filesOfAFolderComeInTheOrderOfTheirPaths() throws IOException {
    Files.createDirectories(folder.resolve("b"));
    Files.writeString(folder.resolve("c.txt"), "five\tsix\r\n\n \nseven");
    Files.writeString(folder.resolve("b/x.jsonl"), "{\"text\": \"three\"}\n{\"text\": \"four\"}\n");
    try (var out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("a.txt.gz")))) {
      out.write("one\ntwo\n".getBytes(UTF_8));
    }
    Files.writeString(folder.resolve(".hidden"), "none");
    Files.writeString(folder.resolve("d.csv"), "id,text\n1,\"eight, nine\"\n");
    assertThat(texts(folder))
        .containsExactly("one", "two", "three", "four", "five\tsix", "seven", "eight, nine");
    assertThat(texts(Path.of(folder + "/*.txt"))).containsExactly("five\tsix", "seven");
  }

  /// As the one line of text8 is.
  @Test
  void aLongLineEndsWithAWord() throws IOException {
    String line = "anarchism originated ".repeat(10_000).strip();
    var texts = texts(Files.writeString(folder.resolve("text8"), line));
    assertThat(texts).hasSizeGreaterThan(2).allMatch(text -> text.length() < 66_000);
    assertThat(String.join(" ", texts)).isEqualTo(line);
  }

  @Test
  void whatIsNoTextIsRefused() throws IOException {
    var zip = Files.write(folder.resolve("a"), new byte[] {'P', 'K', 3, 4, 0, 0});
    assertThatThrownBy(() -> texts(zip))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected a file of text, got a zip archive");
    var endless = Files.writeString(folder.resolve("b"), "x".repeat(200_000));
    assertThatThrownBy(() -> texts(endless))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("b:1: expected words with spaces between them");
    Files.createDirectories(folder.resolve("empty"));
    assertThatThrownBy(() -> texts(folder.resolve("empty")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("expected files of text, got none");
  }

  @Test
  void thePassageHasSixtyWords() {
    var words =
        Passage.rows().toList().stream()
            .flatMap(row -> List.of(row.field("text").split("\\W+")).stream());
    assertThat(words).hasSize(60);
  }
}
