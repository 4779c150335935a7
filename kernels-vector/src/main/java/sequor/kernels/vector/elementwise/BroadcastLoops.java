package sequor.kernels.vector.elementwise;

import java.util.Arrays;
import sequor.kernels.Binary;
import sequor.kernels.Broadcast;

/// `y = f(a, b)` with broadcasting, row by row of the result. The last axis is a row, and a row is
/// cut into pieces of a given length.
final class BroadcastLoops {
  private BroadcastLoops() {}

  /// The pieces `from ≤ i < to`, counted through all rows.
  static void run(
      Binary f, float[] as, float[] bs, float[] y, Broadcast size, int length, int from, int to) {
    int inner = size.dims()[size.dims().length - 1];
    int pieces = Math.ceilDiv(inner, length);
    var a = new Operand(as, size.dims(), size.aStrides());
    var b = new Operand(bs, size.dims(), size.bStrides());
    for (int piece = from; piece < to; piece++) {
      int row = piece / pieces;
      int start = piece % pieces * length;
      int end = Math.min(inner, start + length);
      a.goTo(row);
      b.goTo(row);
      for (int i = start; i < end; i += Operand.BLOCK) {
        int n = Math.min(Operand.BLOCK, end - i);
        BinaryLoops.run(f, a.numbers, a.at(i), b.numbers, b.at(i), y, row * inner + i, n);
      }
    }
  }

  /// One of the two inputs. A number that is repeated along the row is written out into a block.
  private static final class Operand {
    static final int BLOCK = 1 << 10;

    private final float[] source;
    private final int[] dims;
    private final int[] strides;
    private final boolean repeats;
    private final float[] numbers;
    private int start = -1;

    Operand(float[] source, int[] dims, int[] strides) {
      int last = dims.length - 1;
      this.source = source;
      this.dims = dims;
      this.strides = strides;
      repeats = strides[last] == 0;
      numbers = repeats ? new float[Math.min(BLOCK, dims[last])] : source;
    }

    void goTo(int row) {
      int there = startOf(row);
      if (repeats && there != start) {
        Arrays.fill(numbers, source[there]);
      }
      start = there;
    }

    /// Where the number at `i` of the row stands among [#numbers], with all others of its block.
    int at(int i) {
      return repeats ? 0 : start + i;
    }

    private int startOf(int row) {
      int at = 0;
      for (int axis = dims.length - 2; axis >= 0; axis--) {
        at += row % dims[axis] * strides[axis];
        row /= dims[axis];
      }
      return at;
    }
  }
}
