package sequor.kernels.vector;

import java.util.Arrays;

/// What a product is added to.
///
/// @param kind what stands there
/// @param row the row that all rows of the result begin with, if that is what stands there …
/// @param at … and where its first number is
record Start(Kind kind, float[] row, int at) {
  /// What the result holds already.
  static final Start KEPT = new Start(Kind.KEPT, new float[0], 0);

  static final Start ZEROS = new Start(Kind.ZEROS, new float[0], 0);

  enum Kind {
    KEPT,
    ZEROS,
    ROW
  }

  /// The same row everywhere.
  static Start row(float[] row) {
    return new Start(Kind.ROW, row, 0);
  }

  /// The same for the columns from `j` on.
  Start from(int j) {
    return kind == Kind.ROW && j > 0 ? new Start(kind, row, at + j) : this;
  }

  /// Writes it into `rows` rows of `c`, `columns` numbers each, the first of which is number `j` of
  /// a row.
  void write(int j, float[] c, int ci, int cStep, int rows, int columns) {
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
