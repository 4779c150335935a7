package sequor.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.FileException;
import sequor.json.Json;
import sequor.settings.Places;
import sequor.settings.Setting;
import sequor.settings.Settings;
import sequor.settings.SettingsException;

class FormatTest {
  @TempDir Path folder;

  private static Settings data(Map<String, Object> written) {
    return DataSettings.section().complete(Json.ofMap(written), "data.", Places.of("my.yaml"));
  }

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  private Source<Row> open(String name, String content) throws IOException {
    return Data.open(data(Map.of()), write(name, content.getBytes(UTF_8)));
  }

  private static List<List<String>> fields(Source<Row> rows) {
    return rows.map(Row::fields).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a.csv    | table
          a.CSV.gz | table
          a.tsv    | table
          a.tab    | table
          a.txt    | table
          b.txt    | lines
          b.text   | lines
          a.md     | lines
          a.jsonl  | json_lines
          a.ndjson.gz | json_lines
          a.shout  | shout
          a.conllu.gz | conllu
          a.conll  | conll
          a.iob2   | conll
          """)
  void aFileIsWhatItLooksLike(String name, String format) throws IOException {
    var file =
        write(name, (name.startsWith("a") ? "text\tlabel\n" : "a text, a line\n").getBytes(UTF_8));
    assertThat(AutoFormat.of(file).name()).isEqualTo(format);
  }

  @Test
  void aFileOfAnotherNameIsOfNoFormat() throws IOException {
    var file = write("a.dat", "x\n".getBytes(UTF_8));
    assertThatThrownBy(() -> Data.open(data(Map.of()), file))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith(
            "a.dat: expected a table (.csv, .tsv), JSON Lines (.jsonl), tokens (.conllu, .conll) or"
                + " lines of text (.txt), got a file of another kind; say what it is with"
                + " data.format, one of auto, conll, conllu, corpus, json_lines, lines, parallel, shout, table,"
                + " text");
    assertThat(fields(Data.open(data(Map.of("format", "lines")), file)))
        .containsExactly(List.of("x"));
    assertThatThrownBy(() -> data(Map.of("format", "line")))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith(
            "my.yaml: data.format: expected one of auto, conll, conllu, corpus, json_lines, lines,")
        .hasMessageEndingWith("got \"line\"; did you mean \"lines\"?");
  }

  // What cannot be read

  private void refuses(String name, byte[] content, String message) throws IOException {
    var file = write(name, content);
    assertThatThrownBy(() -> Data.open(data(Map.of()), file))
        .isInstanceOf(DataException.class)
        .hasMessage(file + ": expected a file of text, got " + message);
  }

  private static byte[] spreadsheet() throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("xl/workbook.xml"));
      zip.write("<workbook/>".repeat(100).getBytes(UTF_8));
    }
    return out.toByteArray();
  }

  @Test
  void filesThatHoldNoRowsAreCalledWhatTheyAre() throws IOException {
    String zip = "a zip archive, as .xlsx, .ods and .pt are too; save it as .csv in UTF-8";
    refuses("a.csv", spreadsheet(), zip);
    refuses("a.xlsx", spreadsheet(), zip);
    refuses("a.pdf", "%PDF-1.7\n%âãÏÓ\n".getBytes(ISO_8859_1), "a PDF; save it as .csv in UTF-8");
    refuses("a.txt", "%PDF-1.7\n".getBytes(UTF_8), "a PDF; save it as .csv in UTF-8");
    refuses("a.csv", "\ufefftext,label\n".getBytes(UTF_16LE), "text in UTF-16; save it in UTF-8");
    refuses(
        "a.csv",
        "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n".getBytes(UTF_8),
        "a pointer of Git LFS instead of the file itself; fetch that with git lfs pull");
    refuses(
        "a.jsonl",
        "\n<!DOCTYPE html><html>".getBytes(UTF_8),
        "a web page; fetch the file that it shows");
    refuses(
        "a.xls",
        new byte[] {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, 0, 1},
        "an old .xls or .doc; save it as .csv in UTF-8");
    refuses("a.parquet", "PAR1\u0015".getBytes(UTF_8), "a Parquet file; save it as .csv in UTF-8");
  }

  /// A Latin-1 table is a table, and its error says the line.
  @Test
  void bytesThatAreNotUtf8AreSaidWithTheirLine() throws IOException {
    var file = write("a.csv", "text,label\nZoë,x\n".getBytes(ISO_8859_1));
    var rows = Data.open(data(Map.of()), file);
    assertThatThrownBy(rows::toList)
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("a.csv:2: expected UTF-8, got the byte 0xEB");
  }

  @Test
  void foldersAndFilesThatAreNotThereAreSaid() {
    assertThatThrownBy(() -> Data.open(data(Map.of()), folder))
        .isInstanceOf(DataException.class)
        .hasMessage(folder + ": expected a file, got a folder; name a file in it");
    assertThatThrownBy(() -> Data.open(data(Map.of()), folder.resolve("a.csv")))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("no such file");
    assertThatThrownBy(() -> Data.open(data(Map.of("format", "lines")), folder.resolve("a")).open())
        .isInstanceOf(FileException.class);
  }

  // Lines

  @Test
  void linesAreRowsOfOneColumn() throws IOException {
    var rows = open("a.txt", "\ufeffone, \"two\"\r\n\n \u2028\u0085x\nlast");
    assertThat(fields(rows))
        .containsExactly(List.of("one, \"two\""), List.of(" \u2028\u0085x"), List.of("last"));
    assertThat(rows.toList().get(1).place()).isEqualTo("a.txt:3");
    assertThat(rows.toList().get(0).columns()).containsExactly("text");
    assertThat(open("b.txt", "").toList()).isEmpty();
    try (var cursor = rows.open()) {
      cursor.skip(3);
      assertThatThrownBy(cursor::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void gzippedLinesAreTheSame() throws IOException {
    var file = write("a.txt.gz", TableReaderTest.zipped("one\ntwo\n".getBytes(UTF_8)));
    assertThat(fields(Data.open(data(Map.of()), file)))
        .containsExactly(List.of("one"), List.of("two"));
  }

  // JSON Lines

  @Test
  void objectsAreRows() throws IOException {
    var rows =
        open(
            "a.jsonl",
            """
            {"text": "a \\"fine\\" film\\n", "stars": 5, "seen": true, "by": null}

            {"stars": 0.10, "text": "\\ud83d\\ude00", "other": "kept"}
            """);
    assertThat(rows.toList().getFirst().columns()).containsExactly("text", "stars", "seen", "by");
    assertThat(fields(rows))
        .containsExactly(
            List.of("a \"fine\" film\n", "5", "true", ""), List.of("😀", "0.10", "", "", "kept"));
    assertThat(rows.toList().get(1).place()).isEqualTo("a.jsonl:3");
    var more = open("a.jsonl", "{\"a\": 1}\n{\"b\": \"x\"}\n{\"a\": 2}\n").toList();
    assertThat(more.get(0).columns()).containsExactly("a");
    assertThat(more.get(1).columns()).containsExactly("a", "b");
    assertThat(more.get(1).fields()).containsExactly("", "x");
    assertThat(more.get(2).fields()).containsExactly("2", "");
    var file = write("a.jsonl.gz", TableReaderTest.zipped("{\"x\":1}".getBytes(UTF_8)));
    assertThat(fields(Data.open(data(Map.of()), file))).containsExactly(List.of("1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          [1, 2]             | expected an object, such as {"text": "…"}, got [; write one a line
          "text"             | expected an object, such as {"text": "…"}, got text; write one a line
          {"a": 1} {"a": 2}  | expected one object a line, got more; write the next on a line of its own
          {"a": "\\ud83d"}   | expected whole characters, got half of a surrogate pair
          {"\\ude00": 1}     | expected a JSON object, got another text (
          {"\\ud83d": 1}     | expected
          {"a": 1            | expected a JSON object, got another text (
          {"a": NaN}         | expected a JSON object, got another text (
          {"a": 01}          | expected a JSON object, got another text (
          {a: 1}             | expected a JSON object, got another text (
          {'a': 1}           | expected a JSON object, got another text (
          {"a": 1,}          | expected a JSON object, got another text (
          {"a": 1, "a": 2}   | expected a JSON object, got another text (
          {"a": "x           | expected a JSON object, got another text (
          text               | expected a JSON object, got another text (
          """)
  void hostileObjectsAreRefusedAtTheirLine(String line, String message) throws IOException {
    var rows = open("a.jsonl", "{\"a\": \"fine\"}\n" + line + "\n");
    assertThatThrownBy(rows::toList)
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("a.jsonl:2: " + message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[[1], {\"b\": [2]}]", "[\"x\", \"\"]", "[\"x\\ny\"]", "{\"b\": {\"c\": 1}}"})
  void whatIsNestedIsTheJsonThatItIs(String nested) throws IOException {
    var rows = open("a.jsonl", "{\"a\": %s, \"b\": \"fine\"}\n".formatted(nested)).toList();
    var row = rows.getFirst();
    assertThat(row.fields()).containsExactly(nested, "fine");
    assertThat(row.json("a")).isEqualTo(Json.parse(nested));
    assertThat(row.isList("a")).isFalse();
    assertThatThrownBy(() -> row.list("a"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "a.jsonl:1: expected a list of texts without line breaks in \"a\", got %s; write one, or"
                + " name another column",
            nested);
  }

  @Test
  void aRowGivesBackTheJsonThatItWas() throws IOException {
    var object =
        "{\"text\":\"a\\nb\",\"id\":12345678901234567890,\"seen\":true,\"by\":null,\"tags\":[\"x\",\"y, z\"],\"at\":{\"x\":[1]}}";
    var row = open("a.jsonl", object + "\n{\"text\": \"c\"}\n").toList().getFirst();
    var back = Json.object();
    for (var column : row.columns()) {
      back = back.with(column, row.json(column));
    }
    assertThat(back).hasToString(object);
    assertThat(row.isList("tags")).isTrue();
    assertThat(row.list("tags")).containsExactly("x", "y, z");
  }

  @Test
  void hugeAndDeepObjectsAreRefusedToo() throws IOException {
    for (var hostile :
        List.of(
            "{\"a\": " + "[".repeat(100_000),
            "{\"a\": " + "9".repeat(100_000) + "}",
            "{\"" + "a".repeat(1_000_000) + "\": 1}",
            "[".repeat(1_000_000))) {
      var rows = open("a.jsonl", hostile);
      assertThatThrownBy(rows::toList)
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith("a.jsonl:1: expected ");
    }
    assertThat(fields(open("a.jsonl", "{\"a\": 1e999999999}")))
        .containsExactly(List.of("1e999999999"));
  }

  // A format of somebody else's

  /// Each line in capitals.
  public record Shout() implements Format {
    public record Loud(
        @Setting(value = "!", about = "what stands at the end") String exclamation) {}

    @Override
    public String name() {
      return "shout";
    }

    @Override
    public String about() {
      return "loud lines";
    }

    @Override
    public Class<? extends Record> settings() {
      return Loud.class;
    }

    @Override
    public boolean fits(String name, String head) {
      return name.endsWith(".shout");
    }

    @Override
    public Source<Row> open(Path file, Settings settings) {
      var header = Row.Header.of("shout", List.of("said"));
      String end = settings.as(Loud.class).exclamation();
      return new LinesFormat()
          .open(file, settings)
          .map(
              row -> new Row(header, 1, List.of(row.field("text").toUpperCase(Locale.ROOT) + end)));
    }
  }

  @Test
  void aFormatOfOnesOwnIsChosenOrFound() throws IOException {
    var chosen = data(Map.of("format", "shout", "exclamation", "?"));
    assertThat(fields(Data.open(chosen, write("a.txt", "hello\n".getBytes(UTF_8)))))
        .containsExactly(List.of("HELLO?"));
    assertThat(fields(open("a.shout", "hello\n"))).containsExactly(List.of("HELLO!"));
    var loaded =
        Data.load(
            data(
                Map.of(
                    "file",
                    write("b.shout", "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n".getBytes(UTF_8)).toString(),
                    "contiguous",
                    true)),
            DataFinder.of(Map.of(), folder),
            Optional.empty());
    assertThat(fields(loaded.rows().test())).containsExactly(List.of("J!"));
  }

  @Test
  void rowsAreOfTheirHeader() {
    var header = Row.Header.of("mine", List.of("a", "b"));
    assertThatThrownBy(() -> new Row(header, 3, List.of("1")))
        .isInstanceOf(DataException.class)
        .hasMessage("mine:3: expected 2 fields, got 1; give one a column");
    var row = Row.of(Map.of("text", "a film"));
    assertThat(row.field("text")).isEqualTo("a film");
    assertThat(row.has("text")).isTrue();
    assertThat(row.has("label")).isFalse();
  }
}
