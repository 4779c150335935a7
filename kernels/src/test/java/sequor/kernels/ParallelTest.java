package sequor.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelTest {
  private final int before = Parallel.threads();

  @AfterEach
  void restore() {
    Parallel.threads(before);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void everyTaskRunsOnce(int threads) {
    Parallel.threads(threads);
    for (int tasks : new int[] {0, 1, 2, 3, 100, 10_000}) {
      var runs = new AtomicIntegerArray(tasks);
      Parallel.run(tasks, runs::incrementAndGet);
      for (int i = 0; i < tasks; i++) {
        assertThat(runs.get(i)).isEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void rangesDependOnSizesOnly(int threads) {
    Parallel.threads(threads);
    var ends = new AtomicIntegerArray(10);
    Parallel.ranges(10, 4, (from, to) -> ends.set(from, to));
    assertThat(ends).hasToString("[4, 0, 0, 0, 8, 0, 0, 0, 10, 0]");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void anExceptionReachesTheCallerAndThePoolGoesOn(int threads) {
    Parallel.threads(threads);
    for (int round = 0; round < 100; round++) {
      assertThatThrownBy(
              () ->
                  Parallel.run(
                      50,
                      i -> {
                        if (i == 7) {
                          throw new IllegalStateException("seven");
                        }
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("seven");
    }
    var count = new AtomicInteger();
    Parallel.run(50, i -> count.incrementAndGet());
    assertThat(count).hasValue(50);
  }

  @Test
  void whoHasDoneItsShareTakesTheOthers() {
    Parallel.threads(2);
    var others = new CountDownLatch(9);
    var allDone = new AtomicBoolean();
    Parallel.run(
        10,
        i -> {
          if (i == 0) {
            allDone.set(waited(others));
          } else {
            others.countDown();
          }
        });
    assertThat(allDone).isTrue();
  }

  private static boolean waited(CountDownLatch latch) {
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void nestedRunsWork() {
    Parallel.threads(3);
    var count = new AtomicInteger();
    Parallel.run(20, i -> Parallel.run(20, j -> count.incrementAndGet()));
    assertThat(count).hasValue(400);
  }

  @Test
  void manyCallersAtOnce() throws InterruptedException {
    Parallel.threads(3);
    var count = new AtomicInteger();
    var callers = new ArrayList<Thread>();
    for (int caller = 0; caller < 4; caller++) {
      callers.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int round = 0; round < 500; round++) {
                      Parallel.run(10, i -> count.incrementAndGet());
                    }
                  }));
    }
    for (var caller : callers) {
      caller.join();
    }
    assertThat(count).hasValue(4 * 500 * 10);
  }

  @Test
  void aJobThatHasEndedKeepsNothing() throws InterruptedException {
    Parallel.threads(3);
    var kept = jobWithMemory();
    for (int i = 0; i < 100 && !kept.refersTo(null); i++) {
      System.gc();
      Thread.sleep(10); // until the helpers have come back from their last task
    }
    assertThat(kept.refersTo(null)).isTrue();
  }

  /// Runs a job in which every helper takes part, and which holds on to an array.
  private static WeakReference<float[]> jobWithMemory() {
    float[] memory = new float[1 << 20];
    var all = new CountDownLatch(3);
    Parallel.run(
        3,
        i -> {
          memory[i] = i;
          all.countDown();
          assertThat(waited(all)).isTrue();
        });
    return new WeakReference<>(memory);
  }

  @Test
  void anInterruptedCallerGetsAllResultsAndStaysInterrupted() {
    Parallel.threads(3);
    var count = new AtomicInteger();
    Thread.currentThread().interrupt();
    Parallel.run(1000, i -> count.incrementAndGet());
    assertThat(Thread.interrupted()).isTrue();
    assertThat(count).hasValue(1000);
  }

  @Test
  void noThreadsAtAllIsAMistake() {
    assertThatThrownBy(() -> Parallel.threads(0)).hasMessageContaining("at least 1, got 0");
  }
}
