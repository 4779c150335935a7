package sequor.kernels.vector;

import static sequor.kernels.vector.simd.Lanes.L;
import static sequor.kernels.vector.simd.Lanes.REGISTERS;
import static sequor.kernels.vector.simd.Lanes.S;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import sequor.kernels.Probe;

/// Multiply-adds on vectors, none of which waits for another.
///
/// A multiply-add takes four or five cycles, and machines begin two in each, those with narrow
/// vectors four. So eight to twenty must be under way, and all must fit the registers.
final class VectorProbe implements Probe {
  static final int SUMS = REGISTERS == 32 ? 20 : 12;

  // Every number goes to 10⁻⁶ and stays there, neither too large for a float nor too small.
  static final float FACTOR = 0.999f;
  static final float TERM = 1e-9f;

  @Override
  public long multiplyAdds(int rounds) {
    float[] sums = new float[SUMS * L];
    Arrays.fill(sums, 1);
    run(sums, rounds);
    float all = 0;
    for (float sum : sums) {
      all += sum;
    }
    return Float.isNaN(all)
        ? 0
        : 2L * SUMS * L * rounds; // looked at, or the JIT would leave it out
  }

  /// `s = s · factor + term`, so many times, for each of the sums.
  static void run(float[] sums, int rounds) {
    if (SUMS == 20) {
      twenty(sums, rounds);
    } else {
      twelve(sums, rounds);
    }
  }

  static void twelve(float[] sums, int rounds) {
    var factor = FloatVector.broadcast(S, FACTOR);
    var term = FloatVector.broadcast(S, TERM);
    var s00 = FloatVector.fromArray(S, sums, 0);
    var s01 = FloatVector.fromArray(S, sums, L);
    var s02 = FloatVector.fromArray(S, sums, 2 * L);
    var s03 = FloatVector.fromArray(S, sums, 3 * L);
    var s04 = FloatVector.fromArray(S, sums, 4 * L);
    var s05 = FloatVector.fromArray(S, sums, 5 * L);
    var s06 = FloatVector.fromArray(S, sums, 6 * L);
    var s07 = FloatVector.fromArray(S, sums, 7 * L);
    var s08 = FloatVector.fromArray(S, sums, 8 * L);
    var s09 = FloatVector.fromArray(S, sums, 9 * L);
    var s10 = FloatVector.fromArray(S, sums, 10 * L);
    var s11 = FloatVector.fromArray(S, sums, 11 * L);
    for (int i = 0; i < rounds; i++) {
      s00 = s00.fma(factor, term);
      s01 = s01.fma(factor, term);
      s02 = s02.fma(factor, term);
      s03 = s03.fma(factor, term);
      s04 = s04.fma(factor, term);
      s05 = s05.fma(factor, term);
      s06 = s06.fma(factor, term);
      s07 = s07.fma(factor, term);
      s08 = s08.fma(factor, term);
      s09 = s09.fma(factor, term);
      s10 = s10.fma(factor, term);
      s11 = s11.fma(factor, term);
    }
    s00.intoArray(sums, 0);
    s01.intoArray(sums, L);
    s02.intoArray(sums, 2 * L);
    s03.intoArray(sums, 3 * L);
    s04.intoArray(sums, 4 * L);
    s05.intoArray(sums, 5 * L);
    s06.intoArray(sums, 6 * L);
    s07.intoArray(sums, 7 * L);
    s08.intoArray(sums, 8 * L);
    s09.intoArray(sums, 9 * L);
    s10.intoArray(sums, 10 * L);
    s11.intoArray(sums, 11 * L);
  }

  static void twenty(float[] sums, int rounds) {
    var factor = FloatVector.broadcast(S, FACTOR);
    var term = FloatVector.broadcast(S, TERM);
    var s00 = FloatVector.fromArray(S, sums, 0);
    var s01 = FloatVector.fromArray(S, sums, L);
    var s02 = FloatVector.fromArray(S, sums, 2 * L);
    var s03 = FloatVector.fromArray(S, sums, 3 * L);
    var s04 = FloatVector.fromArray(S, sums, 4 * L);
    var s05 = FloatVector.fromArray(S, sums, 5 * L);
    var s06 = FloatVector.fromArray(S, sums, 6 * L);
    var s07 = FloatVector.fromArray(S, sums, 7 * L);
    var s08 = FloatVector.fromArray(S, sums, 8 * L);
    var s09 = FloatVector.fromArray(S, sums, 9 * L);
    var s10 = FloatVector.fromArray(S, sums, 10 * L);
    var s11 = FloatVector.fromArray(S, sums, 11 * L);
    var s12 = FloatVector.fromArray(S, sums, 12 * L);
    var s13 = FloatVector.fromArray(S, sums, 13 * L);
    var s14 = FloatVector.fromArray(S, sums, 14 * L);
    var s15 = FloatVector.fromArray(S, sums, 15 * L);
    var s16 = FloatVector.fromArray(S, sums, 16 * L);
    var s17 = FloatVector.fromArray(S, sums, 17 * L);
    var s18 = FloatVector.fromArray(S, sums, 18 * L);
    var s19 = FloatVector.fromArray(S, sums, 19 * L);
    for (int i = 0; i < rounds; i++) {
      s00 = s00.fma(factor, term);
      s01 = s01.fma(factor, term);
      s02 = s02.fma(factor, term);
      s03 = s03.fma(factor, term);
      s04 = s04.fma(factor, term);
      s05 = s05.fma(factor, term);
      s06 = s06.fma(factor, term);
      s07 = s07.fma(factor, term);
      s08 = s08.fma(factor, term);
      s09 = s09.fma(factor, term);
      s10 = s10.fma(factor, term);
      s11 = s11.fma(factor, term);
      s12 = s12.fma(factor, term);
      s13 = s13.fma(factor, term);
      s14 = s14.fma(factor, term);
      s15 = s15.fma(factor, term);
      s16 = s16.fma(factor, term);
      s17 = s17.fma(factor, term);
      s18 = s18.fma(factor, term);
      s19 = s19.fma(factor, term);
    }
    s00.intoArray(sums, 0);
    s01.intoArray(sums, L);
    s02.intoArray(sums, 2 * L);
    s03.intoArray(sums, 3 * L);
    s04.intoArray(sums, 4 * L);
    s05.intoArray(sums, 5 * L);
    s06.intoArray(sums, 6 * L);
    s07.intoArray(sums, 7 * L);
    s08.intoArray(sums, 8 * L);
    s09.intoArray(sums, 9 * L);
    s10.intoArray(sums, 10 * L);
    s11.intoArray(sums, 11 * L);
    s12.intoArray(sums, 12 * L);
    s13.intoArray(sums, 13 * L);
    s14.intoArray(sums, 14 * L);
    s15.intoArray(sums, 15 * L);
    s16.intoArray(sums, 16 * L);
    s17.intoArray(sums, 17 * L);
    s18.intoArray(sums, 18 * L);
    s19.intoArray(sums, 19 * L);
  }
}
