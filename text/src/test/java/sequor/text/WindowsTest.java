package sequor.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WindowsTest {
  @Test
  void documentedExample() {
    var windows = Windows.of(new int[] {10, 11, 12, 13, 14, 15, 16}, 2, 2);
    assertThat(windows).hasSize(2);
    assertThat(windows.get(0).ids("text").ids()).containsExactly(10, 11, 13, 14);
    assertThat(windows.get(0).ids("next").ids()).containsExactly(11, 12, 14, 15);
    assertThat(windows.get(1).ids("text").ids()).containsExactly(12, 15);
    assertThat(windows.get(1).ids("next").ids()).containsExactly(13, 16);
  }

  @Property
  void eachStreamReadsOnAndSaysWhatComesNext(
      @ForAll @IntRange(min = 2, max = 200) int count,
      @ForAll @IntRange(min = 1, max = 7) int streams,
      @ForAll @IntRange(min = 1, max = 9) int steps) {
    int[] ids = IntStream.range(100, 100 + Math.max(count, streams + 1)).toArray();
    var read = new ArrayList<List<Integer>>();
    IntStream.range(0, streams).forEach(b -> read.add(new ArrayList<>()));
    for (Batch window : Windows.of(ids, streams, steps)) {
      assertThat(window.size()).isEqualTo(streams);
      var text = window.ids("text");
      var next = window.ids("next");
      assertThat(text.steps()).isLessThanOrEqualTo(steps);
      assertThat(next.steps()).isEqualTo(text.steps());
      for (int i = 0; i < text.ids().length; i++) {
        assertThat(next.ids()[i]).isEqualTo(text.ids()[i] + 1);
        read.get(i / text.steps()).add(text.ids()[i]);
      }
    }
    var all = read.stream().flatMap(List::stream).toList();
    assertThat(all).isEqualTo(IntStream.range(100, 100 + all.size()).boxed().toList());
    assertThat(ids.length - 1 - all.size()).isBetween(0, streams - 1);
  }

  @Test
  void mistakesAreNamed() {
    assertThatThrownBy(() -> Windows.of(new int[3], 3, 1))
        .isInstanceOf(TextException.class)
        .hasMessageContaining("use fewer streams or more text");
    assertThatThrownBy(() -> Windows.of(new int[3], 1, 0))
        .isInstanceOf(TextException.class)
        .hasMessageContaining("expected streams and steps from 1, got 1 streams of 0 steps");
  }
}
