package sequor.tasks.forecast;

import java.util.Locale;
import java.util.Set;
import sequor.data.DataException;
import sequor.data.Row;

/// Reads numbers as files of series have them.
final class Numbers {
  private static final Set<String> NONE =
      Set.of("", "na", "n/a", "nan", "null", "none", "?", "-", "missing");

  private Numbers() {}

  /// The number in a column, not a number where it is missing.
  ///
  /// @throws DataException if something else stands there
  static float of(Row row, String column) {
    String written = row.field(column).strip();
    if (NONE.contains(written.toLowerCase(Locale.ROOT))) {
      return Float.NaN;
    }
    try {
      float value = Float.parseFloat(written);
      if (Float.isFinite(value) && written.matches("[-+.\\deE]+")) { // Java reads 1f and 0x1p3 too
        return value;
      }
    } catch (NumberFormatException _) {
      // said below
    }
    throw new DataException(
        "%s: expected a number in column %s, got '%s'; %s"
            .formatted(row.place(), column, written, advice(written)));
  }

  private static String advice(String written) {
    if (written.matches("[-+]?\\d+,\\d+")) {
      return "write a point: " + written.replace(',', '.');
    }
    return written.matches("[-+]?\\d{1,3}([ ,'_]\\d{3})+(\\.\\d+)?")
        ? "write it without marks between: " + written.replaceAll("[ ,'_]", "")
        : "write one, leave it empty, or name another column (data.value)";
  }
}
