package sequor.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PrefetchTest {
  @Property(tries = 50)
  void theOrderStays(@ForAll List<Integer> things, @ForAll @IntRange(min = 1, max = 5) int ahead) {
    try (var prefetch = Prefetch.of(things.iterator(), ahead)) {
      var taken = new ArrayList<Integer>();
      prefetch.forEachRemaining(taken::add);
      assertThat(taken).isEqualTo(things);
      assertThat(prefetch.hasNext()).isFalse();
      assertThatThrownBy(prefetch::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void aFailureComesWhereTheThingWouldHaveCome() {
    Iterator<Integer> source =
        IntStream.range(0, 5)
            .peek(
                i -> {
                  if (i == 2) {
                    throw new IllegalArgumentException("two");
                  }
                })
            .iterator();
    try (var prefetch = Prefetch.of(source, 4)) {
      assertThat(prefetch.next()).isEqualTo(0);
      assertThat(prefetch.next()).isEqualTo(1);
      assertThatThrownBy(prefetch::next)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("two");
      assertThatThrownBy(prefetch::hasNext).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void noMoreIsPreparedThanWasAsked() throws InterruptedException {
    var made = new AtomicInteger();
    var third = new CountDownLatch(3);
    Iterator<Integer> source =
        IntStream.iterate(0, i -> i + 1)
            .peek(
                i -> {
                  made.incrementAndGet();
                  third.countDown();
                })
            .iterator();
    try (var prefetch = Prefetch.of(source, 2)) {
      third.await(); // two in the queue and one in the hand
      assertThat(made.get()).isLessThanOrEqualTo(3);
      assertThat(prefetch.next()).isZero();
    }
  }

  @Test
  void closingEndsTheThreadAndWhoeverWaits() throws Exception {
    var asked = new CountDownLatch(1);
    var ended = new CountDownLatch(1);
    Iterator<Integer> stuck =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return true;
          }

          @Override
          public Integer next() {
            asked.countDown();
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException e) {
              ended.countDown();
            }
            throw new NoSuchElementException();
          }
        };
    var prefetch = Prefetch.of(stuck, 1);
    asked.await();
    var waiting = new FutureTask<>(prefetch::hasNext);
    Thread.ofVirtual().start(waiting);
    prefetch.close();
    assertThat(waiting.get(20, TimeUnit.SECONDS)).isFalse();
    assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(prefetch.hasNext()).isFalse();
  }

  @Test
  void itMustBeAheadOfSomething() {
    assertThatThrownBy(() -> Prefetch.of(List.of().iterator(), 0))
        .isInstanceOf(TextException.class);
  }
}
