package sequor.kernels.vector.products;

import java.util.Arrays;

/// What a product is added to.
///
/// @param kind what stands there
/// @param row the row that all rows of the result begin with, if that is what stands there …
/// @param at … and where its first number is
public record InitialValue(Kind kind, float[] row, int at) {
  /// What the result holds already.
  public static final InitialValue KEPT = new InitialValue(Kind.KEPT, new float[0], 0);

  public static final InitialValue ZEROS = new InitialValue(Kind.ZEROS, new float[0], 0);

  private static final float[] NOTHING = new float[Tile.COLUMNS]; // is never written

  public enum Kind {
    KEPT,
    ZEROS,
    ROW
  }

  /// The same row everywhere.
  public static InitialValue row(float[] row) {
    return new InitialValue(Kind.ROW, row, 0);
  }

  /// The same for the columns from `j` on.
  public InitialValue from(int j) {
    return kind == Kind.ROW && j > 0 ? new InitialValue(kind, row, at + j) : this;
  }

  /// Where its numbers stand if the result is `c`.
  float[] numbers(float[] c) {
    return switch (kind) {
      case KEPT -> c;
      case ZEROS -> NOTHING;
      case ROW -> row;
    };
  }

  /// The place of the first of them, for columns from `j` on that begin at `ci` of the result.
  int first(int j, int ci) {
    return switch (kind) {
      case KEPT -> ci;
      case ZEROS -> 0;
      case ROW -> at + j;
    };
  }

  /// How far its rows are apart if those of the result are `cStep` apart.
  int step(int cStep) {
    return kind == Kind.KEPT ? cStep : 0;
  }

  /// Writes it into `rows` rows of `c`, `columns` numbers each, the first of which is number `j` of
  /// a row.
  public void write(int j, float[] c, int ci, int cStep, int rows, int columns) {
    for (int r = 0; r < rows; r++) {
      int to = ci + r * cStep;
      switch (kind) {
        case KEPT -> {}
        case ZEROS -> Arrays.fill(c, to, to + columns, 0);
        case ROW -> System.arraycopy(row, at + j, c, to, columns);
      }
    }
  }
}
