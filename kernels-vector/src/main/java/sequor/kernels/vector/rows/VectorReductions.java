package sequor.kernels.vector.rows;

import static sequor.kernels.vector.simd.Lanes.L;
import static sequor.kernels.vector.simd.Lanes.S;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import sequor.kernels.Floats;
import sequor.kernels.HeapFloats;
import sequor.kernels.Kernels;
import sequor.kernels.Parallel;
import sequor.kernels.Reductions;
import sequor.kernels.vector.elementwise.BinaryLoops;
import sequor.kernels.vector.simd.Lanes;

/// Many numbers in, one out. Long stretches are cut into chunks whose sums are then added in order.
public final class VectorReductions implements Reductions {
  private static final int CHUNK = 1 << 15;

  @Override
  public void sum(Floats x, Floats y, Axis axis) {
    float[] xs = HeapFloats.of(x);
    float[] ys = HeapFloats.of(y);
    if (axis.inner() == 1) {
      sumRows(xs, ys, axis);
      return;
    }
    int grain = Math.max(1, CHUNK / Math.max(1, axis.length() * axis.inner()));
    if (axis.outer() > grain) {
      Parallel.ranges(
          axis.outer(), grain, (from, to) -> sumColumns(xs, ys, axis, from, to, 0, axis.inner()));
      return;
    }
    int wide = Math.max(L, CHUNK / Math.max(1, axis.outer() * axis.length()) & -L);
    Parallel.ranges(
        axis.inner(), wide, (from, to) -> sumColumns(xs, ys, axis, 0, axis.outer(), from, to));
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

  private static void sumColumns(
      float[] x, float[] y, Axis axis, int outerFrom, int outerTo, int from, int to) {
    int inner = axis.inner();
    for (int o = outerFrom; o < outerTo; o++) {
      Arrays.fill(y, o * inner + from, o * inner + to, 0);
      int first = axis.place(o, 0, from);
      RowLoops.addRows(x, first, inner, axis.length(), y, o * inner + from, to - from);
    }
  }

  @Override
  public void max(Floats x, Floats y, Axis axis) {
    float[] xs = HeapFloats.of(x);
    float[] ys = HeapFloats.of(y);
    int inner = axis.inner();
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
  public int[] argmax(Floats x, Axis axis) {
    return Kernels.scalar().reductions().argmax(x, axis);
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
