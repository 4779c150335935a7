package sequor.kernels.vector.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static sequor.kernels.vector.simd.Scratch.Use.LEFT;
import static sequor.kernels.vector.simd.Scratch.Use.PROJECTED;
import static sequor.kernels.vector.simd.ScratchStore.LARGE;
import static sequor.kernels.vector.simd.ScratchStore.MEMORY;

import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ScratchTest {
  private static final int HUGE = 8 * LARGE;

  private final ScratchStore store = new ScratchStore(4);

  @Test
  void whatIsGivenBackIsBorrowedAgain() {
    var first = store.borrow();
    float[] array = first.floats(LEFT, 100);
    first.close();
    try (var again = store.borrow()) {
      assertThat(again.floats(LEFT, 80)).isSameAs(array);
    }
  }

  @Test
  void aCallAndItsTasksFindTheSameSetsInTheNextCall() {
    var sets = new ArrayList<Scratch>();
    for (int call = 0; call < 4; call++) {
      try (var ofCall = store.borrow();
          var ofTask = store.borrow()) {
        sets.add(ofCall);
        sets.add(ofTask);
      }
    }
    // The first call made them, and gave them back in the other order.
    assertThat(sets.subList(4, 6)).isEqualTo(sets.subList(2, 4));
    assertThat(sets.subList(6, 8)).isEqualTo(sets.subList(2, 4));
  }

  @Test
  void nobodyElseHasWhatIsBorrowed() {
    try (var outer = store.borrow();
        var inner = store.borrow()) {
      assertThat(inner.floats(LEFT, 10)).isNotSameAs(outer.floats(LEFT, 10));
      assertThat(inner.floats(LEFT, 1, 10)).isNotSameAs(inner.floats(LEFT, 0, 10));
    }
  }

  @Test
  void noMoreSetsAreKeptThanTheStoreHasPlaces() {
    var sets = new ArrayList<Scratch>();
    for (int i = 0; i < 20; i++) {
      var scratch = store.borrow();
      scratch.floats(LEFT, 1000);
      sets.add(scratch);
    }
    assertThat(store.bytes()).isZero();
    sets.forEach(Scratch::close);
    assertThat(store.bytes()).isEqualTo(4 * 1000 * Float.BYTES);
  }

  @Test
  void aSingleLargeRequestLeavesNothing() {
    use(LARGE);
    use(HUGE);
    assertThat(store.bytes()).isZero();
    use(LARGE);
    assertThat(store.bytes()).isEqualTo((long) LARGE * Float.BYTES);
  }

  @Test
  void whatIsAskedForAgainAndAgainIsKept() {
    use(HUGE);
    use(HUGE + 1000);
    assertThat(store.bytes()).isEqualTo((HUGE + 1000L) * Float.BYTES);
    float[] kept = use(HUGE);
    for (int i = 0; i < 3 * MEMORY; i++) {
      assertThat(use(HUGE - 1000)).isSameAs(kept);
    }
  }

  @Test
  void whatWasAskedForLongAgoIsDropped() {
    use(HUGE);
    use(HUGE);
    assertThat(store.bytes()).isEqualTo((long) HUGE * Float.BYTES);
    for (int i = 0; i < 2 * MEMORY; i++) {
      store.borrow().close();
    }
    assertThat(store.bytes()).isZero();
  }

  /// Threads that wait after their call keep nothing, however many there are.
  @Test
  void waitingThreadsKeepNothing() throws Exception {
    int threads = 200;
    var done = new CountDownLatch(threads);
    var end = new CountDownLatch(1);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks = new ArrayList<Future<?>>();
      for (int i = 0; i < threads; i++) {
        tasks.add(
            executor.submit(
                () -> {
                  try (var scratch = store.borrow()) {
                    scratch.floats(PROJECTED, LARGE);
                  }
                  done.countDown();
                  end.await();
                  return null;
                }));
      }
      done.await();
      assertThat(store.bytes()).isBetween((long) LARGE * Float.BYTES, 4L * LARGE * Float.BYTES);
      end.countDown();
      for (var task : tasks) {
        task.get();
      }
    }
  }

  private float[] use(int length) {
    try (var scratch = store.borrow()) {
      return scratch.floats(PROJECTED, length);
    }
  }
}
