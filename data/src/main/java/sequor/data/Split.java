package sequor.data;

import java.util.Locale;

/// The three parts of a data set.
public enum Split {
  /// Learned from.
  TRAIN,
  /// Looked at while learning, to know when to stop.
  VALID,
  /// Looked at once, at the end.
  TEST;

  /// The split that people write so, in capital or small letters: `train`; `valid`, `val`, `dev`;
  /// `test`.
  ///
  /// @throws DataException when nobody does
  public static Split of(String name) {
    return switch (name.strip().toLowerCase(Locale.ROOT)) {
      case "train", "training" -> TRAIN;
      case "valid", "val", "validation", "dev", "development" -> VALID;
      case "test", "testing" -> TEST;
      default ->
          throw new DataException(
              "split: expected train, valid (val, dev) or test, got \"%s\"; write one of them"
                  .formatted(name));
    };
  }

  /// What a row says of itself in that column.
  ///
  /// @throws DataException when it says something else
  static Split of(Row row, String column) {
    try {
      return of(row.field(column));
    } catch (DataException e) {
      throw new DataException(row.place() + ": " + e.getMessage(), e);
    }
  }
}
