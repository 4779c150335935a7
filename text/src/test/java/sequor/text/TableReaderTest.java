package sequor.text;

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
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        .isInstanceOf(TextException.class)
        .hasMessage(message);
  }

  @Test
  void documentedExamples() throws IOException {
    Path file = folder.resolve("surnames.csv");
    Files.writeString(
        file, "nationality,split,surname\nKorean,train,Kang\nKorean,val,Kim\nIrish,test,Byrne\n");
    Table table = TableReader.csv().read(file);
    DataSet<Row> rows = table.splitBy("split");
    assertThat(rows.toString()).isEqualTo("DataSet {train: 1, valid: 1, test: 1}");
    List<String> surnames = table.rows().stream().map(row -> row.field("surname")).toList();
    assertThat(surnames).containsExactly("Kang", "Kim", "Byrne");
    assertThat(rows.map(Example.columns("surname", "nationality")).valid())
        .containsExactly(new Example("Kim", "Korean"));
    assertThat(rows.map(Example.column("surname")).train())
        .containsExactly(new Example("Kang", ""));

    var semicolons = TableReader.csv().separatedBy(';').withoutHeader();
    assertThat(read(semicolons, "a;b\n").rows().get(0).field("2")).isEqualTo("b");
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
  }

  @Test
  void aWrongNumberOfFieldsIsSaidWithItsLine() {
    refuses(
        CSV,
        "a,b\n1,2\n1,2,3\n",
        "t.csv:3: 3 fields — the header names 2 (a, b); "
            + "a separator inside a field needs quotes around the field");
    refuses(
        CSV.withoutHeader(),
        "a,b\n\n1\n",
        "t.csv:3: 1 field — the first row has 2 (1, 2); "
            + "a separator inside a field needs quotes around the field");
  }

  @Test
  void aWrongColumnIsAnsweredWithTheRightOnes() {
    var table = read(CSV, "nationality,split,surname\nKorean,train,Kang\n");
    assertThatThrownBy(() -> table.rows().get(0).field("surnames"))
        .isInstanceOf(TextException.class)
        .hasMessage(
            "t.csv: no column \"surnames\" — there are nationality, split, surname; "
                + "did you mean \"surname\"?");
    assertThatThrownBy(() -> table.splitBy("fold"))
        .hasMessage("t.csv: no column \"fold\" — there are nationality, split, surname");
  }

  @Test
  void emptyTablesAreRefused() throws IOException {
    refuses(CSV, "", "t.csv: empty — a table needs rows; is it the right file?");
    refuses(CSV, "\n\n", "t.csv: empty — a table needs rows; is it the right file?");
    refuses(PLAIN, "", "t.csv: empty — a table needs rows; is it the right file?");
    refuses(
        CSV,
        "a,b\n",
        "t.csv: no rows after the header (a, b) — if the file has no header, read it without one");
    assertThatThrownBy(() -> read(CSV, zipped(new byte[0]))).hasMessageContaining("empty");
    assertThatThrownBy(() -> CSV.read(folder.resolve("none.csv")))
        .hasMessageEndingWith("none.csv: no such file — name a CSV or TSV file");
    assertThatThrownBy(() -> CSV.read(folder)).hasMessageContaining("not a file");
  }

  @Test
  void badQuotesAreSaidWithTheLineTheRowBeginsOn() {
    assertThatThrownBy(() -> read(CSV, "a,b\n1,\"open\n2,3\n"))
        .isInstanceOf(TextException.class)
        .hasMessageStartingWith("t.csv:2: Unclosed quoted field")
        .hasMessageEndingWith("if quotes mean nothing in this file, read it without them");
    assertThatThrownBy(() -> read(CSV, "a,b\n1,2\n1,\"x\"y\n"))
        .isInstanceOf(TextException.class)
        .hasMessageStartingWith("t.csv:3: Unexpected character after closing quote");
  }

  @Test
  void bytesThatAreNotUtf8AreSaidWithTheirLine() {
    byte[] latin = "a,b\r\n1,2\r\nZoë,3\r\n".getBytes(ISO_8859_1);
    assertThatThrownBy(() -> read(CSV, latin))
        .isInstanceOf(TextException.class)
        .hasMessage("t.csv:3: the byte 0xEB does not belong in UTF-8 — save the file as UTF-8");
    byte[] cut = Arrays.copyOf("a\nb\né".getBytes(UTF_8), 5);
    assertThatThrownBy(() -> read(PLAIN, cut)).hasMessageStartingWith("t.csv:3: the byte 0xC3");
  }

  @Test
  void longFilesKeepTheirLineNumbers() {
    byte[] bytes = ("a\n" + "é\r\n".repeat(100_000) + "x").getBytes(UTF_8);
    bytes[bytes.length - 1] = (byte) 0xff;
    assertThatThrownBy(() -> read(CSV, bytes)).hasMessageStartingWith("t.csv:100002: the byte");
    String rows = "a,b\n" + "é,😀\n".repeat(100_000);
    assertThat(read(CSV, rows).rows()).hasSize(100_000).last().hasToString("t.csv:100001 [é, 😀]");
  }

  @Test
  void damagedZipsAreSaid() throws IOException {
    byte[] whole = zipped("a,b\n1,2\n".repeat(50).getBytes(UTF_8));
    for (byte[] bytes :
        List.of(Arrays.copyOf(whole, whole.length - 9), Arrays.copyOf(whole, 5), flipped(whole))) {
      assertThatThrownBy(() -> read(CSV, bytes))
          .isInstanceOf(TextException.class)
          .hasMessageContaining("the gzip file is damaged");
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
        .isInstanceOf(TextException.class)
        .hasMessageStartingWith("t.csv:3: ");
    assertThatThrownBy(() -> read(PLAIN, "a\n" + huge))
        .isInstanceOf(TextException.class)
        .hasMessageStartingWith("t.csv:2: a line of more than");
  }

  @Test
  void twoColumnsOfOneNameAndBadSeparatorsAreRefused() {
    refuses(
        CSV,
        "a,b,a\n1,2,3\n",
        "t.csv: two columns are called \"a\" — rename one, or read the file without a header");
    assertThatThrownBy(() -> CSV.separatedBy('"')).isInstanceOf(TextException.class);
  }
}
