package sequor.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProjectionTest {
  /// Four words on a slanted rectangle twice as long as it is wide.
  @Test
  void findsTheDirectionsInWhichWordsDiffer() {
    float[] values = {2, 2, 1, 2, 2, -1, -2, -2, 1, -2, -2, -1};
    var words = List.of("a", "b", "c", "d");
    var projection = Projection.of(WordVectors.of(words, 3, values), words);
    double wide = Math.sqrt(8);
    assertThat(projection.places().stream().map(Projection.Place::x))
        .satisfiesExactly(
            x -> assertThat(x).isCloseTo(wide, within(1e-6)),
            x -> assertThat(x).isCloseTo(wide, within(1e-6)),
            x -> assertThat(x).isCloseTo(-wide, within(1e-6)),
            x -> assertThat(x).isCloseTo(-wide, within(1e-6)));
    assertThat(projection.places().stream().map(Projection.Place::y))
        .satisfiesExactly(
            y -> assertThat(y).isCloseTo(1, within(1e-6)),
            y -> assertThat(y).isCloseTo(-1, within(1e-6)),
            y -> assertThat(y).isCloseTo(1, within(1e-6)),
            y -> assertThat(y).isCloseTo(-1, within(1e-6)));
    assertThat(projection.shares().get(0)).isCloseTo(8.0 / 9, within(1e-9));
    assertThat(projection.shares().get(1)).isCloseTo(1.0 / 9, within(1e-9));
  }

  @Test
  void wordsOnALineHaveOneDirection() {
    float[] values = {0, 0, 1, 1, 2, 2};
    var words = List.of("a", "b", "c");
    var projection = Projection.of(WordVectors.of(words, 2, values), words);
    assertThat(projection.shares().get(1)).isCloseTo(0, within(1e-9));
    assertThatThrownBy(
            () -> Projection.of(WordVectors.of(words, 2, values), List.of("a", "b", "x")))
        .isInstanceOf(VectorsException.class)
        .hasMessage("projection: expected words that have a vector, got \"x\"; leave it out");
  }
}
