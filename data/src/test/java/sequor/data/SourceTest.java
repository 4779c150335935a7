package sequor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SourceTest {
  /// One that counts how often it is opened and closed, and does not know its size.
  private static final class Counted implements Source<Integer> {
    private final int count;
    private int open;
    private int closed;

    Counted(int count) {
      this.count = count;
    }

    @Override
    public Cursor<Integer> open() {
      open++;
      return new Cursor<>() {
        private int next;

        @Override
        public boolean hasNext() {
          return next < count;
        }

        @Override
        public Integer next() {
          if (!hasNext()) {
            throw new NoSuchElementException();
          }
          return next++;
        }

        @Override
        public void close() {
          closed++;
        }
      };
    }
  }

  @Test
  void aLoopClosesItsCursorOnceAtTheEnd() {
    var source = new Counted(3);
    var seen = new ArrayList<Integer>();
    var cursor = source.iterable().iterator();
    while (cursor.hasNext()) {
      assertThat(source.closed).isZero();
      seen.add(cursor.next());
    }
    assertThat(seen).containsExactly(0, 1, 2);
    assertThat(cursor.hasNext()).isFalse(); // asks nobody again
    assertThatThrownBy(cursor::next).isInstanceOf(NoSuchElementException.class);
    source.forEach(seen::add);
    assertThat(seen).containsExactly(0, 1, 2, 0, 1, 2);
    assertThat(source.open).isEqualTo(2);
    assertThat(source.closed).isEqualTo(2);
  }

  @Test
  void whatIsInMemoryIsGoneThroughAgainAndAgain() {
    Source<String> source = Source.of(List.of("a", "b"));
    assertThat(source.size()).hasValue(2);
    assertThat(source.toList()).containsExactly("a", "b");
    try (var cursor = source.open()) {
      assertThat(cursor.next()).isEqualTo("a");
    }
    assertThat(source.toList()).containsExactly("a", "b");
    var changed = new ArrayList<>(List.of(1));
    Source<Integer> copy = Source.of(changed);
    changed.add(2);
    assertThat(copy.toList()).containsExactly(1);
  }

  @Test
  void everyCursorIsClosed() {
    var counted = new Counted(5);
    assertThat(counted.map(i -> 10 * i).where(n -> n % 2 == 0).toList()).containsExactly(0, 20, 40);
    assertThat(counted.where(n -> n > 3).map(i -> -i).toList()).containsExactly(-4);
    assertThat(List.of(counted.open, counted.closed)).containsExactly(2, 2);
    assertThat(counted.size()).isEmpty();
  }

  @Test
  void theFirstOnesAreNoLargerTogetherThanIsSaid() {
    var words = Source.of(List.of("abc", "", "de", "f", "g"));
    assertThat(words.upTo(6, String::length).toList()).containsExactly("abc", "", "de", "f");
    assertThat(words.upTo(4, String::length).toList()).containsExactly("abc", "");
    assertThat(words.upTo(2, String::length).toList()).containsExactly("abc");
    assertThat(words.upTo(99, String::length).toList()).isEqualTo(words.toList());
    assertThat(words.upTo(6, String::length).size()).isEmpty();
    assertThat(Source.<String>of(List.of()).upTo(6, String::length).toList()).isEmpty();
  }

  @Test
  void sizesAreToldWhereTheyAreKnown() {
    Source<Integer> three = Source.of(List.of(1, 2, 3));
    assertThat(three.map(i -> i).size()).hasValue(3);
    assertThat(three.where(n -> n > 0).size()).isEmpty();
    assertThat(new Counted(3).map(i -> i).size()).isEmpty();
  }

  /// A resumed training passes over what it has learned without making it.
  @Test
  void whatIsSkippedIsNotMapped() {
    var mapped = new AtomicInteger();
    var source =
        new Counted(10)
            .map(
                i -> {
                  mapped.incrementAndGet();
                  return i;
                });
    try (var cursor = source.open()) {
      cursor.skip(7);
      assertThat(cursor.next()).isEqualTo(7);
      cursor.skip(100);
      assertThat(cursor.hasNext()).isFalse();
    }
    assertThat(mapped).hasValue(1);
  }

  @Property
  void skippingIsTakingAndForgetting(
      @ForAll @IntRange(max = 30) int count,
      @ForAll @IntRange(max = 40) int skipped,
      @ForAll @IntRange(min = 1, max = 4) int each) {
    var source = new Counted(count).where(n -> n % each == 0).map(i -> i + 1);
    var all = source.toList();
    assertThat(all)
        .isEqualTo(
            LongStream.range(0, count)
                .filter(n -> n % each == 0)
                .mapToObj(n -> (int) n + 1)
                .toList());
    try (var cursor = source.open()) {
      cursor.skip(skipped);
      var rest = new ArrayList<Integer>();
      cursor.forEachRemaining(rest::add);
      assertThat(rest).isEqualTo(all.subList(Math.min(skipped, all.size()), all.size()));
      assertThatThrownBy(cursor::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void askingTwiceWhetherThereIsOneTakesNone() {
    try (var cursor = new Counted(4).where(n -> n % 2 == 1).open()) {
      assertThat(cursor.hasNext()).isTrue();
      assertThat(cursor.hasNext()).isTrue();
      assertThat(cursor.next()).isEqualTo(1);
      assertThat(cursor.next()).isEqualTo(3);
      assertThat(cursor.hasNext()).isFalse();
    }
  }
}
