package sequor.kernels.vector.chains;

import java.util.Arrays;
import sequor.kernels.FloatMath;
import sequor.kernels.vector.simd.Scratch;
import sequor.kernels.vector.simd.Scratch.Use;

/// The transitions as factors, so that a step is a product with a matrix instead of N²
/// exponentials:
///
/// ```
/// ln Σ_i exp(a[i] + transitions[i,j]) = c[j] + ln Σ_i exp(a[i])·F[i,j]
/// F[i,j] = exp(transitions[i,j] − c[j]),   c[j] = max_i transitions[i,j]
/// ```
///
/// In single precision that is exact enough as long as the sum is not below [#TINY], which it is
/// where the best beginnings may not go on to `j` and those that may are far behind. Such a sum is
/// taken in logarithms ([#logSum]).
final class Factors {
  /// What is lost below the range of a float is nothing beside this.
  static final float TINY = 0x1p-80f;

  static final float LOG_TINY = -55.45f;

  /// F, each row in whole vectors.
  final float[] into;

  /// `c`.
  final float[] most;

  private final ChainRows rows;
  private final Scratch scratch;

  Factors(ChainRows rows, Scratch scratch) {
    this.rows = rows;
    this.scratch = scratch;
    int n = rows.n;
    int width = rows.width;
    into = scratch.floats(Use.WEIGHT, 0, n * width);
    most = scratch.floats(Use.WORK, 0, width);
    Arrays.fill(most, 0, width, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        most[j] = Math.max(most[j], rows.transitions[i * n + j]);
      }
    }
    for (int j = 0; j < width; j++) {
      most[j] = most[j] == Float.NEGATIVE_INFINITY ? 0 : most[j];
    }
    for (int i = 0; i < n; i++) {
      Arrays.fill(into, i * width, (i + 1) * width, 0);
      ChainLoops.powers(rows.transitions, i * n, most, into, i * width, n);
    }
  }

  /// Fᵀ, each row in whole vectors.
  float[] transposed() {
    int n = rows.n;
    int width = rows.width;
    float[] from = scratch.floats(Use.WEIGHT, 1, n * width);
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        from[j * width + i] = into[i * width + j];
      }
      Arrays.fill(from, j * width + n, (j + 1) * width, 0);
    }
    return from;
  }

  /// `ln Σ_i exp(a[i] − max + transitions[i,j])`.
  float logSum(float[] a, int ai, float max, int j) {
    float most = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < rows.n; i++) {
      most = Math.max(most, into(a, ai, max, i, j));
    }
    if (most == Float.NEGATIVE_INFINITY) {
      return most;
    }
    double sum = 0;
    for (int i = 0; i < rows.n; i++) {
      sum += FloatMath.exp(into(a, ai, max, i, j) - most);
    }
    return most + (float) StrictMath.log(sum);
  }

  /// `a[i] − max + transitions[i,j]`; −∞ where all beginnings are.
  float into(float[] a, int ai, float max, int i, int j) {
    float beginning = a[ai + i];
    return beginning == Float.NEGATIVE_INFINITY
        ? beginning
        : beginning - max + rows.transitions[i * rows.n + j];
  }
}
