package sequor.tasks.forecast;

import sequor.data.Row;
import sequor.tasks.PlainNumbers;

/// Reads numbers as files of series have them.
final class Numbers {
  private Numbers() {}

  /// The number in a column, not a number where it is missing.
  ///
  /// @throws sequor.data.DataException if something else stands there
  static float of(Row row, String column) {
    String written = row.field(column).strip();
    return PlainNumbers.isMissing(written)
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
