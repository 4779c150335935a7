package sequor.kernels.vector.rows;

import static sequor.kernels.vector.simd.Lanes.L;

import java.util.Arrays;
import sequor.kernels.Floats;
import sequor.kernels.HeapFloats;
import sequor.kernels.HeapInts;
import sequor.kernels.Ints;
import sequor.kernels.Parallel;
import sequor.kernels.Rows;

/// Arithmetic on each row of a matrix, in a few passes over a row while it is in the first cache.
public final class VectorRows implements Rows {
  private static final int GRAIN = 1 << 13;

  @Override
  public void softmax(Floats x, Floats y, Size size) {
    float[] xs = HeapFloats.of(x);
    float[] ys = HeapFloats.of(y);
    int n = size.length();
    each(
        size.rows(),
        n,
        (at, lanes) -> {
          float max = RowLoops.max(xs, at, n, lanes);
          if (max == Float.NEGATIVE_INFINITY) {
            Arrays.fill(ys, at, at + n, 0);
            return;
          }
          float sum = RowLoops.exp(xs, at, max, ys, at, n, lanes);
          RowLoops.affine(ys, at, 1 / sum, 0, ys, at, n);
        });
  }

  @Override
  public void softmaxBackward(Floats y, Floats dy, Floats dx, Size size) {
    float[] ys = HeapFloats.of(y);
    float[] dys = HeapFloats.of(dy);
    float[] dxs = HeapFloats.of(dx);
    int n = size.length();
    each(
        size.rows(),
        n,
        (at, lanes) -> {
          float dot = RowLoops.dot(dys, at, ys, at, n, lanes);
          RowLoops.addProduct(ys, at, dys, at, dxs, at, n);
          RowLoops.addScaled(ys, at, -dot, dxs, at, n);
        });
  }

  @Override
  public void logSoftmax(Floats x, Floats y, Size size) {
    float[] xs = HeapFloats.of(x);
    float[] ys = HeapFloats.of(y);
    int n = size.length();
    each(
        size.rows(),
        n,
        (at, lanes) -> {
          float max = RowLoops.max(xs, at, n, lanes);
          float sum = RowLoops.sumOfExp(xs, at, max, n, lanes);
          RowLoops.affine(xs, at, 1, -max, ys, at, n);
          RowLoops.affine(ys, at, 1, -(float) StrictMath.log(sum), ys, at, n);
        });
  }

  @Override
  public void logSoftmaxBackward(Floats y, Floats dy, Floats dx, Size size) {
    float[] ys = HeapFloats.of(y);
    float[] dys = HeapFloats.of(dy);
    float[] dxs = HeapFloats.of(dx);
    int n = size.length();
    each(
        size.rows(),
        n,
        (at, lanes) -> {
          float sum = RowLoops.sum(dys, at, n, lanes);
          RowLoops.addScaled(dys, at, 1, dxs, at, n);
          RowLoops.addExp(ys, at, 0, -sum, dxs, at, n);
        });
  }

  @Override
  public void logSumExp(Floats x, Floats y, Size size) {
    float[] xs = HeapFloats.of(x);
    float[] ys = HeapFloats.of(y);
    int n = size.length();
    if (n == 0) {
      Arrays.fill(ys, 0, size.rows(), Float.NEGATIVE_INFINITY);
      return;
    }
    each(
        size.rows(),
        n,
        (at, lanes) -> {
          float max = RowLoops.max(xs, at, n, lanes);
          ys[at / n] =
              Float.isInfinite(max)
                  ? max
                  : max + (float) StrictMath.log(RowLoops.sumOfExp(xs, at, max, n, lanes));
        });
  }

  @Override
  public void logSumExpBackward(Floats x, Floats y, Floats dy, Floats dx, Size size) {
    float[] xs = HeapFloats.of(x);
    float[] ys = HeapFloats.of(y);
    float[] dys = HeapFloats.of(dy);
    float[] dxs = HeapFloats.of(dx);
    int n = size.length();
    each(
        n == 0 ? 0 : size.rows(),
        n,
        (at, lanes) -> {
          float logSum = ys[at / n];
          if (logSum != Float.NEGATIVE_INFINITY) {
            RowLoops.addExp(xs, at, logSum, dys[at / n], dxs, at, n);
          }
        });
  }

  @Override
  public void crossEntropy(
      Floats logits, Ints targets, Floats weights, Floats losses, Classes size) {
    float[] xs = HeapFloats.of(logits);
    int[] ts = HeapInts.of(targets);
    float[] ys = HeapFloats.of(losses);
    int n = size.classes();
    float[] ws = orOnes(weights, n);
    float share = size.smoothing() / n;
    each(
        size.rows(),
        n,
        (at, lanes) -> {
          int row = at / n;
          int target = ts[row];
          if (target == size.ignored()) {
            ys[row] = 0;
            return;
          }
          float max = RowLoops.max(xs, at, n, lanes);
          double all = max + StrictMath.log(RowLoops.sumOfExp(xs, at, max, n, lanes));
          double loss = (1 - size.smoothing()) * ws[target] * (all - xs[at + target]);
          if (share > 0) {
            for (int c = 0; c < n; c++) {
              loss += share * ws[c] * (all - xs[at + c]);
            }
          }
          ys[row] = (float) loss;
        });
  }

  @Override
  public void crossEntropyBackward(
      Floats logits, Ints targets, Floats weights, Floats dLosses, Floats dLogits, Classes size) {
    float[] xs = HeapFloats.of(logits);
    int[] ts = HeapInts.of(targets);
    float[] dys = HeapFloats.of(dLosses);
    float[] dxs = HeapFloats.of(dLogits);
    int n = size.classes();
    float[] ws = orOnes(weights, n);
    float share = size.smoothing() / n;
    float allWeights = RowLoops.sum(ws, 0, n, new float[L]);
    each(
        size.rows(),
        n,
        (at, lanes) -> {
          int row = at / n;
          int target = ts[row];
          if (target == size.ignored()) {
            return;
          }
          float onTarget = (1 - size.smoothing()) * ws[target];
          float total = onTarget + share * allWeights; // the weights of all −ln p together
          float max = RowLoops.max(xs, at, n, lanes);
          float sum = RowLoops.sumOfExp(xs, at, max, n, lanes);
          RowLoops.addExp(xs, at, max, dys[row] * total / sum, dxs, at, n);
          dxs[at + target] -= dys[row] * onTarget;
          if (share > 0) {
            RowLoops.addScaled(ws, 0, -share * dys[row], dxs, at, n);
          }
        });
  }

  @Override
  public void layerNorm(Floats x, Floats weight, Floats bias, Floats y, Normal size) {
    float[] bs = HeapFloats.of(bias);
    float[] ws = orOnes(weight, size.length());
    LayerNorm.forward(
        HeapFloats.of(x),
        ws,
        bs.length == 0 ? new float[size.length()] : bs,
        HeapFloats.of(y),
        size);
  }

  @Override
  public void layerNormBackward(
      Floats x, Floats weight, Floats dy, Floats dx, Floats dWeight, Floats dBias, Normal size) {
    LayerNorm.backward(
        HeapFloats.of(x),
        orOnes(weight, size.length()),
        HeapFloats.of(dy),
        HeapFloats.of(dx),
        HeapFloats.of(dWeight),
        HeapFloats.of(dBias),
        size);
  }

  @FunctionalInterface
  private interface Row {
    void run(int at, float[] lanes);
  }

  private static void each(int rows, int length, Row row) {
    Parallel.ranges(
        rows,
        Math.max(1, GRAIN / Math.max(1, length)),
        (from, to) -> {
          float[] lanes = new float[L];
          for (int i = from; i < to; i++) {
            row.run(i * length, lanes);
          }
        });
  }

  private static float[] orOnes(Floats weights, int n) {
    float[] given = HeapFloats.of(weights);
    if (given.length > 0) {
      return given;
    }
    float[] ones = new float[n];
    Arrays.fill(ones, 1);
    return ones;
  }
}
