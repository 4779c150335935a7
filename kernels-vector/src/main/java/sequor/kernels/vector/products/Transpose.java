package sequor.kernels.vector.products;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import sequor.kernels.vector.simd.Lanes;

/// Turns eight rows into columns of eight, in registers, and four into columns of four.
///
/// A block of 8 by 8 is transposed in three rounds: fours of lanes, then pairs, then single lanes
/// change places between two rows whose numbers differ in that bit. All is written out in one loop,
/// because that many vectors passed to helpers would exceed the JIT's budget for inlining.
final class Transpose {
  static final int ROWS = 8;
  static final int FEW = 4;
  static final boolean AVAILABLE = Lanes.L >= ROWS;

  static final VectorSpecies<Float> EIGHT = FloatVector.SPECIES_256;
  private static final VectorShuffle<Float> SWAP4 = swap(4);
  static final VectorShuffle<Float> SWAP2 = swap(2);
  static final VectorShuffle<Float> SWAP1 = swap(1);
  static final VectorMask<Float> UPPER4 = upper(4);
  static final VectorMask<Float> UPPER2 = upper(2);
  static final VectorMask<Float> UPPER1 = upper(1);
  private static final VectorMask<Float> LOWER4 = UPPER4.not();
  static final VectorMask<Float> LOWER2 = UPPER2.not();
  static final VectorMask<Float> LOWER1 = UPPER1.not();

  private static final VectorSpecies<Float> FOUR = FloatVector.SPECIES_128;
  private static final VectorShuffle<Float> SWAP2_OF_4 =
      VectorShuffle.fromOp(FOUR, lane -> lane ^ 2);
  private static final VectorShuffle<Float> SWAP1_OF_4 =
      VectorShuffle.fromOp(FOUR, lane -> lane ^ 1);
  private static final VectorMask<Float> UPPER2_OF_4 = VectorMask.fromLong(FOUR, 0b1100);
  private static final VectorMask<Float> LOWER2_OF_4 = UPPER2_OF_4.not();
  private static final VectorMask<Float> UPPER1_OF_4 = VectorMask.fromLong(FOUR, 0b1010);
  private static final VectorMask<Float> LOWER1_OF_4 = UPPER1_OF_4.not();

  private Transpose() {}

  /// Writes `k` numbers, a multiple of 8, from `p0` on of the eight lines of `m` from `line` on as
  /// columns of eight, the first at `at` and each further one at `step`.
  static void eightRows(Matrix m, int line, int p0, int k, float[] target, int at, int step) {
    float[] source = m.data();
    int i0 = m.line(line) + p0;
    int i1 = m.line(line + 1) + p0;
    int i2 = m.line(line + 2) + p0;
    int i3 = m.line(line + 3) + p0;
    int i4 = m.line(line + 4) + p0;
    int i5 = m.line(line + 5) + p0;
    int i6 = m.line(line + 6) + p0;
    int i7 = m.line(line + 7) + p0;
    for (int p = 0; p < k; p += ROWS) {
      var r0 = FloatVector.fromArray(EIGHT, source, i0 + p);
      var r1 = FloatVector.fromArray(EIGHT, source, i1 + p);
      var r2 = FloatVector.fromArray(EIGHT, source, i2 + p);
      var r3 = FloatVector.fromArray(EIGHT, source, i3 + p);
      var r4 = FloatVector.fromArray(EIGHT, source, i4 + p);
      var r5 = FloatVector.fromArray(EIGHT, source, i5 + p);
      var r6 = FloatVector.fromArray(EIGHT, source, i6 + p);
      var r7 = FloatVector.fromArray(EIGHT, source, i7 + p);
      var a0 = r0.blend(r4.rearrange(SWAP4), UPPER4);
      var a4 = r4.blend(r0.rearrange(SWAP4), LOWER4);
      var a1 = r1.blend(r5.rearrange(SWAP4), UPPER4);
      var a5 = r5.blend(r1.rearrange(SWAP4), LOWER4);
      var a2 = r2.blend(r6.rearrange(SWAP4), UPPER4);
      var a6 = r6.blend(r2.rearrange(SWAP4), LOWER4);
      var a3 = r3.blend(r7.rearrange(SWAP4), UPPER4);
      var a7 = r7.blend(r3.rearrange(SWAP4), LOWER4);
      var b0 = a0.blend(a2.rearrange(SWAP2), UPPER2);
      var b2 = a2.blend(a0.rearrange(SWAP2), LOWER2);
      var b1 = a1.blend(a3.rearrange(SWAP2), UPPER2);
      var b3 = a3.blend(a1.rearrange(SWAP2), LOWER2);
      var b4 = a4.blend(a6.rearrange(SWAP2), UPPER2);
      var b6 = a6.blend(a4.rearrange(SWAP2), LOWER2);
      var b5 = a5.blend(a7.rearrange(SWAP2), UPPER2);
      var b7 = a7.blend(a5.rearrange(SWAP2), LOWER2);
      var c0 = b0.blend(b1.rearrange(SWAP1), UPPER1);
      var c1 = b1.blend(b0.rearrange(SWAP1), LOWER1);
      var c2 = b2.blend(b3.rearrange(SWAP1), UPPER1);
      var c3 = b3.blend(b2.rearrange(SWAP1), LOWER1);
      var c4 = b4.blend(b5.rearrange(SWAP1), UPPER1);
      var c5 = b5.blend(b4.rearrange(SWAP1), LOWER1);
      var c6 = b6.blend(b7.rearrange(SWAP1), UPPER1);
      var c7 = b7.blend(b6.rearrange(SWAP1), LOWER1);
      int to = at + p * step;
      c0.intoArray(target, to);
      c1.intoArray(target, to + step);
      c2.intoArray(target, to + 2 * step);
      c3.intoArray(target, to + 3 * step);
      c4.intoArray(target, to + 4 * step);
      c5.intoArray(target, to + 5 * step);
      c6.intoArray(target, to + 6 * step);
      c7.intoArray(target, to + 7 * step);
    }
  }

  /// The same for four lines, which become columns of four, and `k` a multiple of 4.
  static void fourRows(Matrix m, int line, int p0, int k, float[] target, int at, int step) {
    float[] source = m.data();
    int i0 = m.line(line) + p0;
    int i1 = m.line(line + 1) + p0;
    int i2 = m.line(line + 2) + p0;
    int i3 = m.line(line + 3) + p0;
    for (int p = 0; p < k; p += FEW) {
      var r0 = FloatVector.fromArray(FOUR, source, i0 + p);
      var r1 = FloatVector.fromArray(FOUR, source, i1 + p);
      var r2 = FloatVector.fromArray(FOUR, source, i2 + p);
      var r3 = FloatVector.fromArray(FOUR, source, i3 + p);
      var a0 = r0.blend(r2.rearrange(SWAP2_OF_4), UPPER2_OF_4);
      var a2 = r2.blend(r0.rearrange(SWAP2_OF_4), LOWER2_OF_4);
      var a1 = r1.blend(r3.rearrange(SWAP2_OF_4), UPPER2_OF_4);
      var a3 = r3.blend(r1.rearrange(SWAP2_OF_4), LOWER2_OF_4);
      var c0 = a0.blend(a1.rearrange(SWAP1_OF_4), UPPER1_OF_4);
      var c1 = a1.blend(a0.rearrange(SWAP1_OF_4), LOWER1_OF_4);
      var c2 = a2.blend(a3.rearrange(SWAP1_OF_4), UPPER1_OF_4);
      var c3 = a3.blend(a2.rearrange(SWAP1_OF_4), LOWER1_OF_4);
      int to = at + p * step;
      c0.intoArray(target, to);
      c1.intoArray(target, to + step);
      c2.intoArray(target, to + 2 * step);
      c3.intoArray(target, to + 3 * step);
    }
  }

  private static VectorShuffle<Float> swap(int bit) {
    return VectorShuffle.fromOp(EIGHT, lane -> lane ^ bit);
  }

  /// The lanes whose number has the bit.
  private static VectorMask<Float> upper(int bit) {
    boolean[] upper = new boolean[ROWS];
    for (int lane = 0; lane < ROWS; lane++) {
      upper[lane] = (lane & bit) != 0;
    }
    return VectorMask.fromArray(EIGHT, upper, 0);
  }
}
