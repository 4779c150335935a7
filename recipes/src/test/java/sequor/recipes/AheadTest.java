package sequor.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class AheadTest {
  @Test
  void itHoldsWhatTheListHoldsHoweverItIsRead() {
    var list = List.of("a", "b", "c", "d", "e", "f", "g");
    var ahead = new Ahead<>(list);

    assertThat(ahead).isEqualTo(list).isEqualTo(list); // twice from the start
    assertThat(ahead.get(5)).isEqualTo("f");
    assertThat(ahead.get(2)).isEqualTo("c");
    assertThat(ahead.get(3)).isEqualTo("d");
    assertThat(new Ahead<>(List.of())).isEmpty();
    assertThatThrownBy(() -> ahead.get(7)).isInstanceOf(RuntimeException.class);
  }

  @Test
  void itsElementsAreMadeOnAnotherThread() {
    var threads = new ConcurrentLinkedQueue<Thread>();
    var made =
        new AbstractList<Integer>() {
          @Override
          public Integer get(int index) {
            threads.add(Thread.currentThread());
            return index;
          }

          @Override
          public int size() {
            return 20;
          }
        };

    assertThat(new Ahead<>(made)).hasSize(20).startsWith(0, 1, 2).endsWith(19);
    assertThat(threads).isNotEmpty().doesNotContain(Thread.currentThread());
  }
}
