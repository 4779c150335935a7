package sequor.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.Seed;
import sequor.SequorException;

class SamplerTest {
  private static final float[] SCORES = {1, 1, 3};
  private static final float NEVER = Float.NEGATIVE_INFINITY;

  /// Logits times 0.5 are logits at the temperature 2.
  @Test
  void temperatureFlattensTheProbabilities() {
    assertProbabilities(Sampler.of(1), 0.1065, 0.1065, 0.7870);
    assertProbabilities(Sampler.of(2), 0.2119, 0.2119, 0.5761);
    assertProbabilities(Sampler.of(10), 0.3104, 0.3104, 0.3792);
    assertProbabilities(Sampler.of(0), 0, 0, 1);
  }

  @Test
  void topKKeepsTheLikeliestAndOfEqualsTheFirst() {
    assertProbabilities(new Sampler(1, 1, 1), 0, 0, 1);
    assertProbabilities(new Sampler(1, 2, 1), 0.1192, 0, 0.8808);
    assertProbabilities(new Sampler(1, 7, 1), 0.1065, 0.1065, 0.7870);
  }

  @Test
  void topPKeepsTheFewestThatAreEnough() {
    assertProbabilities(new Sampler(1, 0, 0.7), 0, 0, 1);
    assertProbabilities(new Sampler(1, 0, 0.8), 0.1192, 0, 0.8808);
    assertProbabilities(new Sampler(1, 0, 0.95), 0.1065, 0.1065, 0.7870);
  }

  /// Of the two kept, the first has 0.8808, which is enough; of all three it would not be.
  @Test
  void topPIsAShareOfWhatTopKKept() {
    assertProbabilities(new Sampler(1, 2, 0.85), 0, 0, 1);
  }

  /// Against all places sorted by their probability; few different scores, so that many are equal.
  @Property(tries = 500)
  void theLikeliestAreThoseOfAFullSort(
      @ForAll @IntRange(min = 1, max = 300) int size,
      @ForAll @IntRange(max = 320) int topK,
      @ForAll @DoubleRange(min = 0.01, max = 1) double topP,
      @ForAll @IntRange(min = 1, max = 1000) int levels,
      @ForAll long seed) {
    var random = new Random(seed);
    float[] scores = new float[size];
    for (int i = 0; i < size; i++) {
      scores[i] = random.nextInt(9) == 0 ? NEVER : random.nextInt(levels) * 3f / levels;
    }
    scores[random.nextInt(size)] = 1;
    double[] p = Sampler.of(1).probabilities(scores);

    var sampled = new Sampler(1, topK, topP).probabilities(scores);

    assertThat(sampled).containsExactly(bySorting(p, topK, topP));
  }

  private static double[] bySorting(double[] p, int topK, double topP) {
    var order =
        IntStream.range(0, p.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -p[i]).thenComparing(i -> i))
            .toList();
    int most = topK == 0 ? p.length : Math.min(topK, p.length);
    if (most == p.length && topP == 1) {
      return p;
    }
    double enough = topP * order.subList(0, most).stream().mapToDouble(i -> p[i]).sum();
    double[] kept = new double[p.length];
    double sum = 0;
    for (int i = 0; i < most && sum < enough; i++) {
      kept[order.get(i)] = p[order.get(i)];
      sum += p[order.get(i)];
    }
    double all = Arrays.stream(kept).sum();
    return Arrays.stream(kept).map(each -> each / all).toArray();
  }

  private static void assertProbabilities(Sampler sampler, double... expected) {
    assertThat(sampler.probabilities(SCORES)).containsExactly(expected, within(5e-5));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 2})
  void drawsAsOftenAsTheProbabilitiesSay(double temperature) {
    var sampler = Sampler.of(temperature);
    var random = new Seed(81).generator();
    int draws = 100_000;
    int[] counts = new int[3];
    for (int i = 0; i < draws; i++) {
      counts[sampler.sample(SCORES, random)]++;
    }
    double[] p = sampler.probabilities(SCORES);
    for (int place = 0; place < 3; place++) {
      double deviation = Math.sqrt(p[place] * (1 - p[place]) / draws);
      assertThat((double) counts[place] / draws).isCloseTo(p[place], within(4 * deviation));
    }
  }

  @Test
  void neverDrawsWhatIsForbidden() {
    var random = new Seed(82).generator();
    for (int i = 0; i < 1000; i++) {
      assertThat(Sampler.of(100).sample(new float[] {NEVER, 0, NEVER, -5, NEVER}, random))
          .isIn(1, 3);
    }
  }

  @Test
  void bearsScoresOfAnySize() {
    assertThat(Sampler.of(1e-30).probabilities(new float[] {1e30f, -1e30f})).containsExactly(1, 0);
    assertThat(Sampler.of(1).probabilities(new float[] {3e38f, 3e38f})).containsExactly(0.5, 0.5);
  }

  @Test
  void saysWhatItCannotDrawFrom() {
    var sampler = Sampler.of(1);
    assertThatThrownBy(() -> sampler.probabilities(new float[0]))
        .isInstanceOf(SequorException.class)
        .hasMessage("sampler: there must be a logit to draw from, got none");
    assertThatThrownBy(() -> sampler.probabilities(new float[] {0, Float.NaN}))
        .isInstanceOf(SequorException.class)
        .hasMessage("sampler: logit 1 is not a number; the model's weights have gone wrong");
    assertThatThrownBy(() -> sampler.probabilities(new float[] {NEVER, NEVER}))
        .isInstanceOf(SequorException.class)
        .hasMessage(
            "sampler: the largest logit must be finite, got -Infinity; leave a token to draw");
  }

  @Test
  void refusesSettingsWithoutMeaning() {
    assertThatThrownBy(() -> Sampler.of(-0.1))
        .isInstanceOf(SequorException.class)
        .hasMessage("sampler: temperature must be 0 or more, got -0.1");
    assertThatThrownBy(() -> Sampler.of(Double.NaN)).hasMessageContaining("got NaN");
    assertThatThrownBy(() -> new Sampler(1, -1, 1)).hasMessageContaining("top-k must be 0 (all)");
    assertThatThrownBy(() -> new Sampler(1, 0, 0)).hasMessageContaining("top-p must be above 0");
  }
}
