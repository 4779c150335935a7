package sequor.kernels.vector.simd;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The scratch memory that is not in use: at most a fixed number of sets, and of these only arrays
/// that are likely to be asked for again.
///
/// Every set has a place to which it goes back, and every thread one from which it begins to look,
/// so that a thread which borrows one set for a call and another for a task of it finds the same
/// ones in the next call, if nobody has borrowed them since: its core's cache may still hold them.
/// A new set is made only where all others are in use, and one that comes back to a full store is
/// dropped.
///
/// A large array is kept if about as much was asked for before, and not too long ago: the steps of
/// a training find theirs, and a single long request leaves nothing.
final class ScratchStore {
  /// How many numbers an array may hold to be kept in any case: 1 MiB.
  static final int LARGE = 1 << 18;

  /// For so many loans of one set, and up to twice as many, it is remembered what was asked for.
  static final int MEMORY = 1 << 13;

  private final AtomicReferenceArray<@Nullable Scratch> free;

  // The largest length that was asked for at each place, if it was a large one …
  private volatile AtomicIntegerArray recent = new AtomicIntegerArray(Scratch.places());
  private volatile AtomicIntegerArray before = recent; // … and in the time before that

  ScratchStore(int most) {
    free = new AtomicReferenceArray<>(most);
  }

  Scratch borrow() {
    int own = ownPlace();
    for (int i = 0; i < free.length(); i++) {
      var scratch = take((own + i) % free.length());
      if (scratch != null) {
        if (scratch.countLoan() % MEMORY == 0) {
          forget();
        }
        return scratch;
      }
    }
    return new Scratch(this);
  }

  void giveBack(Scratch scratch) {
    if (scratch.large()) {
      trim(scratch);
    }
    int home = scratch.home() < 0 ? ownPlace() : scratch.home();
    for (int i = 0; i < free.length(); i++) {
      int place = (home + i) % free.length();
      scratch.home(place);
      if (free.compareAndSet(place, null, scratch)) {
        return;
      }
    }
  }

  private @Nullable Scratch take(int place) {
    return free.get(place) == null ? null : free.getAndSet(place, null);
  }

  private int ownPlace() {
    return (int) (Scratch.SETS * Thread.currentThread().threadId() % free.length());
  }

  /// Drops the large arrays that nobody asked for before, but for the loan that ends now.
  private void trim(Scratch scratch) {
    var now = recent;
    var then = before;
    boolean large = false;
    for (int place = 0; place < now.length(); place++) {
      int requested = scratch.takeRequested(place);
      int length = scratch.length(place);
      if (length > LARGE && length / 2 > Math.max(now.get(place), then.get(place))) {
        scratch.drop(place);
      }
      large |= scratch.length(place) > LARGE;
      if (requested > LARGE) {
        now.accumulateAndGet(place, requested, Math::max);
      }
    }
    scratch.large(large);
  }

  /// Begins to remember anew, and drops what was asked for too long ago.
  private void forget() {
    before = recent;
    recent = new AtomicIntegerArray(Scratch.places());
    for (int place = 0; place < free.length(); place++) {
      var scratch = take(place);
      if (scratch != null) {
        giveBack(scratch);
      }
    }
  }

  /// How many bytes the sets that are not in use hold.
  long bytes() {
    long numbers = 0;
    for (int i = 0; i < free.length(); i++) {
      var scratch = free.get(i);
      for (int place = 0; scratch != null && place < Scratch.places(); place++) {
        numbers += scratch.length(place);
      }
    }
    return numbers * Float.BYTES;
  }
}
