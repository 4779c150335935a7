package sequor.kernels.vector.embeddings;

import static sequor.kernels.vector.simd.Lanes.L;
import static sequor.kernels.vector.simd.Lanes.S;

import jdk.incubator.vector.FloatVector;
import sequor.kernels.Embeddings.Pairs;
import sequor.kernels.vector.simd.Lanes;

/// One step of AdaGrad for a pair of words.
///
/// @param ws squares of the words' rows
/// @param cs squares of the contexts'
/// @param sums a vector, for sums that are yet to be added up
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record Together(float[] w, float[] c, float[] ws, float[] cs, float[] sums, int d) {
  /// `w·c`.
  float dot(int wi, int ci) {
    var even = FloatVector.zero(S);
    var odd = FloatVector.zero(S);
    int whole = Lanes.whole(d);
    int twice = d & -2 * L;
    for (int k = 0; k < twice; k += 2 * L) {
      even = FloatVector.fromArray(S, w, wi + k).fma(FloatVector.fromArray(S, c, ci + k), even);
      odd =
          FloatVector.fromArray(S, w, wi + k + L).fma(FloatVector.fromArray(S, c, ci + k + L), odd);
    }
    if (twice < whole) {
      even =
          FloatVector.fromArray(S, w, wi + twice)
              .fma(FloatVector.fromArray(S, c, ci + twice), even);
    }
    even.add(odd).intoArray(sums, 0);
    for (int k = whole; k < d; k++) {
      sums[0] = Math.fma(w[wi + k], c[ci + k], sums[0]);
    }
    return Lanes.sum(sums, 0);
  }

  /// Goes down the slope of a pair's error.
  ///
  /// @param weighted f·e
  void step(int wi, int ci, float weighted, float rate) {
    int whole = Lanes.whole(d);
    for (int k = 0; k < whole; k += L) {
      var x = FloatVector.fromArray(S, w, wi + k);
      var y = FloatVector.fromArray(S, c, ci + k);
      var xs = FloatVector.fromArray(S, ws, wi + k);
      var ys = FloatVector.fromArray(S, cs, ci + k);
      var dx = y.mul(weighted).max(-Pairs.MOST).min(Pairs.MOST).mul(rate);
      var dy = x.mul(weighted).max(-Pairs.MOST).min(Pairs.MOST).mul(rate);
      x.sub(dx.div(xs.sqrt())).intoArray(w, wi + k);
      y.sub(dy.div(ys.sqrt())).intoArray(c, ci + k);
      dx.fma(dx, xs).intoArray(ws, wi + k);
      dy.fma(dy, ys).intoArray(cs, ci + k);
    }
    for (int k = whole; k < d; k++) {
      float dx = rate * Math.clamp(weighted * c[ci + k], -Pairs.MOST, Pairs.MOST);
      float dy = rate * Math.clamp(weighted * w[wi + k], -Pairs.MOST, Pairs.MOST);
      w[wi + k] -= dx / (float) Math.sqrt(ws[wi + k]);
      c[ci + k] -= dy / (float) Math.sqrt(cs[ci + k]);
      ws[wi + k] = Math.fma(dx, dx, ws[wi + k]);
      cs[ci + k] = Math.fma(dy, dy, cs[ci + k]);
    }
    w[wi + d - 1] = 1;
    c[ci + d - 2] = 1;
  }
}
