package sequor.kernels.vector.embeddings;

import static sequor.kernels.vector.simd.Lanes.L;
import static sequor.kernels.vector.simd.Lanes.S;

import jdk.incubator.vector.FloatVector;
import sequor.kernels.vector.simd.Lanes;

/// `to = Σ weights[wi + k·stride] · row_k`, several rows at a time, so that what is summed up stays
/// in a register meanwhile.
///
/// Every number is summed up in the order of the rows, by fused multiply-adds.
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record Sums(Rows rows, float[] weights, int stride, int d) {
  /// All rows.
  void all(int wi, float[] to, int ti) {
    int k = 0;
    for (; k + 6 <= rows.count; k += 6) {
      six(k, wi + k * stride, to, ti);
    }
    if (k + 3 <= rows.count) {
      three(k, wi + k * stride, to, ti);
      k += 3;
    }
    for (; k < rows.count; k++) {
      one(weights[wi + k * stride], rows.table, rows.at[k], to, ti, d, k > 0);
    }
  }

  private void six(int k, int wi, float[] to, int ti) {
    float[] t = rows.table;
    int r0 = rows.at[k];
    int r1 = rows.at[k + 1];
    int r2 = rows.at[k + 2];
    int r3 = rows.at[k + 3];
    int r4 = rows.at[k + 4];
    int r5 = rows.at[k + 5];
    var w0 = FloatVector.broadcast(S, weights[wi]);
    var w1 = FloatVector.broadcast(S, weights[wi + stride]);
    var w2 = FloatVector.broadcast(S, weights[wi + 2 * stride]);
    var w3 = FloatVector.broadcast(S, weights[wi + 3 * stride]);
    var w4 = FloatVector.broadcast(S, weights[wi + 4 * stride]);
    var w5 = FloatVector.broadcast(S, weights[wi + 5 * stride]);
    int whole = Lanes.whole(d);
    for (int i = 0; i < whole; i += L) {
      var sum = k > 0 ? FloatVector.fromArray(S, to, ti + i) : FloatVector.zero(S);
      sum = w0.fma(FloatVector.fromArray(S, t, r0 + i), sum);
      sum = w1.fma(FloatVector.fromArray(S, t, r1 + i), sum);
      sum = w2.fma(FloatVector.fromArray(S, t, r2 + i), sum);
      sum = w3.fma(FloatVector.fromArray(S, t, r3 + i), sum);
      sum = w4.fma(FloatVector.fromArray(S, t, r4 + i), sum);
      sum = w5.fma(FloatVector.fromArray(S, t, r5 + i), sum);
      sum.intoArray(to, ti + i);
    }
    rest(k, 6, wi, to, ti);
  }

  private void three(int k, int wi, float[] to, int ti) {
    float[] t = rows.table;
    int r0 = rows.at[k];
    int r1 = rows.at[k + 1];
    int r2 = rows.at[k + 2];
    var w0 = FloatVector.broadcast(S, weights[wi]);
    var w1 = FloatVector.broadcast(S, weights[wi + stride]);
    var w2 = FloatVector.broadcast(S, weights[wi + 2 * stride]);
    int whole = Lanes.whole(d);
    for (int i = 0; i < whole; i += L) {
      var sum = k > 0 ? FloatVector.fromArray(S, to, ti + i) : FloatVector.zero(S);
      sum = w0.fma(FloatVector.fromArray(S, t, r0 + i), sum);
      sum = w1.fma(FloatVector.fromArray(S, t, r1 + i), sum);
      sum = w2.fma(FloatVector.fromArray(S, t, r2 + i), sum);
      sum.intoArray(to, ti + i);
    }
    rest(k, 3, wi, to, ti);
  }

  /// What does not fill a vector.
  private void rest(int k, int count, int wi, float[] to, int ti) {
    for (int i = Lanes.whole(d); i < d; i++) {
      float sum = k > 0 ? to[ti + i] : 0;
      for (int r = 0; r < count; r++) {
        sum = Math.fma(weights[wi + r * stride], rows.table[rows.at[k + r] + i], sum);
      }
      to[ti + i] = sum;
    }
  }

  /// `to = w·from`, or `to += w·from`.
  static void one(float w, float[] from, int fi, float[] to, int ti, int d, boolean adds) {
    var weight = FloatVector.broadcast(S, w);
    int whole = Lanes.whole(d);
    for (int i = 0; i < whole; i += L) {
      var sum = adds ? FloatVector.fromArray(S, to, ti + i) : FloatVector.zero(S);
      weight.fma(FloatVector.fromArray(S, from, fi + i), sum).intoArray(to, ti + i);
    }
    for (int i = whole; i < d; i++) {
      to[ti + i] = Math.fma(w, from[fi + i], adds ? to[ti + i] : 0);
    }
  }
}
