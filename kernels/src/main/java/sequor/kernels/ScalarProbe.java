package sequor.kernels;

import java.util.Arrays;

/// Multiply-adds on twelve numbers, none of which waits for another: that hides how long one takes.
final class ScalarProbe implements Probe {
  static final int SUMS = 12;

  // Every number goes to 10⁻⁶ and stays there, neither too large for a float nor too small.
  static final float FACTOR = 0.999f;
  static final float TERM = 1e-9f;

  @Override
  public long multiplyAdds(int rounds) {
    float[] sums = new float[SUMS];
    Arrays.fill(sums, 1);
    run(sums, rounds);
    float all = 0;
    for (float sum : sums) {
      all += sum;
    }
    return Float.isNaN(all) ? 0 : 2L * SUMS * rounds; // looked at, or the JIT would leave it out
  }

  /// `s = s · factor + term`, so many times, for each of the sums.
  static void run(float[] sums, int rounds) {
    float s00 = sums[0];
    float s01 = sums[1];
    float s02 = sums[2];
    float s03 = sums[3];
    float s04 = sums[4];
    float s05 = sums[5];
    float s06 = sums[6];
    float s07 = sums[7];
    float s08 = sums[8];
    float s09 = sums[9];
    float s10 = sums[10];
    float s11 = sums[11];
    for (int i = 0; i < rounds; i++) {
      s00 = Math.fma(s00, FACTOR, TERM);
      s01 = Math.fma(s01, FACTOR, TERM);
      s02 = Math.fma(s02, FACTOR, TERM);
      s03 = Math.fma(s03, FACTOR, TERM);
      s04 = Math.fma(s04, FACTOR, TERM);
      s05 = Math.fma(s05, FACTOR, TERM);
      s06 = Math.fma(s06, FACTOR, TERM);
      s07 = Math.fma(s07, FACTOR, TERM);
      s08 = Math.fma(s08, FACTOR, TERM);
      s09 = Math.fma(s09, FACTOR, TERM);
      s10 = Math.fma(s10, FACTOR, TERM);
      s11 = Math.fma(s11, FACTOR, TERM);
    }
    sums[0] = s00;
    sums[1] = s01;
    sums[2] = s02;
    sums[3] = s03;
    sums[4] = s04;
    sums[5] = s05;
    sums[6] = s06;
    sums[7] = s07;
    sums[8] = s08;
    sums[9] = s09;
    sums[10] = s10;
    sums[11] = s11;
  }
}
