package sequor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InOrderTest {
  @Test
  void resultsComeInTheOrderOfTheThings() {
    var things = IntStream.range(0, 5000).boxed().toList();
    var results = new ArrayList<Integer>();
    InOrder.forEach(things, thing -> 1, thing -> thing * thing, results::add);
    assertThat(results).isEqualTo(things.stream().map(thing -> thing * thing).toList());
    assertThat(InOrder.map(things, thing -> -thing)).hasSize(5000).startsWith(0, -1, -2);
  }

  @Test
  void nothingIsNothing() {
    InOrder.forEach(
        List.<String>of(),
        String::length,
        text -> text,
        text -> {
          throw new AssertionError();
        });
    assertThat(InOrder.map(List.of(), thing -> thing)).isEmpty();
  }

  /// Or a few large things together would need the memory of all.
  @Test
  void largeThingsAreAtWorkOneAfterAnother() {
    var open = new AtomicInteger();
    var most = new AtomicInteger();
    InOrder.forEach(
        Collections.nCopies(20, "large"),
        text -> 1 << 20,
        text -> most.accumulateAndGet(open.incrementAndGet(), Math::max),
        at -> open.decrementAndGet());
    assertThat(most).hasValue(1);
  }

  @Test
  void resultsAreHandedOnByTheThreadThatAsked() {
    var threads = ConcurrentHashMap.<Thread>newKeySet();
    InOrder.forEach(
        Collections.nCopies(3000, 1),
        one -> 1,
        one -> one,
        one -> threads.add(Thread.currentThread()));
    assertThat(threads).containsExactly(Thread.currentThread());
  }

  @Test
  void whatGoesWrongIsToldAsItIs() {
    assertThatThrownBy(
            () ->
                InOrder.map(
                    IntStream.range(0, 3000).boxed().toList(),
                    thing -> {
                      if (thing == 2500) {
                        throw new FileException("text 2500: expected words, got none; write some");
                      }
                      return thing;
                    }))
        .isInstanceOf(SequorException.class)
        .hasMessage("text 2500: expected words, got none; write some");
  }
}
