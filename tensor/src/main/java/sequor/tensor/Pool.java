package sequor.tensor;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import sequor.kernels.Floats;

/// Buffers that one thread's tapes use again and again, so that a training step allocates nothing.
///
/// Lengths are rounded up to four classes an octave: at most a quarter is wasted, and batches of
/// slightly different sizes share their buffers.
final class Pool {
  private static final ThreadLocal<Pool> MINE = ThreadLocal.withInitial(Pool::new);

  private final Map<Integer, ArrayDeque<Floats>> free = new HashMap<>();
  private int made;

  static Pool ofThisThread() {
    return MINE.get();
  }

  /// A buffer of at least `length` numbers, with anything in it.
  Floats take(int length) {
    int rounded = rounded(length);
    var waiting = free.get(rounded);
    var buffer = waiting == null ? null : waiting.pollLast();
    if (buffer == null) {
      made++;
      return Compute.KERNELS.memory().floats(rounded);
    }
    return buffer;
  }

  /// How many buffers had to be allocated so far.
  int made() {
    return made;
  }

  void give(Floats buffer) {
    free.computeIfAbsent(buffer.length(), length -> new ArrayDeque<>()).addLast(buffer);
  }

  static int rounded(int length) {
    if (length <= 64) {
      return (length + 15) / 16 * 16;
    }
    int quarter = Integer.highestOneBit(length - 1) / 4;
    long rounded = Math.ceilDiv((long) length, quarter) * quarter;
    return (int) Math.min(rounded, Integer.MAX_VALUE - 64);
  }
}
