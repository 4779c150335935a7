package sequor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class GeneratorsTest {

  @Test
  void theSameSeedGivesTheSame() {
    var one = new Generators(1);
    var two = new Generators(1);

    assertThat(one.shape(4, 9)).isEqualTo(two.shape(4, 9));
    assertThat(one.ids(9, 2, 5)).isEqualTo(two.ids(9, 2, 5));
    Twins.assertSameBits(one.tensor(3, 4), two.tensor(3, 4));
    assertThat(one.spans(5, 7).mask().toArray()).containsExactly(two.spans(5, 7).mask().toArray());
    assertThat(new Generators(2).tensor(3).toArray())
        .isNotEqualTo(new Generators(1).tensor(3).toArray());
  }

  @Property(tries = 100)
  void everythingKeepsItsPromise(@ForAll long seed, @ForAll @IntRange(max = 12) int steps) {
    var random = new Generators(seed);
    var shape = random.shape(3, 5);
    var spans = random.spans(20, steps);

    assertThat(shape.rank()).isBetween(0, 3);
    assertThat(Arrays.stream(shape.dims())).allMatch(dim -> dim >= 1 && dim <= 5);
    assertThat(Arrays.stream(random.ids(4, 30).toArray())).allMatch(id -> id >= 0 && id < 4);
    for (float number : random.tensorAwayFromZero(30).toArray()) {
      assertThat(Math.abs(number)).isBetween(0.1f, 2f);
    }
    for (int row = 0; row < spans.batch(); row++) {
      assertThat(spans.start(row)).isBetween(0, spans.end(row));
      assertThat(spans.end(row)).isLessThanOrEqualTo(steps);
    }
  }

  @Property(tries = 50)
  void numbersWithoutTiesStayApart(@ForAll long seed) {
    float[] numbers = new Generators(seed).tensorWithoutTies(4, 5).toArray();
    Arrays.sort(numbers);

    for (int i = 1; i < numbers.length; i++) {
      assertThat(numbers[i] - numbers[i - 1]).isGreaterThan(0.09f);
    }
  }
}
