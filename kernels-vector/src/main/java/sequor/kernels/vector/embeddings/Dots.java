package sequor.kernels.vector.embeddings;

import static sequor.kernels.vector.simd.Lanes.L;
import static sequor.kernels.vector.simd.Lanes.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import sequor.kernels.vector.simd.Lanes;
import sequor.kernels.vector.simd.VectorMath;

/// Probabilities `σ(x·y)` of all pairs of a few rows of two tables.
///
/// Each product is first a vector of partial sums. `L` of these are folded into one vector of sums
/// in `log L` steps: in each, lanes of two vectors are mixed so that one addition serves both, and
/// the sums of the one come to stand in the lanes whose number has that bit, those of the other in
/// the rest. The order in which lanes are added up is the same however the code is compiled.
final class Dots {
  private static final int STEPS = Integer.numberOfTrailingZeros(L);
  private static final VectorShuffle<?>[] ACROSS = new VectorShuffle<?>[STEPS];
  private static final VectorMask<?>[] LOW = new VectorMask<?>[STEPS];

  static {
    for (int step = 0; step < STEPS; step++) {
      int half = 1 << step;
      boolean[] low = new boolean[L];
      for (int lane = 0; lane < L; lane++) {
        low[lane] = (lane & half) == 0;
      }
      LOW[step] = VectorMask.fromArray(S, low, 0);
      ACROSS[step] = VectorShuffle.fromOp(S, lane -> lane ^ half);
    }
  }

  private Dots() {}

  /// How many numbers of `partial` that many pairs need.
  static int length(int pairs) {
    return Math.ceilDiv(pairs, L) * L * L;
  }

  /// Partial sums of two rows of `x` with three of `y`, each of `d` numbers, at `pi`, `pi + L`, …,
  /// and for the second row `below` further on; `rows` and `columns` tell how many are wanted.
  static void twoByThree(Rows x, int i, Rows y, int j, float[] partial, int pi, int d) {
    int rows = Math.min(2, x.count - i);
    int columns = Math.min(3, y.count - j);
    int x0 = x.at[i];
    int x1 = x.at[i + rows - 1];
    int y0 = y.at[j];
    int y1 = y.at[j + Math.min(1, columns - 1)];
    int y2 = y.at[j + columns - 1];
    var s00 = FloatVector.zero(S);
    var s01 = FloatVector.zero(S);
    var s02 = FloatVector.zero(S);
    var s10 = FloatVector.zero(S);
    var s11 = FloatVector.zero(S);
    var s12 = FloatVector.zero(S);
    int whole = Lanes.whole(d);
    for (int k = 0; k < whole; k += L) {
      var u = FloatVector.fromArray(S, x.table, x0 + k);
      var v = FloatVector.fromArray(S, x.table, x1 + k);
      var p = FloatVector.fromArray(S, y.table, y0 + k);
      var q = FloatVector.fromArray(S, y.table, y1 + k);
      var r = FloatVector.fromArray(S, y.table, y2 + k);
      s00 = u.fma(p, s00);
      s01 = u.fma(q, s01);
      s02 = u.fma(r, s02);
      s10 = v.fma(p, s10);
      s11 = v.fma(q, s11);
      s12 = v.fma(r, s12);
    }
    int below = pi + y.count * L;
    s00.intoArray(partial, pi);
    if (columns > 1) {
      s01.intoArray(partial, pi + L);
    }
    if (columns > 2) {
      s02.intoArray(partial, pi + 2 * L);
    }
    if (rows > 1) {
      s10.intoArray(partial, below);
      if (columns > 1) {
        s11.intoArray(partial, below + L);
      }
      if (columns > 2) {
        s12.intoArray(partial, below + 2 * L);
      }
    }
    for (int r = 0; whole < d && r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        rest(x, x.at[i + r], y, y.at[j + c], partial, pi + (r * y.count + c) * L, d);
      }
    }
  }

  /// The same of one row with four.
  static void oneByFour(Rows x, Rows y, int j, float[] partial, int pi, int d) {
    int columns = Math.min(4, y.count - j);
    int x0 = x.at[0];
    int y0 = y.at[j];
    int y1 = y.at[j + Math.min(1, columns - 1)];
    int y2 = y.at[j + Math.min(2, columns - 1)];
    int y3 = y.at[j + columns - 1];
    var s0 = FloatVector.zero(S);
    var s1 = FloatVector.zero(S);
    var s2 = FloatVector.zero(S);
    var s3 = FloatVector.zero(S);
    int whole = Lanes.whole(d);
    for (int k = 0; k < whole; k += L) {
      var u = FloatVector.fromArray(S, x.table, x0 + k);
      s0 = u.fma(FloatVector.fromArray(S, y.table, y0 + k), s0);
      s1 = u.fma(FloatVector.fromArray(S, y.table, y1 + k), s1);
      s2 = u.fma(FloatVector.fromArray(S, y.table, y2 + k), s2);
      s3 = u.fma(FloatVector.fromArray(S, y.table, y3 + k), s3);
    }
    s0.intoArray(partial, pi);
    if (columns > 1) {
      s1.intoArray(partial, pi + L);
    }
    if (columns > 2) {
      s2.intoArray(partial, pi + 2 * L);
    }
    if (columns > 3) {
      s3.intoArray(partial, pi + 3 * L);
    }
    for (int c = 0; whole < d && c < columns; c++) {
      rest(x, x0, y, y.at[j + c], partial, pi + c * L, d);
    }
  }

  /// What does not fill a vector, into the first of the partial sums.
  private static void rest(Rows x, int xi, Rows y, int yi, float[] partial, int pi, int d) {
    for (int k = Lanes.whole(d); k < d; k++) {
      partial[pi] = Math.fma(x.table[xi + k], y.table[yi + k], partial[pi]);
    }
  }

  /// Folds the partial sums of some pairs and writes `σ` of each sum.
  static void probabilities(float[] partial, int pairs, float[] to, int at) {
    for (int first = 0; first < pairs; first += L) {
      for (int step = STEPS - 1; step >= 0; step--) {
        fold(partial, first * L, 1 << step, step);
      }
      var sums = FloatVector.fromArray(S, partial, first * L);
      VectorMath.sigmoid(sums).intoArray(to, at + first, Lanes.first(pairs - first));
    }
  }

  @SuppressWarnings("unchecked") // made above, of floats
  private static void fold(float[] partial, int at, int half, int step) {
    var low = (VectorMask<Float>) LOW[step];
    var across = (VectorShuffle<Float>) ACROSS[step];
    for (int i = 0; i < half; i++) {
      int ai = at + i * L;
      var a = FloatVector.fromArray(S, partial, ai);
      var b = FloatVector.fromArray(S, partial, ai + half * L);
      b.blend(a, low).add(a.blend(b, low).rearrange(across)).intoArray(partial, ai);
    }
  }
}
