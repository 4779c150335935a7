package sequor.tensor;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import sequor.kernels.Floats;

/// Buffers that one thread's tapes use again and again, so that a training step allocates nothing.
///
/// Lengths are rounded up to four classes an octave, and a buffer that is up to half as large again
/// will do: batches of slightly different sizes share their buffers. What is kept between two tapes
/// is at most twice what one of the last tapes had in use at a time; the classes that were not
/// asked for the longest go first.
final class Pool {
  private static final ThreadLocal<Pool> MINE = ThreadLocal.withInitial(Pool::new);

  /// After so many tapes a large one is half forgotten.
  private static final double FORGETTING = Math.pow(0.5, 1.0 / 32);

  private final @Nullable Waiting[] free = new Waiting[sizeClass(Integer.MAX_VALUE) + 1];
  private long idle; // numbers that wait
  private long lent; // numbers in use …
  private long mostLent; // … at most, since the tape opened
  private double wanted; // the most of the last tapes
  private long asked;
  private int made;

  /// Buffers of one class, and when one was asked for last.
  private static final class Waiting {
    private final ArrayDeque<Floats> buffers = new ArrayDeque<>();
    private long lastAsked;
  }

  static Pool ofThisThread() {
    return MINE.get();
  }

  /// A buffer of at least `length` numbers, with anything in it.
  Floats take(int length) {
    int rounded = rounded(length);
    var buffer = waiting(rounded);
    if (buffer == null) {
      made++;
      buffer = Compute.KERNELS.memory().floats(rounded);
    } else {
      idle -= buffer.length();
    }
    lent += buffer.length();
    mostLent = Math.max(mostLent, lent);
    return buffer;
  }

  private @Nullable Floats waiting(int rounded) {
    int largest = (int) Math.min(rounded + rounded / 2L, Integer.MAX_VALUE);
    for (int at = sizeClass(rounded); at < free.length; at++) {
      var near = free[at];
      var buffer = near == null ? null : near.buffers.peekLast();
      if (near != null && buffer != null) {
        if (buffer.length() > largest) {
          return null;
        }
        near.buffers.removeLast();
        near.lastAsked = ++asked;
        return buffer;
      }
    }
    return null;
  }

  /// How many buffers had to be allocated so far.
  int made() {
    return made;
  }

  /// How many numbers wait to be used again.
  long idle() {
    return idle;
  }

  void give(Floats buffer) {
    int at = sizeClass(buffer.length());
    var waiting = free[at];
    if (waiting == null) {
      free[at] = waiting = new Waiting();
    }
    waiting.buffers.addLast(buffer);
    if (waiting.buffers.size() == 1) {
      waiting.lastAsked = ++asked;
    }
    idle += buffer.length();
    lent -= buffer.length();
  }

  /// Lets go of what the last tapes did not need; called between two.
  void trim() {
    wanted = Math.max((double) mostLent, wanted * FORGETTING);
    mostLent = 0;
    while ((double) idle > 2 * wanted) {
      dropOldest();
    }
  }

  /// Lets go of everything that waits.
  void clear() {
    while (idle > 0) {
      dropOldest();
    }
  }

  private void dropOldest() {
    var oldest =
        Arrays.stream(free)
            .filter(waiting -> waiting != null && !waiting.buffers.isEmpty())
            .min(Comparator.comparingLong(waiting -> waiting.lastAsked))
            .orElseThrow();
    for (var buffer : oldest.buffers) {
      Compute.KERNELS.memory().release(buffer);
      idle -= buffer.length();
    }
    oldest.buffers.clear();
  }

  /// The number of a length's class: multiples of 16 up to 64, then four an octave.
  private static int sizeClass(int length) {
    if (length <= 64) {
      return Math.ceilDiv(length, 16);
    }
    int octave = 31 - Integer.numberOfLeadingZeros(length - 1);
    return 4 * (octave - 6) + Math.ceilDiv(length, 1 << (octave - 2));
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
