package sequor.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// What was written is read, and what nobody would write is refused in words.
class HostileTableTest {
  @Provide
  Arbitrary<List<List<String>>> tables() {
    Arbitrary<String> field =
        Arbitraries.strings()
            .withChars('"', ',', '\t', '\n', '\r', ' ', '\u0085', '\ufeff', 'a', 'é', '한')
            .ofMaxLength(8);
    return Arbitraries.integers()
        .between(1, 4)
        .flatMap(columns -> field.list().ofSize(columns).list().ofMinSize(1).ofMaxSize(6));
  }

  @Property
  void whatWasQuotedIsReadAsItWas(
      @ForAll("tables") List<List<String>> rows,
      @ForAll boolean everywhere,
      @ForAll boolean marked,
      @ForAll boolean zipped,
      @ForAll boolean tabs)
      throws IOException {
    char separator = tabs ? '\t' : ',';
    var text = new StringBuilder(marked ? "\ufeff" : "");
    for (List<String> row : rows) {
      text.append(written(row, separator, everywhere)).append(marked ? "\r\n" : "\n");
    }
    byte[] bytes = text.toString().getBytes(UTF_8);
    var reader = new TableReader(separator, true, false);
    var table = TableReaderTest.read(reader, zipped ? TableReaderTest.zipped(bytes) : bytes);
    assertThat(TableReaderTest.fields(table)).isEqualTo(rows);
  }

  private static String written(List<String> row, char separator, boolean everywhere) {
    var fields = new ArrayList<String>();
    for (String field : row) {
      boolean plain = field.chars().noneMatch(c -> "\",\t\n\r\ufeff".indexOf(c) >= 0);
      boolean bare = plain && !everywhere && !(field.isEmpty() && row.size() == 1);
      fields.add(bare ? field : '"' + field.replace("\"", "\"\"") + '"');
    }
    return String.join(String.valueOf(separator), fields);
  }

  @Property
  void withoutQuotesLinesAreCutAtTheirSeparators(@ForAll("tables") List<List<String>> rows) {
    var plain =
        rows.stream()
            .map(row -> row.stream().map(f -> "x" + f.replaceAll("[\t\n\r]", " ")).toList())
            .toList();
    String text = String.join("\r\n", plain.stream().map(r -> String.join("\t", r)).toList());
    var reader = TableReader.tsv().withoutQuotes().withoutHeader();
    assertThat(TableReaderTest.fields(TableReaderTest.read(reader, text))).isEqualTo(plain);
  }

  @Property(tries = 3000)
  void anyTextIsATableOrAClearError(
      @ForAll("hostile") String text, @ForAll boolean quotes, @ForAll boolean header) {
    survives(new TableReader(',', quotes, header), text.getBytes(UTF_8));
  }

  @Provide
  Arbitrary<String> hostile() {
    return Arbitraries.strings()
        .withChars('"', ',', '\n', '\r', 'a', '\u0085', '\ufeff', '\0')
        .ofMaxLength(30);
  }

  @Property(tries = 1000)
  void anyBytesAreATableOrAClearError(@ForAll byte[] bytes, @ForAll boolean zip) {
    byte[] hostile = bytes.clone();
    if (zip && hostile.length > 1) {
      hostile[0] = 0x1f;
      hostile[1] = (byte) 0x8b;
    }
    survives(TableReader.csv(), hostile);
  }

  private static void survives(TableReader reader, byte[] bytes) {
    try {
      var table = TableReaderTest.read(reader, bytes);
      assertThat(table.rows()).isNotEmpty();
      assertThat(table.rows())
          .allSatisfy(row -> assertThat(row.fields()).hasSameSizeAs(table.columns()));
    } catch (DataException e) {
      assertThat(e)
          .hasMessageStartingWith("t.csv")
          .hasMessageContaining(": expected ")
          .hasMessageContaining(", got ");
    }
  }
}
