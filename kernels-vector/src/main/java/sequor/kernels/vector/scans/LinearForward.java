package sequor.kernels.vector.scans;

import static sequor.kernels.vector.simd.Lanes.L;
import static sequor.kernels.vector.simd.Lanes.S;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import sequor.kernels.Floats;
import sequor.kernels.HeapFloats;
import sequor.kernels.Recurrences.Span;
import sequor.kernels.Scans.Size;
import sequor.kernels.vector.simd.Lanes;

/// `h_t = a_t·h_{t−1} + b_t`.
final class LinearForward extends ChunkedScan {
  private final float[] a;
  private final float[] b;
  private final float[] initial;
  private final float[] hidden;

  LinearForward(Floats a, Floats b, Floats initial, Floats hidden, Span span, Size size) {
    super(new Places(span, size));
    this.a = HeapFloats.of(a);
    this.b = HeapFloats.of(b);
    this.initial = HeapFloats.of(initial);
    this.hidden = HeapFloats.of(hidden);
  }

  @Override
  boolean backward() {
    return false;
  }

  @Override
  float[] initial() {
    return initial;
  }

  @Override
  void rest(int row, int from, int n) {
    places.clearPadding(hidden, row, from, n);
  }

  @Override
  void steps(Chunk chunk, float[] carried, int at) {
    float[] before = carried;
    for (int k = chunk.begin(); k < chunk.end(); k++) {
      int here = places.at(chunk.row(), k) + chunk.from();
      step(a, b, here, before, at, hidden, chunk.n());
      before = hidden;
      at = here;
    }
  }

  @Override
  float through(Chunk chunk, int column, float state) {
    float h = state;
    for (int k = chunk.begin(); k < chunk.end(); k++) {
      int here = places.at(chunk.row(), k) + chunk.from() + column;
      h = Math.fma(a[here], h, b[here]);
    }
    return h;
  }

  private static void step(
      float[] a, float[] b, int here, float[] before, int at, float[] hidden, int n) {
    int j = 0;
    for (; j < Lanes.whole(n); j += L) {
      var h = FloatVector.fromArray(S, before, at + j);
      FloatVector.fromArray(S, a, here + j)
          .fma(h, FloatVector.fromArray(S, b, here + j))
          .intoArray(hidden, here + j);
    }
    for (; j < n; j++) {
      hidden[here + j] = Math.fma(a[here + j], before[at + j], b[here + j]);
    }
  }

  @Override
  void compose(Chunk chunk, float[] products, float[] sums, int at) {
    Arrays.fill(products, at, at + chunk.n(), 1);
    Arrays.fill(sums, at, at + chunk.n(), 0);
    for (int k = chunk.begin(); k < chunk.end(); k += BAND) {
      int here = places.at(chunk.row(), k) + chunk.from();
      int steps = Math.min(BAND, chunk.end() - k);
      compose(a, b, here, places.stride(), steps, products, sums, at, chunk.n());
    }
  }

  private static void compose(
      float[] a,
      float[] b,
      int first,
      int stride,
      int steps,
      float[] products,
      float[] sums,
      int at,
      int n) {
    int j = 0;
    for (; j < Lanes.whole(n); j += L) {
      var product = FloatVector.fromArray(S, products, at + j);
      var sum = FloatVector.fromArray(S, sums, at + j);
      for (int k = 0; k < steps; k++) {
        var by = FloatVector.fromArray(S, a, first + k * stride + j);
        product = withoutTiny(product.mul(by));
        sum = by.fma(sum, FloatVector.fromArray(S, b, first + k * stride + j));
      }
      product.intoArray(products, at + j);
      sum.intoArray(sums, at + j);
    }
    for (; j < n; j++) {
      for (int k = 0; k < steps; k++) {
        float by = a[first + k * stride + j];
        products[at + j] = withoutTiny(products[at + j] * by);
        sums[at + j] = Math.fma(by, sums[at + j], b[first + k * stride + j]);
      }
    }
  }
}
