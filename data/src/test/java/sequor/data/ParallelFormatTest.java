package sequor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.settings.Places;
import sequor.settings.Settings;

class ParallelFormatTest {
  @TempDir Path folder;

  private static Settings data(Map<String, Object> values) {
    JsonObject json = Json.object();
    for (var value : values.entrySet()) {
      json = json.with(value.getKey(), value.getValue());
    }
    return DataSettings.section().complete(json, "data.", Places.NOWHERE);
  }

  private Path write(String de, String en) throws IOException {
    Files.writeString(folder.resolve("train.de"), de);
    Files.writeString(folder.resolve("train.en"), en);
    return folder.resolve("train.{de,en}");
  }

  private static List<List<String>> rows(Path file) {
    return Data.open(data(Map.of()), file).map(Row::fields).toList();
  }

  @Test
  void aRowIsALineOfEach() throws IOException {
    var file = write("ein Hund\nzwei\n", "a dog\ntwo");
    var rows = Data.open(data(Map.of()), file).toList();
    assertThat(rows.getFirst().columns()).containsExactly("de", "en");
    assertThat(rows.getFirst().field("en")).isEqualTo("a dog");
    assertThat(rows.getLast().place()).isEqualTo("train.{de,en}:2");
    assertThat(rows).hasSize(2);
  }

  /// LF alone, with CR before it or not, ends a line; all other separators are letters of it, and
  /// an empty line keeps its place.
  @Test
  void nothingButLfEndsALine() throws IOException {
    var file =
        write("one\r\ntwo\u2028still two\r\n\r\nfour\r\n", "eins\nzwei\u00a0\u0085\n\nvier\n");
    assertThat(rows(file))
        .containsExactly(
            List.of("one", "eins"),
            List.of("two\u2028still two", "zwei\u00a0\u0085"),
            List.of("", ""),
            List.of("four", "vier"));
  }

  @Test
  void filesOfUnequalLengthAreRefusedWithBothCounts() throws IOException {
    var file = write("1\n2\n3\n4\n", "1\n2\n3\n4\n5\n");
    assertThatThrownBy(() -> rows(file))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "train.{de,en}: expected files with as many lines each, got 4 in train.de, 5 in train.en;"
                + " line by line they belong together, so put the missing ones in, empty if need be");
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    write("1\n", "1\n");
    var file = folder.resolve("train.{de,fr}");
    assertThat(Data.exists(file.toString())).isFalse();
    assertThatThrownBy(() -> rows(file))
        .hasMessageContaining("expected a file for each column, got no")
        .hasMessageContaining("train.fr");
    assertThatThrownBy(() -> rows(folder.resolve("train.{de,de}")))
        .hasMessageContaining("expected each file once");
  }

  @Test
  void twoFilesHaveOneName() {
    assertThat(ParallelFormat.name(Path.of("a/train.de"), Path.of("a/train.en")))
        .isEqualTo("a/train.{de,en}");
    assertThat(ParallelFormat.name(Path.of("x/train.de.gz"), Path.of("x/train.en.gz")))
        .isEqualTo("x/train.{de,en}.gz");
    assertThat(ParallelFormat.name(Path.of("german.txt"), Path.of("english.txt")))
        .isEqualTo("{german.txt,english.txt}");
    assertThat(ParallelFormat.columns(Path.of("{german.txt,english.txt}")))
        .containsExactly("1", "2");
    assertThat(ParallelFormat.columns(Path.of("train.{de,en}"))).containsExactly("de", "en");
  }

  @Test
  void theyAreSplitAndFingerprintedAsAnyFile() throws IOException {
    var file = write("a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n", "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n");
    var loaded =
        Data.load(
            data(Map.of("file", file.toString())),
            DataFinder.of(Map.of(), folder),
            Optional.empty());
    assertThat(loaded.rows().train().toList()).hasSize(8);
    assertThat(loaded.origin().name()).isEqualTo("train.{de,en}");
    String before = loaded.origin().sha256();
    Files.writeString(folder.resolve("train.en"), "1\n2\n3\n4\n5\n6\n7\n8\n9\n11\n");
    var changed =
        Data.load(
            data(Map.of("file", file.toString())),
            DataFinder.of(Map.of(), folder),
            Optional.empty());
    assertThat(changed.origin().sha256()).isNotEqualTo(before);
  }

  @Test
  void whatIsTalkedAboutIsThere() {
    var loaded =
        Data.load(data(Map.of("set", "talk")), DataFinder.of(Map.of(), folder), Optional.empty());
    var entry = Catalogue.entry("talk");
    int all =
        loaded.rows().train().toList().size()
            + loaded.rows().valid().toList().size()
            + loaded.rows().test().toList().size();
    assertThat(entry.about()).startsWith(all + " questions");
    assertThat(loaded.rows().train().toList().getFirst().columns())
        .containsExactly("question", "answer");
  }
}
