package sequor.kernels.vector.scans;

import static sequor.kernels.vector.simd.Lanes.L;
import static sequor.kernels.vector.simd.Lanes.S;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import sequor.kernels.Floats;
import sequor.kernels.HeapFloats;
import sequor.kernels.Recurrences.Span;
import sequor.kernels.Scans.LinearGradients;
import sequor.kernels.Scans.Size;
import sequor.kernels.vector.rows.RowLoops;
import sequor.kernels.vector.simd.Lanes;
import sequor.kernels.vector.simd.Scratch;

/// The gradients of [LinearForward], from a row's last step to its first. What is carried is what
/// comes through the state: `c_t = a_{t+1}·g_{t+1}`, so
///
/// ```
/// g_t = dh_t + c_t;  db_t += g_t;  da_t += g_t·h_{t−1};  c_{t−1} = a_t·g_t
/// ```
final class LinearBackward extends ChunkedScan {
  private static final float[] ZEROS = {};

  private final float[] a;
  private final float[] initial;
  private final float[] hidden;
  private final float[] dHidden;
  private final float[] da;
  private final float[] db;
  private final float[] dInitial;

  LinearBackward(
      Floats a,
      Floats initial,
      Floats hidden,
      Floats dHidden,
      LinearGradients gradients,
      Span span,
      Size size) {
    super(new Places(span, size));
    this.a = HeapFloats.of(a);
    this.initial = HeapFloats.of(initial);
    this.hidden = HeapFloats.of(hidden);
    this.dHidden = HeapFloats.of(dHidden);
    da = HeapFloats.of(gradients.a());
    db = HeapFloats.of(gradients.b());
    dInitial = HeapFloats.of(gradients.initial());
  }

  @Override
  boolean backward() {
    return true;
  }

  @Override
  float[] initial() {
    return ZEROS;
  }

  @Override
  void rest(int row, int from, int n) {
    // nothing comes from padding
  }

  @Override
  void steps(Chunk chunk, float[] carried, int at) {
    int n = chunk.n();
    try (var scratch = Scratch.borrow()) {
      float[] through = scratch.floats(Scratch.Use.THROUGH, n);
      if (carried.length > 0) {
        System.arraycopy(carried, at, through, 0, n);
      } else {
        Arrays.fill(through, 0, n, 0);
      }
      for (int k = chunk.end() - 1; k >= chunk.begin(); k--) {
        int here = places.at(chunk.row(), k) + chunk.from();
        float[] before = k > 0 ? hidden : initial;
        int earlier = k > 0 ? places.at(chunk.row(), k - 1) : chunk.row() * places.width;
        step(here, before, earlier + chunk.from(), through, n);
      }
      if (chunk.begin() == 0 && dInitial.length > 0) {
        RowLoops.add(through, 0, dInitial, chunk.row() * places.width + chunk.from(), n);
      }
    }
  }

  @Override
  float through(Chunk chunk, int column, float state) {
    float c = state;
    for (int k = chunk.end() - 1; k >= chunk.begin(); k--) {
      int here = places.at(chunk.row(), k) + chunk.from() + column;
      c = withoutTiny((dHidden[here] + c) * a[here]);
    }
    return c;
  }

  private void step(int here, float[] before, int earlier, float[] through, int n) {
    if (da.length == 0) {
      step(a, dHidden, here, through, db, n);
    } else if (db.length == 0) {
      step(a, dHidden, here, before, earlier, through, da, n);
    } else {
      step(a, dHidden, here, before, earlier, through, da, db, n);
    }
  }

  /// One after the other, for `a` and `b` may be one tensor.
  private static void step(
      float[] a,
      float[] dHidden,
      int here,
      float[] before,
      int earlier,
      float[] through,
      float[] da,
      float[] db,
      int n) {
    int j = 0;
    for (; j < Lanes.whole(n); j += L) {
      var c = FloatVector.fromArray(S, through, j);
      var g = FloatVector.fromArray(S, dHidden, here + j).add(c);
      var by = FloatVector.fromArray(S, a, here + j);
      var h = FloatVector.fromArray(S, before, earlier + j);
      FloatVector.fromArray(S, db, here + j).add(g).intoArray(db, here + j);
      g.fma(h, FloatVector.fromArray(S, da, here + j)).intoArray(da, here + j);
      withoutTiny(g.mul(by)).intoArray(through, j);
    }
    for (; j < n; j++) {
      float g = dHidden[here + j] + through[j];
      db[here + j] += g;
      da[here + j] = Math.fma(g, before[earlier + j], da[here + j]);
      through[j] = withoutTiny(g * a[here + j]);
    }
  }

  /// Where `da` is not required.
  private static void step(
      float[] a, float[] dHidden, int here, float[] through, float[] db, int n) {
    for (int j = 0; j < n; j++) {
      float g = dHidden[here + j] + through[j];
      if (db.length > 0) {
        db[here + j] += g;
      }
      through[j] = withoutTiny(g * a[here + j]);
    }
  }

  /// Where `db` is not required.
  private static void step(
      float[] a,
      float[] dHidden,
      int here,
      float[] before,
      int earlier,
      float[] through,
      float[] da,
      int n) {
    for (int j = 0; j < n; j++) {
      float g = dHidden[here + j] + through[j];
      da[here + j] = Math.fma(g, before[earlier + j], da[here + j]);
      through[j] = withoutTiny(g * a[here + j]);
    }
  }

  @Override
  void compose(Chunk chunk, float[] products, float[] sums, int at) {
    Arrays.fill(products, at, at + chunk.n(), 1);
    Arrays.fill(sums, at, at + chunk.n(), 0);
    for (int k = chunk.end() - 1; k >= chunk.begin(); k -= BAND) {
      int here = places.at(chunk.row(), k) + chunk.from();
      int steps = Math.min(BAND, k + 1 - chunk.begin());
      compose(a, dHidden, here, -places.stride(), steps, products, sums, at, chunk.n());
    }
  }

  private static void compose(
      float[] a,
      float[] dHidden,
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
        sum = FloatVector.fromArray(S, dHidden, first + k * stride + j).add(sum).mul(by);
      }
      product.intoArray(products, at + j);
      sum.intoArray(sums, at + j);
    }
    for (; j < n; j++) {
      for (int k = 0; k < steps; k++) {
        float by = a[first + k * stride + j];
        products[at + j] = withoutTiny(products[at + j] * by);
        sums[at + j] = (dHidden[first + k * stride + j] + sums[at + j]) * by;
      }
    }
  }
}
