package sequor.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static sequor.kernels.Buffers.floats;
import static sequor.kernels.Buffers.ints;
import static sequor.kernels.Buffers.zeros;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.kernels.Chains.Gradients;
import sequor.kernels.Chains.Scores;
import sequor.kernels.Chains.Size;
import sequor.kernels.Recurrences.Span;

class ScalarChainsTest {
  private static final Chains CHAINS = Kernels.scalar().chains();
  private static final Size SIZE = new Size(3, 4, 3);
  private static final Span SPAN = new Span(ints(0, 1, 2), ints(4, 3, 2));

  private final Random random = new Random(7);

  /// Two tags that nothing but emissions tells apart: each step is a softmax of its own.
  @Test
  void byHand() {
    var scores = new Scores(floats(1, 2, 3, 4), zeros(4), zeros(2), zeros(2), ints(1, 1));
    float step = (float) Math.log1p(Math.exp(-1)); // −ln e²/(e¹ + e²)
    var losses = zeros(1);
    var sums = zeros(4);
    CHAINS.forward(scores, sums, losses, span(0, 2), new Size(1, 2, 2));
    assertThat(losses.get(0)).isCloseTo(2 * step, within(1e-6f));
    assertThat(sums.array())
        .containsExactly(new float[] {0, 0, step, step}, within(1e-6f)); // ln (e⁻¹ + e⁰)

    CHAINS.forward(scores, sums, losses, span(1, 2), new Size(1, 2, 2));
    assertThat(losses.get(0)).isCloseTo(step, within(1e-6f));
    CHAINS.forward(scores, sums, losses, span(1, 1), new Size(1, 2, 2));
    assertThat(losses.get(0)).isZero();
  }

  @Test
  void aForbiddenPathIsInfinitelyFarAndTheOthersShareTheRest() {
    float no = Float.NEGATIVE_INFINITY;
    var transitions = floats(0, 0, no, 0); // 1 never goes to 0
    var losses = zeros(1);
    var sums = zeros(4);
    var size = new Size(1, 2, 2);
    CHAINS.forward(
        new Scores(zeros(4), transitions, zeros(2), zeros(2), ints(1, 1)),
        sums,
        losses,
        span(0, 2),
        size);
    assertThat(losses.get(0)).isCloseTo((float) Math.log(3), within(1e-6f)); // 00, 01, 11
    var forbidden = new Scores(zeros(4), transitions, zeros(2), zeros(2), ints(1, 0));
    CHAINS.forward(forbidden, sums, losses, span(0, 2), size);
    assertThat(losses.get(0)).isEqualTo(Float.POSITIVE_INFINITY);

    var none = new Scores(floats(no, no, 0, 0), transitions, zeros(2), zeros(2), ints());
    CHAINS.forward(none, sums, losses, span(0, 2), size);
    assertThat(losses.get(0)).isEqualTo(no);
    var gradients = new Gradients(zeros(4), zeros(4), zeros(2), zeros(2));
    CHAINS.backward(none, sums, floats(1), gradients, span(0, 2), size);
    assertThat(((HeapFloats) gradients.emissions()).array()).containsOnly(0);
    assertThat(((HeapFloats) gradients.transitions()).array()).containsOnly(0);
  }

  @Test
  void ofEqualPathsTheOneThatEndsInTheLowerTag() {
    var paths = ints(9, 9, 9);
    var best = zeros(1);
    var scores = new Scores(floats(0, 2, 1, 1, 5, 5), zeros(4), zeros(2), zeros(2), ints());
    CHAINS.best(scores, paths, best, span(0, 2), new Size(1, 3, 2));
    assertThat(paths.array()).containsExactly(1, 0, 9);
    assertThat(best.get(0)).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void slopes(boolean tagged) {
    var emissions = uniform(36);
    var transitions = uniform(9);
    var start = uniform(3);
    var end = uniform(3);
    var tags = tagged ? ints(0, 1, 2, 1, 7, 2, 0, 7, 7, 7, 7, 7) : ints();
    var scores = new Scores(emissions, transitions, start, end, tags);
    var sums = zeros(36);
    var losses = zeros(3);
    var weights = floats(1, -2, 5);
    Slopes.Loss loss =
        () -> {
          CHAINS.forward(scores, sums, losses, SPAN, SIZE);
          double all = 0;
          for (int b = 0; b < 3; b++) {
            all += losses.get(b) * weights.get(b);
          }
          return all;
        };
    loss.value();
    var gradients = new Gradients(zeros(36), zeros(9), zeros(3), zeros(3));
    CHAINS.backward(scores, sums, weights, gradients, SPAN, SIZE);

    Slopes.assertSlopes("emissions", emissions, gradients.emissions(), loss);
    Slopes.assertSlopes("transitions", transitions, gradients.transitions(), loss);
    Slopes.assertSlopes("start", start, gradients.start(), loss);
    Slopes.assertSlopes("end", end, gradients.end(), loss);
  }

  private static Span span(int start, int end) {
    return new Span(ints(start), ints(end));
  }

  private HeapFloats uniform(int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return new HeapFloats(values);
  }
}
