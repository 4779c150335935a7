package sequor.data;

import java.nio.file.Path;
import sequor.settings.Settings;

/// `format: table`: CSV, TSV and their kin.
public record TableFormat() implements Format {
  @Override
  public String name() {
    return "table";
  }

  @Override
  public String about() {
    return "CSV or TSV";
  }

  @Override
  public Class<? extends Record> settings() {
    return TableSettings.class;
  }

  @Override
  public boolean fits(String name, String head) {
    return (name.matches(".*\\.(csv|tsv|tab)") || (name.endsWith(".txt") && hasTab(head)))
        && (name.endsWith(".csv") || !ConllFormat.isTokens(head));
  }

  @Override
  public Source<Row> open(Path file, Settings settings) {
    var table = settings.as(TableSettings.class);
    var reader = TableReader.csv().separatedBy(separator(settings, table, file));
    reader = table.quotes() ? reader : reader.withoutQuotes();
    return (table.header() ? reader : reader.withoutHeader()).open(file);
  }

  /// What its name says, or, where names of columns have none of it between them, what they have:
  /// spreadsheets write semicolons where numbers have commas.
  private static char found(Path file) {
    char usual = TableWriter.separator(file);
    String names = AutoFormat.head(file).lines().findFirst().orElse("");
    return ",;\t"
        .chars()
        .filter(c -> names.indexOf(usual) < 0 && names.indexOf(c) >= 0)
        .mapToObj(c -> (char) c)
        .findFirst()
        .orElse(usual);
  }

  /// Whether a text, by its first line, is a table and not lines of text.
  static boolean hasTab(String head) {
    return head.lines().findFirst().orElse("").contains("\t");
  }

  private static char separator(Settings settings, TableSettings table, Path file) {
    String separator = table.separator();
    if (separator.isEmpty()) {
      return table.header() ? found(file) : TableWriter.separator(file);
    }
    if (separator.length() != 1 || "\"\r\n".contains(separator)) {
      throw settings.wrong(
          "separator", "expected one character, such as ';', got '%s'; write it so", separator);
    }
    return separator.charAt(0);
  }
}
