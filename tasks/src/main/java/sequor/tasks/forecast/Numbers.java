package sequor.tasks.forecast;

import java.util.Locale;
import java.util.Set;
import sequor.data.Row;
import sequor.tasks.PlainNumbers;

/// Reads numbers as files of series have them.
final class Numbers {
  private static final Set<String> NONE =
      Set.of("", "na", "n/a", "nan", "null", "none", "?", "-", "missing");

  private Numbers() {}

  /// The number in a column, not a number where it is missing.
  ///
  /// @throws sequor.data.DataException if something else stands there
  static float of(Row row, String column) {
    String written = row.field(column).strip();
    return NONE.contains(written.toLowerCase(Locale.ROOT))
        ? Float.NaN
        : (float)
            PlainNumbers.of(
                row,
                column,
                written,
                Float::parseFloat,
                "write one, leave it empty, or name another column (data.value)");
  }
}
