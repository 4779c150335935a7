package sequor.kernels.vector.rows;

import static sequor.kernels.vector.simd.Lanes.L;
import static sequor.kernels.vector.simd.Lanes.S;

import jdk.incubator.vector.FloatVector;
import sequor.kernels.Parallel;
import sequor.kernels.Rows.Normal;
import sequor.kernels.vector.elementwise.BinaryLoops;
import sequor.kernels.vector.simd.Lanes;

/// Layer normalisation of rows. With `x̂ = (x − mean)·s`, `s = 1/√(variance + ε)` and `g = dy·w`:
///
/// ```
/// y = x̂·w + b;   dx = s·(g − mean(g) − x̂·mean(g·x̂));   dw = Σ dy·x̂;   db = Σ dy
/// ```
///
/// (Ba, Kiros, Hinton, *Layer Normalization*, 2016).
final class LayerNorm {
  private static final int GRAIN = 1 << 13;

  private LayerNorm() {}

  static void forward(float[] x, float[] weight, float[] bias, float[] y, Normal size) {
    int n = size.length();
    Parallel.ranges(
        size.rows(),
        Math.max(1, GRAIN / Math.max(1, n)),
        (from, to) -> {
          float[] lanes = new float[L];
          for (int at = from * n; at < to * n; at += n) {
            float mean = RowLoops.sum(x, at, n, lanes) / n;
            normalize(x, at, mean, inverseDeviation(x, at, mean, size, lanes), y, at, n);
            scale(y, at, weight, bias, n);
          }
        });
  }

  static void backward(
      float[] x,
      float[] weight,
      float[] dy,
      float[] dx,
      float[] dWeight,
      float[] dBias,
      Normal size) {
    int n = size.length();
    if (n == 0) {
      return;
    }
    int grain = Math.max(1, GRAIN / n);
    int chunks = (size.rows() + grain - 1) / grain;
    // Each chunk of rows adds up its own share of dw and db; then the shares are added in order.
    float[] dWeights = new float[dWeight.length == 0 ? 0 : chunks * n];
    float[] dBiases = new float[dBias.length == 0 ? 0 : chunks * n];
    Parallel.ranges(
        size.rows(),
        grain,
        (from, to) -> {
          float[] lanes = new float[L];
          float[] normal = new float[n];
          float[] g = new float[n];
          int share = from / grain * n;
          for (int at = from * n; at < to * n; at += n) {
            float mean = RowLoops.sum(x, at, n, lanes) / n;
            float s = inverseDeviation(x, at, mean, size, lanes);
            normalize(x, at, mean, s, normal, 0, n);
            if (dWeights.length > 0) {
              RowLoops.addProduct(dy, at, normal, 0, dWeights, share, n);
            }
            if (dBiases.length > 0) {
              RowLoops.addScaled(dy, at, 1, dBiases, share, n);
            }
            if (dx.length > 0) {
              BinaryLoops.multiply(dy, at, weight, 0, g, 0, n);
              float sum = RowLoops.sum(g, 0, n, lanes);
              float dot = RowLoops.dot(g, 0, normal, 0, n, lanes);
              addGradient(g, normal, s, sum / n, dot / n, dx, at);
            }
          }
        });
    for (int chunk = 0; chunk < chunks; chunk++) {
      if (dWeights.length > 0) {
        RowLoops.addScaled(dWeights, chunk * n, 1, dWeight, 0, n);
      }
      if (dBiases.length > 0) {
        RowLoops.addScaled(dBiases, chunk * n, 1, dBias, 0, n);
      }
    }
  }

  private static float inverseDeviation(float[] x, int at, float mean, Normal size, float[] lanes) {
    int n = size.length();
    return (float) (1 / Math.sqrt(squares(x, at, mean, n, lanes) / n + size.epsilon()));
  }

  /// `Σ (x − mean)²`.
  private static float squares(float[] x, int at, float mean, int n, float[] lanes) {
    var zero = FloatVector.zero(S);
    var sum = zero;
    for (int i = 0; i < n; i += L) {
      var rest = Lanes.first(n - i);
      var d = zero.blend(FloatVector.fromArray(S, x, at + i, rest).sub(mean), rest);
      sum = d.fma(d, sum);
    }
    sum.intoArray(lanes, 0);
    return Lanes.sum(lanes, 0);
  }

  /// `y = (x − mean)·s`.
  private static void normalize(float[] x, int xi, float mean, float s, float[] y, int yi, int n) {
    for (int i = 0; i < n; i += L) {
      var rest = Lanes.first(n - i);
      FloatVector.fromArray(S, x, xi + i, rest).sub(mean).mul(s).intoArray(y, yi + i, rest);
    }
  }

  /// `y = y·w + b`.
  private static void scale(float[] y, int at, float[] weight, float[] bias, int n) {
    for (int i = 0; i < n; i += L) {
      var rest = Lanes.first(n - i);
      FloatVector.fromArray(S, y, at + i, rest)
          .mul(FloatVector.fromArray(S, weight, i, rest))
          .add(FloatVector.fromArray(S, bias, i, rest))
          .intoArray(y, at + i, rest);
    }
  }

  /// `dx += s·(g − meanG − x̂·meanGx)`.
  private static void addGradient(
      float[] g, float[] normal, float s, float meanG, float meanGx, float[] dx, int at) {
    int n = g.length;
    for (int i = 0; i < n; i += L) {
      var rest = Lanes.first(n - i);
      var pull = FloatVector.fromArray(S, normal, i, rest).mul(meanGx).add(meanG);
      FloatVector.fromArray(S, dx, at + i, rest)
          .add(FloatVector.fromArray(S, g, i, rest).sub(pull).mul(s))
          .intoArray(dx, at + i, rest);
    }
  }
}
