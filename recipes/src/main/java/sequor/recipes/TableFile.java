package sequor.recipes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import sequor.text.Table;
import sequor.text.TableReader;

/// A file with a table, read as the section `data` of a recipe says.
final class TableFile {
  private TableFile() {}

  static Table read(Settings data, Path file) throws IOException {
    var reader = TableReader.csv().separatedBy(separator(data, file));
    reader = data.flag("quotes") ? reader : reader.withoutQuotes();
    return (data.flag("header") ? reader : reader.withoutHeader()).read(file);
  }

  private static char separator(Settings data, Path file) {
    String separator = data.text("separator");
    if (separator.isEmpty()) {
      String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
      return name.matches(".*\\.(tsv|txt|tab)(\\.gz)?") ? '\t' : ',';
    }
    if (separator.length() != 1 || "\"\r\n".contains(separator)) {
      throw data.wrong(
          "separator", "expected one character, such as ';', found '%s'; write it so", separator);
    }
    return separator.charAt(0);
  }
}
