package sequor.kernels.vector.scans;

import static sequor.kernels.vector.simd.Lanes.L;
import static sequor.kernels.vector.simd.Lanes.S;

import jdk.incubator.vector.FloatVector;
import sequor.kernels.vector.simd.Lanes;

/// The inner loops over the P states of L channels, one in each lane.
///
/// What they work on lies packed: (2,P,L), the real parts before the imaginary ones.
final class DiagonalLanes {
  private DiagonalLanes() {}

  /// Copies the columns from `from` on of (2·P,H), zeros beyond the last of `n`.
  static void pack(float[] x, int at, int width, int n, float[] packed, int count) {
    var rest = Lanes.first(n);
    for (int i = 0; i < 2 * count; i++) {
      FloatVector.fromArray(S, x, at + i * width, rest).intoArray(packed, i * L);
    }
  }

  /// Copies them back.
  static void unpack(float[] packed, float[] x, int at, int width, int n, int count) {
    var rest = Lanes.first(n);
    for (int i = 0; i < 2 * count; i++) {
      FloatVector.fromArray(S, packed, i * L).intoArray(x, at + i * width, rest);
    }
  }

  /// Adds them.
  static void addUnpacked(float[] packed, float[] x, int at, int width, int n, int count) {
    var rest = Lanes.first(n);
    for (int i = 0; i < 2 * count; i++) {
      FloatVector.fromArray(S, x, at + i * width, rest)
          .add(FloatVector.fromArray(S, packed, i * L))
          .intoArray(x, at + i * width, rest);
    }
  }

  /// `s' = λ·s + u`, from the states at `from` to those at `to`.
  static void advance(
      float[] u, int at, int n, float[] poles, float[] states, int from, int to, int size) {
    var in = FloatVector.fromArray(S, u, at, Lanes.first(n));
    int half = size / 2;
    for (int p = 0; p < half; p += L) {
      var lr = FloatVector.fromArray(S, poles, p);
      var li = FloatVector.fromArray(S, poles, half + p);
      var re = FloatVector.fromArray(S, states, from + p);
      var im = FloatVector.fromArray(S, states, from + half + p);
      lr.fma(re, in).sub(li.mul(im)).intoArray(states, to + p);
      lr.fma(im, li.mul(re)).intoArray(states, to + half + p);
    }
  }

  /// `y = Σ Re(w·s)`.
  static void read(float[] weights, float[] states, int from, int size, float[] y, int at, int n) {
    int half = size / 2;
    var real = FloatVector.zero(S);
    var imaginary = FloatVector.zero(S);
    for (int p = 0; p < half; p += L) {
      real =
          FloatVector.fromArray(S, weights, p)
              .fma(FloatVector.fromArray(S, states, from + p), real);
      imaginary =
          FloatVector.fromArray(S, weights, half + p)
              .fma(FloatVector.fromArray(S, states, from + half + p), imaginary);
    }
    real.sub(imaginary).intoArray(y, at, Lanes.first(n));
  }

  /// `dw += dy·s̄`.
  static void addWeightGradient(
      float[] dy, int at, int n, float[] states, int after, float[] dWeights, int size) {
    var d = FloatVector.fromArray(S, dy, at, Lanes.first(n));
    var minus = d.neg();
    int half = size / 2;
    for (int p = 0; p < half; p += L) {
      d.fma(FloatVector.fromArray(S, states, after + p), FloatVector.fromArray(S, dWeights, p))
          .intoArray(dWeights, p);
      minus
          .fma(
              FloatVector.fromArray(S, states, after + half + p),
              FloatVector.fromArray(S, dWeights, half + p))
          .intoArray(dWeights, half + p);
    }
  }

  /// `g = w̄·dy + c`, in place of `c`, which came through the state.
  static void addReading(float[] dy, int at, int n, float[] weights, float[] through, int size) {
    var d = FloatVector.fromArray(S, dy, at, Lanes.first(n));
    var minus = d.neg();
    int half = size / 2;
    for (int p = 0; p < half; p += L) {
      d.fma(FloatVector.fromArray(S, weights, p), FloatVector.fromArray(S, through, p))
          .intoArray(through, p);
      minus
          .fma(
              FloatVector.fromArray(S, weights, half + p),
              FloatVector.fromArray(S, through, half + p))
          .intoArray(through, half + p);
    }
  }

  /// `dλ += g·s̄`, of the states before the step.
  static void addPoleGradient(
      float[] through, float[] states, int before, float[] dPoles, int size) {
    int half = size / 2;
    for (int p = 0; p < half; p += L) {
      var re = FloatVector.fromArray(S, through, p);
      var im = FloatVector.fromArray(S, through, half + p);
      var sr = FloatVector.fromArray(S, states, before + p);
      var si = FloatVector.fromArray(S, states, before + half + p);
      re.fma(sr, im.fma(si, FloatVector.fromArray(S, dPoles, p))).intoArray(dPoles, p);
      im.fma(sr, FloatVector.fromArray(S, dPoles, half + p).sub(re.mul(si)))
          .intoArray(dPoles, half + p);
    }
  }

  /// `du += Σ Re(g)`, and `c = λ̄·g` in place of `g`.
  static void passThrough(float[] poles, float[] through, int size, float[] du, int at, int n) {
    int half = size / 2;
    var sum = FloatVector.zero(S);
    for (int p = 0; p < half; p += L) {
      var lr = FloatVector.fromArray(S, poles, p);
      var li = FloatVector.fromArray(S, poles, half + p);
      var re = FloatVector.fromArray(S, through, p);
      var im = FloatVector.fromArray(S, through, half + p);
      sum = sum.add(re);
      lr.fma(re, li.mul(im)).intoArray(through, p);
      lr.mul(im).sub(li.mul(re)).intoArray(through, half + p);
    }
    if (du.length > 0) {
      var rest = Lanes.first(n);
      FloatVector.fromArray(S, du, at, rest).add(sum).intoArray(du, at, rest);
    }
  }
}
