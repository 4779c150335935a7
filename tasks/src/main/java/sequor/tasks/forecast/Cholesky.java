package sequor.tasks.forecast;

import java.util.Arrays;

/// Solves (A + λI)·W = R for a symmetric A that is not below 0.
///
/// Source: Golub and Van Loan, *Matrix computations*, section 4.2.
final class Cholesky {
  private final double[][] lower;

  /// @param a (L,L)
  /// @param ridge λ, above 0
  Cholesky(double[][] a, double ridge) {
    int size = a.length;
    lower = new double[size][];
    for (int i = 0; i < size; i++) {
      lower[i] = new double[i + 1];
      for (int j = 0; j <= i; j++) {
        double sum = a[i][j] + (i == j ? ridge : 0);
        for (int k = 0; k < j; k++) {
          sum -= lower[i][k] * lower[j][k];
        }
        lower[i][j] = i == j ? Math.sqrt(Math.max(sum, 1e-12 * ridge)) : sum / lower[j][j];
      }
    }
  }

  /// W, in the place of R. // (H,L), a row for each right side
  void solve(double[][] sides) {
    Arrays.stream(sides).parallel().forEach(this::solve);
  }

  private void solve(double[] x) {
    for (int i = 0; i < x.length; i++) {
      double sum = x[i];
      for (int k = 0; k < i; k++) {
        sum -= lower[i][k] * x[k];
      }
      x[i] = sum / lower[i][i];
    }
    for (int i = x.length - 1; i >= 0; i--) { // column by column, which lies in a row here
      x[i] /= lower[i][i];
      for (int k = 0; k < i; k++) {
        x[k] -= lower[i][k] * x[i];
      }
    }
  }
}
