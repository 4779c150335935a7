package sequor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.kernels.Parallel;
import sequor.tensor.Ids;
import sequor.tensor.LinearChain;
import sequor.tensor.LinearChain.Scores;
import sequor.tensor.Spans;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;

/// Fused chains give what plain ops give, and a padded row what it gets alone.
class ChainTwinTest {
  private static final int BATCH = 7;
  private static final int STEPS = 9;

  private final Generators random = new Generators(71);
  private final Spans spans =
      Spans.of(new int[] {0, 0, 4, 3, 5, 0, 0}, new int[] {9, 1, 9, 3, 7, 6, 9}, STEPS);

  /// The batch of one number of tags.
  private record Given(Tensor x, Ids tags, Scores scores) {
    List<Tensor> leaves() {
      return List.of(x, scores.transitions(), scores.start(), scores.end());
    }
  }

  private Given given(int tags) {
    var given =
        new Given(
            random.tensor(BATCH, STEPS, tags).times(3),
            random.ids(tags, BATCH, STEPS),
            new Scores(random.tensor(tags, tags), random.tensor(tags), random.tensor(tags)));
    given.leaves().forEach(leaf -> leaf.requiresGrad(true));
    return given;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 17, 33, 50})
  void fusedEqualsComposed(int tags) {
    var given = given(tags);
    assertSame(
        results(given, () -> ComposedChain.logPartition(given.x, given.scores, spans)),
        results(given, () -> LinearChain.logPartition(given.x, given.scores, spans)));
    assertSame(
        results(given, () -> ComposedChain.loss(given.x, given.tags, given.scores, spans)),
        results(
            given,
            () -> LinearChain.negativeLogLikelihood(given.x, given.tags, given.scores, spans)));
  }

  private static void assertSame(List<Tensor> expected, List<Tensor> actual) {
    for (int i = 0; i < expected.size(); i++) {
      Twins.assertClose(expected.get(i), actual.get(i), 200);
    }
  }

  /// Without tags the gradient of the emissions are the marginals, which sum to 1 at real steps.
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 17, 40})
  void marginalsAreTheGradientOfTheLogPartition(int tags) {
    var given = given(tags);
    var marginals = LinearChain.marginals(given.x, given.scores, spans);
    try (var tape = Tape.open()) {
      tape.backward(LinearChain.logPartition(given.x, given.scores, spans).sum());
    }
    Twins.assertSameBits(given.x.grad(), marginals);
    Twins.assertClose(spans.mask(), marginals.sum(-1), 40);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 17, 33})
  void aPaddedRowGetsTheBitsItGetsAlone(int tags) {
    var given = given(tags);
    var losses = LinearChain.negativeLogLikelihood(given.x, given.tags, given.scores, spans);
    var marginals = LinearChain.marginals(given.x, given.scores, spans);
    var best = LinearChain.best(given.x, given.scores, spans);
    for (int b = 0; b < BATCH; b++) {
      int from = spans.start(b);
      int to = spans.end(b);
      var x = given.x.slice(0, b, b + 1).slice(1, from, to).copy();
      var own = given.tags.slice(0, b, b + 1).slice(1, from, to);
      var full = Spans.full(1, spans.length(b));
      Twins.assertSameBits(
          LinearChain.negativeLogLikelihood(x, own, given.scores, full), losses.slice(0, b, b + 1));
      Twins.assertSameBits(
          LinearChain.marginals(x, given.scores, full),
          marginals.slice(0, b, b + 1).slice(1, from, to));
      var alone = LinearChain.best(x, given.scores, full);
      assertThat(best.tags().slice(0, b, b + 1).slice(1, from, to).toArray())
          .isEqualTo(alone.tags().toArray());
      Twins.assertSameBits(alone.scores(), best.scores().slice(0, b, b + 1));
      assertThat(best.tags().slice(0, b, b + 1).slice(1, to, STEPS).toArray())
          .doesNotContain(IntStream.range(0, tags).toArray());
    }
  }

  @Test
  void anyNumberOfThreadsGivesTheSameBits() {
    var x = random.tensor(40, 30, 45).requiresGrad(true);
    var tags = random.ids(45, 40, 30);
    var scores = new Scores(random.tensor(45, 45), random.tensor(45), random.tensor(45));
    var given = new Given(x, tags, scores);
    given.leaves().forEach(leaf -> leaf.requiresGrad(true));
    var mixed = random.spans(40, 30);
    int before = Parallel.threads();
    try {
      var all = new ArrayList<List<Tensor>>();
      for (int threads = 1; threads <= 3; threads++) {
        Parallel.threads(threads);
        all.add(results(given, () -> LinearChain.negativeLogLikelihood(x, tags, scores, mixed)));
      }
      for (int i = 0; i < 5; i++) {
        Twins.assertSameBits(all.get(0).get(i), all.get(1).get(i));
        Twins.assertSameBits(all.get(0).get(i), all.get(2).get(i));
      }
    } finally {
      Parallel.threads(before);
    }
  }

  /// The result, and the gradients of all leaves for a fixed gradient of it.
  private static List<Tensor> results(Given given, Supplier<Tensor> forward) {
    given.leaves().forEach(Tensor::clearGrad);
    var results = new ArrayList<Tensor>();
    try (var tape = Tape.open()) {
      var y = forward.get();
      results.add(y.copy());
      var weights = new Generators(52).tensor(y.shape().dims());
      tape.backward(y.times(weights).sum());
    }
    given.leaves().forEach(leaf -> results.add(leaf.grad()));
    return results;
  }
}
