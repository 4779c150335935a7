package sequor.kernels.vector.rows;

import static sequor.kernels.vector.simd.Lanes.L;
import static sequor.kernels.vector.simd.Lanes.S;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import sequor.kernels.Floats;
import sequor.kernels.HeapFloats;
import sequor.kernels.HeapInts;
import sequor.kernels.Ints;
import sequor.kernels.Kernels;
import sequor.kernels.Parallel;
import sequor.kernels.Reductions;
import sequor.kernels.vector.elementwise.BinaryLoops;
import sequor.kernels.vector.simd.Lanes;

/// Many numbers in, one out. Long stretches are cut into chunks whose sums are then added in order.
public final class VectorReductions implements Reductions {
  @Override
  public void sum(Floats x, Floats y, Axis axis) {
    float[] xs = HeapFloats.of(x);
    float[] ys = HeapFloats.of(y);
    if (axis.inner() == 1) {
      sumRows(xs, ys, axis);
      return;
    }
    CopyLoops.sumColumns(xs, ys, axis);
  }

  private static void sumRows(float[] x, float[] y, Axis axis) {
    int n = axis.length();
    if (n > CHUNK) {
      int chunks = (n + CHUNK - 1) / CHUNK;
      double[] sums = new double[chunks];
      for (int o = 0; o < axis.outer(); o++) {
        int start = o * n;
        Parallel.ranges(
            n, CHUNK, (from, to) -> sums[from / CHUNK] = sum(x, start + from, to - from));
        double total = 0;
        for (double sum : sums) {
          total += sum;
        }
        y[o] = (float) total;
      }
      return;
    }
    Parallel.ranges(
        axis.outer(),
        Math.max(1, CHUNK / Math.max(1, n)),
        (from, to) -> {
          for (int o = from; o < to; o++) {
            y[o] = sum(x, o * n, n);
          }
        });
  }

  /// The sum of `n` numbers: lane by lane in two vectors, then over the lanes, then the rest.
  static float sum(float[] x, int at, int n) {
    var even = FloatVector.zero(S);
    var odd = FloatVector.zero(S);
    int i = 0;
    for (; i <= n - 2 * L; i += 2 * L) {
      even = even.add(FloatVector.fromArray(S, x, at + i));
      odd = odd.add(FloatVector.fromArray(S, x, at + i + L));
    }
    float[] lanes = new float[L];
    even.add(odd).intoArray(lanes, 0);
    float sum = Lanes.sum(lanes, 0);
    for (; i < n; i++) {
      sum += x[at + i];
    }
    return sum;
  }

  @Override
  public void max(Floats x, Floats y, Axis axis) {
    float[] xs = HeapFloats.of(x);
    float[] ys = HeapFloats.of(y);
    int inner = axis.inner();
    if (inner == 1) {
      int n = axis.length();
      Parallel.ranges(
          axis.outer(),
          Math.max(1, CHUNK / Math.max(1, n)),
          (from, to) -> {
            float[] lanes = new float[L];
            for (int o = from; o < to; o++) {
              ys[o] = RowLoops.max(xs, o * n, n, lanes);
            }
          });
      return;
    }
    if (inner < L) {
      Kernels.scalar().reductions().max(x, y, axis);
      return;
    }
    int grain = Math.max(1, CHUNK / Math.max(1, axis.length() * inner));
    Parallel.ranges(
        axis.outer(),
        grain,
        (from, to) -> {
          for (int o = from; o < to; o++) {
            Arrays.fill(ys, o * inner, (o + 1) * inner, Float.NEGATIVE_INFINITY);
            for (int l = 0; l < axis.length(); l++) {
              BinaryLoops.maximum(ys, o * inner, xs, axis.place(o, l, 0), ys, o * inner, inner);
            }
          }
        });
  }

  @Override
  public void argmax(Floats x, Ints places, Axis axis) {
    float[] xs = HeapFloats.of(x);
    int[] ps = HeapInts.of(places);
    if (axis.inner() == 1) {
      int n = axis.length();
      Parallel.ranges(
          axis.outer(),
          Math.max(1, CHUNK / Math.max(1, n)),
          (from, to) -> {
            float[] lanes = new float[L];
            for (int o = from; o < to; o++) {
              ps[o] = first(xs, o * n, n, RowLoops.max(xs, o * n, n, lanes));
            }
          });
      return;
    }
    AxisOrder.columns(
        axis,
        (start, place, n) -> {
          float[] best = Arrays.copyOfRange(xs, start, start + n);
          Arrays.fill(ps, place, place + n, 0);
          for (int l = 1; l < axis.length(); l++) {
            int at = start + l * axis.inner();
            for (int i = 0; i < n; i++) {
              float candidate = xs[at + i];
              if (candidate > best[i] || (Float.isNaN(candidate) && !Float.isNaN(best[i]))) {
                best[i] = candidate;
                ps[place + i] = l;
              }
            }
          }
        });
  }

  /// Where the largest number of a row stands first.
  private static int first(float[] x, int at, int n, float max) {
    for (int i = 0; i < n; i++) {
      if (x[at + i] == max || Float.isNaN(x[at + i])) {
        return i;
      }
    }
    return 0;
  }

  @Override
  public void topK(Floats x, Ints places, Axis axis, int k, boolean largest) {
    AxisOrder.topK(HeapFloats.of(x), HeapInts.of(places), axis, k, largest);
  }

  @Override
  public void cumsum(Floats x, Floats y, Axis axis) {
    float[] xs = HeapFloats.of(x);
    float[] ys = HeapFloats.of(y);
    AxisOrder.columns(
        axis,
        (start, place, n) -> {
          double[] sums = new double[n];
          for (int l = 0; l < axis.length(); l++) {
            int at = start + l * axis.inner();
            for (int i = 0; i < n; i++) {
              sums[i] += xs[at + i];
              ys[at + i] = (float) sums[i];
            }
          }
        });
  }

  @Override
  public void cumsumBackward(Floats dy, Floats dx, Axis axis) {
    float[] dys = HeapFloats.of(dy);
    float[] dxs = HeapFloats.of(dx);
    AxisOrder.columns(
        axis,
        (start, place, n) -> {
          double[] sums = new double[n];
          for (int l = axis.length() - 1; l >= 0; l--) {
            int at = start + l * axis.inner();
            for (int i = 0; i < n; i++) {
              sums[i] += dys[at + i];
              dxs[at + i] += (float) sums[i];
            }
          }
        });
  }

  @Override
  public double sumOfSquares(Floats x, int n) {
    float[] xs = HeapFloats.of(x);
    double[] sums = new double[(n + CHUNK - 1) / CHUNK];
    Parallel.ranges(n, CHUNK, (from, to) -> sums[from / CHUNK] = sumOfSquares(xs, from, to));
    double total = 0;
    for (double sum : sums) {
      total += sum;
    }
    return total;
  }

  /// Four sums side by side, because one would wait for itself.
  private static double sumOfSquares(float[] x, int from, int to) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = from;
    for (; i <= to - 4; i += 4) {
      s0 += (double) x[i] * x[i];
      s1 += (double) x[i + 1] * x[i + 1];
      s2 += (double) x[i + 2] * x[i + 2];
      s3 += (double) x[i + 3] * x[i + 3];
    }
    for (; i < to; i++) {
      s0 += (double) x[i] * x[i];
    }
    return (s0 + s1) + (s2 + s3);
  }
}
