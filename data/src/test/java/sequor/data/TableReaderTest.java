package sequor.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.FileException;

class TableReaderTest {
  private static final TableReader CSV = TableReader.csv();
  private static final TableReader PLAIN = TableReader.tsv().withoutQuotes();

  @TempDir Path folder;

  static List<List<String>> fields(Table table) {
    return table.rows().stream().map(Row::fields).toList();
  }

  static Table read(TableReader reader, byte[] bytes) {
    try {
      return reader.read(new ByteArrayInputStream(bytes), "t.csv");
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory has no I/O errors
    }
  }

  static Table read(TableReader reader, String text) {
    return read(reader, text.getBytes(UTF_8));
  }

  static byte[] zipped(byte[] bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    }
    return out.toByteArray();
  }

  private static void refuses(TableReader reader, String text, String message) {
    assertThatThrownBy(() -> read(reader, text))
        .isInstanceOf(DataException.class)
        .hasMessage(message);
  }

  @Test
  void documentedExamples() throws IOException {
    Path file = folder.resolve("surnames.csv");
    Files.writeString(
        file, "nationality,split,surname\nKorean,train,Kang\nKorean,val,Kim\nIrish,test,Byrne\n");
    Table table = TableReader.csv().read(file);
    DataSet<Row> rows = table.splitBy("split");
    assertThat(rows.train().size()).hasValue(1);
    assertThat(rows.valid().size()).hasValue(1);
    assertThat(rows.test().size()).hasValue(1);
    List<String> surnames = table.rows().stream().map(row -> row.field("surname")).toList();
    assertThat(surnames).containsExactly("Kang", "Kim", "Byrne");
    assertThat(
            rows.map(row -> row.field("surname") + " " + row.field("nationality")).valid().toList())
        .containsExactly("Kim Korean");
    assertThat(rows.map(row -> row.field("surname")).train().toList()).containsExactly("Kang");

    var semicolons = TableReader.csv().separatedBy(';').withoutHeader();
    assertThat(read(semicolons, "a;b\n").rows().get(0).field("2")).isEqualTo("b");
  }

  /// Streaming and reading at once give the same rows, each time.
  @Test
  void aTableThatIsStreamedIsTheSame() throws IOException {
    Path file = folder.resolve("t.csv.gz");
    Files.write(file, zipped("a,b\n1,\"x\ny\"\n\n2,z\n".getBytes(UTF_8)));
    var streamed = CSV.open(file);
    var whole = CSV.read(file).rows().stream().map(Row::toString).toList();
    assertThat(whole).containsExactly("t.csv.gz:2 [1, x\ny]", "t.csv.gz:5 [2, z]");
    assertThat(streamed.size()).isEmpty();
    for (int time = 0; time < 2; time++) {
      assertThat(streamed.map(Row::toString).toList()).isEqualTo(whole);
    }
    try (var cursor = streamed.open()) {
      cursor.skip(1);
      assertThat(cursor.next().field("b")).isEqualTo("z");
      assertThat(cursor.hasNext()).isFalse();
      assertThatThrownBy(cursor::next).isInstanceOf(NoSuchElementException.class);
    }
    Files.writeString(file, "a,b\n1,2\n1,2,3\n");
    try (var cursor = streamed.open()) {
      assertThat(cursor.next().fields()).containsExactly("1", "2");
      assertThatThrownBy(cursor::next).hasMessageStartingWith("t.csv.gz:3: expected 2 fields");
    }
    Files.writeString(file, "a\n");
    assertThatThrownBy(streamed::open).hasMessageContaining("expected rows after the header");
    Files.delete(file);
    assertThatThrownBy(streamed::open)
        .isInstanceOf(FileException.class)
        .hasMessageContaining("no such file");
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    Path file = folder.resolve("out.tsv");
    assertThat(TableWriter.separator(file)).isEqualTo('\t');
    assertThat(TableWriter.separator(Path.of("a.TXT.gz"))).isEqualTo('\t');
    assertThat(TableWriter.separator(Path.of("a.csv"))).isEqualTo(',');
    var rows = List.of(List.of("a \"fine\",\tfilm", "good"), List.of("", "bad\nline"));
    try (var table =
        new TableWriter(Files.newBufferedWriter(file), '\t', List.of("text", "label"))) {
      rows.forEach(table::row);
    }
    var table = TableReader.tsv().read(file);
    assertThat(table.columns()).containsExactly("text", "label");
    assertThat(fields(table)).isEqualTo(rows);
    assertThat(table).hasToString("Table {source: out.tsv, rows: 2, columns: [text, label]}");
  }

  @Test
  void quotesHoldSeparatorsLineBreaksAndQuotes() {
    var table = read(CSV, "a,b\r\n\"x,\r\ny\",\"say \"\"hi\"\"\"\r\n\"\",\r\n");
    assertThat(fields(table)).containsExactly(List.of("x,\r\ny", "say \"hi\""), List.of("", ""));
    assertThat(table.rows().get(0).place()).isEqualTo("t.csv:2");
    assertThat(table.rows().get(1).place()).isEqualTo("t.csv:4");
  }

  @Test
  void noOtherCharacterEndsARow() {
    var text = "a\u0085b\u2028c\u000bd";
    assertThat(fields(read(CSV, "text\n" + text + "\n"))).containsExactly(List.of(text));
    assertThat(fields(read(PLAIN, "text\n" + text + "\re\n")))
        .containsExactly(List.of(text + "\re"));
  }

  @Test
  void withoutQuotesAQuoteIsACharacter() {
    var table = read(PLAIN, "id\tdocument\tlabel\r\n1\t\"bad\t0\r\n2\t\t1");
    assertThat(fields(table)).containsExactly(List.of("1", "\"bad", "0"), List.of("2", "", "1"));
    assertThat(table.rows().get(1).place()).isEqualTo("t.csv:3");
  }

  @Test
  void marksAndZipsMakeNoDifference() throws IOException {
    byte[] plain = "a,b\n1,2\n".getBytes(UTF_8);
    byte[] marked = "\uFEFFa,b\n1,2\n".getBytes(UTF_8);
    for (byte[] bytes : List.of(plain, marked, zipped(plain), zipped(marked))) {
      var table = read(CSV, bytes);
      assertThat(table.columns()).containsExactly("a", "b");
      assertThat(fields(table)).containsExactly(List.of("1", "2"));
    }
  }

  @Test
  void blankLinesAreSkippedButAQuotedEmptyFieldIsARow() {
    assertThat(fields(read(CSV, "a\n\n\"\"\n\nx\n\n"))).containsExactly(List.of(""), List.of("x"));
    for (var table : List.of(CSV, CSV.withoutQuotes())) {
      assertThat(fields(read(table, "a,b\n1,2\n  \n3,4\n \t\n")))
          .containsExactly(List.of("1", "2"), List.of("3", "4"));
    }
  }

  @Test
  void aWrongNumberOfFieldsIsSaidWithItsLine() {
    refuses(
        CSV,
        "a,b\n1,2\n1,2,3\n",
        "t.csv:3: expected 2 fields, as the header has (a, b), got 3; "
            + "a separator inside a field needs quotes around the field, with no space before them");
    refuses(
        CSV.withoutHeader(),
        "a,b\n\n1\n",
        "t.csv:3: expected 2 fields, as the first row has (1, 2), got 1; "
            + "a separator inside a field needs quotes around the field, with no space before them");
  }

  @Test
  void aWrongColumnIsAnsweredWithTheRightOnes() {
    var table = read(CSV, "nationality,split,surname\nKorean,train,Kang\n");
    assertThatThrownBy(() -> table.rows().get(0).field("surnames"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "t.csv: expected a column (nationality, split, surname), got \"surnames\"; "
                + "did you mean \"surname\"?");
    assertThatThrownBy(() -> table.splitBy("fold"))
        .hasMessage(
            "t.csv: expected a column (nationality, split, surname), got \"fold\"; "
                + "take one of these");
  }

  @Test
  void emptyTablesAreRefused() throws IOException {
    refuses(CSV, "", "t.csv: expected rows, got an empty file; is it the right one?");
    refuses(CSV, "\n\n", "t.csv: expected rows, got an empty file; is it the right one?");
    refuses(PLAIN, "", "t.csv: expected rows, got an empty file; is it the right one?");
    refuses(
        CSV,
        "a,b\n",
        "t.csv: expected rows after the header, got none after (a, b); if the file has no header, read"
            + " it without one (data.header=false)");
    assertThatThrownBy(() -> read(CSV, zipped(new byte[0]))).hasMessageContaining("empty");
    assertThatThrownBy(() -> CSV.read(folder.resolve("none.csv")))
        .hasMessageEndingWith(
            "none.csv: expected a table, got no such file; name a CSV or TSV file");
    assertThatThrownBy(() -> CSV.read(folder)).hasMessageContaining("got a folder");
  }

  @Test
  void badQuotesAreSaidWithTheLineTheRowBeginsOn() {
    assertThatThrownBy(() -> read(CSV, "a,b\n1,\"open\n2,3\n"))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            "t.csv:2: expected fields in quotes that close, got 'Unclosed quoted field")
        .hasMessageEndingWith(
            "if quotes mean nothing in this file, read it without them (data.quotes=false); if"
                + " another sign stands between fields, name it (data.separator)");
    assertThatThrownBy(() -> read(CSV, "a,b\n1,2\n1,\"x\"y\n"))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            "t.csv:3: expected fields in quotes that close, got 'Unexpected character after closing quote");
  }

  @Test
  void bytesThatAreNotUtf8AreSaidWithTheirLine() {
    byte[] latin = "a,b\r\n1,2\r\nZoë,3\r\n".getBytes(ISO_8859_1);
    assertThatThrownBy(() -> read(CSV, latin))
        .isInstanceOf(DataException.class)
        .hasMessage("t.csv:3: expected UTF-8, got the byte 0xEB; save the file as UTF-8");
    byte[] cut = Arrays.copyOf("a\nb\né".getBytes(UTF_8), 5);
    assertThatThrownBy(() -> read(PLAIN, cut))
        .hasMessageStartingWith("t.csv:3: expected UTF-8, got the byte 0xC3");
  }

  @Test
  void longFilesKeepTheirLineNumbers() {
    byte[] bytes = ("a\n" + "é\r\n".repeat(100_000) + "x").getBytes(UTF_8);
    bytes[bytes.length - 1] = (byte) 0xff;
    assertThatThrownBy(() -> read(CSV, bytes))
        .hasMessageStartingWith("t.csv:100002: expected UTF-8, got the byte");
    String rows = "a,b\n" + "é,😀\n".repeat(100_000);
    assertThat(read(CSV, rows).rows()).hasSize(100_000).last().hasToString("t.csv:100001 [é, 😀]");
  }

  @Test
  void damagedZipsAreSaid() throws IOException {
    byte[] whole = zipped("a,b\n1,2\n".repeat(50).getBytes(UTF_8));
    for (byte[] bytes :
        List.of(Arrays.copyOf(whole, whole.length - 9), Arrays.copyOf(whole, 5), flipped(whole))) {
      assertThatThrownBy(() -> read(CSV, bytes))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("expected a whole gzip file, got a damaged one");
    }
  }

  private static byte[] flipped(byte[] bytes) {
    byte[] other = bytes.clone();
    other[other.length - 5] ^= 1; // in the checksum
    return other;
  }

  @Test
  void hugeFieldsAreRefused() {
    String huge = "x".repeat((16 << 20) + 10);
    assertThatThrownBy(() -> read(CSV, "a,b\n1,2\n" + huge + ",3\n"))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("t.csv:3: ");
    assertThatThrownBy(() -> read(PLAIN, "a\n" + huge))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("t.csv:2: expected a line of at most");
  }

  @Test
  void twoColumnsOfOneNameAndBadSeparatorsAreRefused() {
    refuses(
        CSV,
        "a,b,a\n1,2,3\n",
        "t.csv: expected each column once, got \"a\" twice; rename one, or read the file without a"
            + " header");
    assertThatThrownBy(() -> CSV.separatedBy('"')).isInstanceOf(DataException.class);
  }
}
