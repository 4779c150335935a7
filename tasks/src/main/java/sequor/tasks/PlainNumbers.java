package sequor.tasks;

import java.util.Locale;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import sequor.data.DataException;
import sequor.data.Row;

/// Reads numbers that stand in a column, written plainly: `-3.5`, `2e6`.
public final class PlainNumbers {
  private static final Set<String> NONE =
      Set.of("", "na", "n/a", "nan", "null", "none", "?", "-", "missing");

  /// Greater ones are mistakes, such as 1e300 for "none"; squares of these are still numbers in
  /// single precision.
  public static final double MOST = 1e18;

  private PlainNumbers() {}

  /// Whether a number can be learned from.
  public static boolean isPlain(double value) {
    return Math.abs(value) <= MOST; // and not NaN
  }

  /// Whether what was written says that there is no number.
  public static boolean isMissing(String written) {
    return NONE.contains(written.strip().toLowerCase(Locale.ROOT));
  }

  /// The number that was written.
  ///
  /// @param written in the column, without spaces around it
  /// @param parse into the type that is wanted
  /// @param otherwise what to do where nothing more is known of what was meant
  /// @throws DataException if it is none, or none that the type holds
  public static double of(
      Row row, String column, String written, ToDoubleFunction<String> parse, String otherwise) {
    try {
      double value = parse.applyAsDouble(written);
      if (Double.isFinite(value) && written.matches("[-+.\\dEe]+")) { // Java reads 1f and 0x1p3 too
        if (isPlain(value)) {
          return value;
        }
        throw new DataException(
            "%s: expected a number from -1e18 to 1e18 in column %s, got %s; leave the row out"
                .formatted(row.place(), column, written));
      }
    } catch (NumberFormatException _) {
      // said below
    }
    throw new DataException(
        "%s: expected a number in column %s, got '%s'; %s"
            .formatted(row.place(), column, written, advice(written, otherwise)));
  }

  private static String advice(String written, String otherwise) {
    if (written.matches("[-+]?\\d+,\\d+")) {
      return "write a point: " + written.replace(',', '.');
    }
    return written.matches("[-+]?\\d{1,3}([ ,'_]\\d{3})+(\\.\\d+)?")
        ? "write it without marks between: " + written.replaceAll("[ ,'_]", "")
        : otherwise;
  }
}
