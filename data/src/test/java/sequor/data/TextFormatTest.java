package sequor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.json.Json;
import sequor.settings.Places;
import sequor.settings.Settings;
import sequor.testkit.PublicData;

class TextFormatTest {
  @TempDir Path folder;

  private static Settings settings(Map<String, Object> more) {
    Map<String, Object> written = new HashMap<>(Map.of("format", "text"));
    written.putAll(more);
    return DataSettings.section().complete(Json.ofMap(written), "data.", Places.of("my.yaml"));
  }

  private static Data load(Map<String, Object> written) {
    var finder = DataFinder.of(Map.of(), Path.of("."));
    return Data.load(settings(written), finder, Optional.empty());
  }

  private static List<String> texts(Source<Row> rows) {
    return rows.map(row -> row.field("text")).toList();
  }

  private Path write(String name, String text) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void aFileIsATextWithItsLines() throws IOException {
    var file = write("a.txt", "\uFEFFif (a) {\r\n\tb();\r\n\r\n}\rc");

    assertThat(texts(Data.open(settings(Map.of()), file)))
        .containsExactly("if (a) {\n\tb();\n\n}\rc");
  }

  @Test
  void marksSayWhereItBeginsAndEnds() throws IOException {
    var file = write("a.txt", "licence\nEND of licence\nTITLE\nonce TITLE\nEND of it\nmore");
    var rows = Data.open(settings(Map.of("start", "TITLE", "end", "END")), file);

    assertThat(texts(rows)).containsExactly("TITLE\nonce TITLE\n");
    assertThat(rows.toList().getFirst().place()).isEqualTo("a.txt:3");
    assertThatThrownBy(() -> Data.open(settings(Map.of("start", "Title")), file).toList())
        .isInstanceOf(DataException.class)
        .hasMessage(
            file
                + ": expected \"Title\" in it, which data.start names, got none; write it as it"
                + " stands there");
    assertThatThrownBy(
            () -> Data.open(settings(Map.of("start", "more", "end", "END")), file).toList())
        .hasMessageContaining("data.end names");
  }

  @Test
  void aFolderIsItsFilesInTheOrderOfTheirPaths() throws IOException {
    write("src/b.java", "b");
    write("src/a/z.java", "z");
    write("src/a/y.txt", "y");
    write("src/empty.java", "");
    write("src/.git/x.java", "hidden");
    write("src/.y.java", "hidden");

    assertThat(texts(Data.open(settings(Map.of()), folder.resolve("src"))))
        .containsExactly("y", "z", "b");
    for (String pattern : List.of("src/**/*.java", "src/**.java", "s*/**/?.java")) {
      assertThat(texts(Data.open(settings(Map.of()), folder.resolve(pattern))))
          .as(pattern)
          .containsExactly("z", "b");
    }
    var file = folder.resolve("src/*.text").toString();
    assertThatThrownBy(() -> load(Map.of("file", file)))
        .hasMessage(file + ": expected files of text, got none; check the path");
  }

  /// Parts are as large as the shares say, but for the line in which a part ends, and together they
  /// are the text again.
  @Test
  void textsAreCutOneBehindTheOther() throws IOException {
    write("src/a.txt", "0123456\n".repeat(100));
    write("src/b.txt", "89abcde\n".repeat(25));
    var data =
        load(
            Map.of(
                "file", folder.resolve("src").toString(), "fractions", List.of(0.9, 0.05, 0.05)));
    var rows = data.rows();

    assertThat(texts(rows.train()))
        .containsExactly("0123456\n".repeat(100), "89abcde\n".repeat(13));
    assertThat(texts(rows.valid())).containsExactly("89abcde\n".repeat(6));
    assertThat(texts(rows.test())).containsExactly("89abcde\n".repeat(6));
    assertThat(rows.test().toList().getFirst().place()).isEqualTo("b.txt:20");
    assertThat(data.origin().split()).isEqualTo("cut into parts one behind the other");
    assertThat(data.origin().sha256()).hasSize(64);
  }

  /// A text without lines is cut between words, and one without words anywhere, but not within a
  /// character.
  @Test
  void aTextWithoutLinesIsCutBetweenWords() throws IOException {
    var shares = List.of(0.5, 0.25, 0.25);
    var words = write("words.txt", "four ".repeat(101).strip());
    var data = load(Map.of("file", words.toString(), "fractions", shares)).rows();
    assertThat(texts(data.train())).allMatch(text -> text.endsWith("four"));
    assertThat(texts(data.valid())).allMatch(text -> text.startsWith(" four"));
    var clefs = write("clefs.txt", "\uD834\uDD1E".repeat(31)); // each is two chars
    var music = load(Map.of("file", clefs.toString(), "fractions", shares)).rows();
    var all = texts(music.train()).getFirst() + texts(music.valid()).getFirst();
    assertThat(all + texts(music.test()).getFirst()).isEqualTo("\uD834\uDD1E".repeat(31));
    assertThat(texts(music.train()).getFirst().codePoints()).allMatch(c -> c == 0x1D11E);
    assertThat(texts(music.valid()).getFirst().codePoints()).allMatch(c -> c == 0x1D11E);
  }

  @Test
  void aWholeTextIsNotStreamed() throws IOException {
    var file = write("a.txt", "a\nb\n");
    assertThatThrownBy(() -> load(Map.of("file", file.toString(), "stream", true)))
        .hasMessageContaining("data.stream: expected false where a row is a whole text");
  }

  /// What a well-known book of machine learning counts in it.
  @Test
  void theMysteriousIsland() {
    var marks =
        Map.<String, Object>of("start", "THE MYSTERIOUS ISLAND", "end", "End of the Project");
    PublicData.island()
        .ifPresent(
            file -> {
              var text = texts(Data.open(settings(marks), file)).getFirst();
              assertThat(text).hasSize(1_112_350);
              assertThat(text.codePoints().distinct().count()).isEqualTo(80);
              assertThat(text.length() / 41).isEqualTo(27_130);
            });
  }
}
