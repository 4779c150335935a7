package sequor.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sequor.Seed;
import sequor.kernels.Parallel;
import sequor.tensor.GradientCheck;
import sequor.tensor.Ids;
import sequor.tensor.Op;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.testkit.Generators;
import sequor.testkit.Twins;

/// The loss of logits that are never all in memory, beside its composed twin. That a large
/// vocabulary learns in a small heap is tested where models learn.
class LinearCrossEntropyTest {
  private static final int IGNORED = -100;

  /// Inputs of one size, and the loss of them both ways. Every third target is ignored.
  private record Case(Tensor x, Tensor weight, Tensor bias, Ids targets, float smoothing) {
    static Case of(int rows, int size, int classes, float smoothing) {
      var random = new Generators(11);
      int[] targets = random.ids(classes, rows).toArray();
      for (int i = 2; i < rows; i += 3) {
        targets[i] = IGNORED;
      }
      return new Case(
          random.tensor(rows, size).requiresGrad(true),
          random.tensor(classes, size).requiresGrad(true),
          random.tensor(classes).requiresGrad(true),
          Ids.of(targets),
          smoothing);
    }

    Tensor pieces(int atOnce) {
      return Op.apply(new LinearCrossEntropy(x, weight, bias, targets, IGNORED, smoothing, atOnce));
    }

    Tensor composed() {
      var even = Tensor.ones(weight.dim(0));
      return x.linear(weight, bias).crossEntropies(targets, even, IGNORED, smoothing);
    }

    /// The losses, and the gradients of their weighted sum by x, weight and bias.
    List<Tensor> learned(Supplier<Tensor> losses, Tensor weights) {
      var all = List.of(x, weight, bias);
      all.forEach(Tensor::clearGrad);
      var results = new ArrayList<Tensor>();
      try (var tape = Tape.open()) {
        var y = losses.get();
        results.add(y.copy());
        tape.backward(y.times(weights).sum());
      }
      all.forEach(tensor -> results.add(tensor.grad().copy()));
      return results;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 2, 0, 1",
    "7, 3, 5, 0, 3", // a last piece that is shorter
    "12, 4, 6, 0, 4",
    "13, 17, 207, 0.1, 4",
    "13, 17, 207, 0, 100", // all in one piece
    "33, 6, 13, 0.3, 1"
  })
  void itsNumbersAreThoseOfItsComposedTwin(
      int rows, int size, int classes, float smoothing, int atOnce) {
    var one = Case.of(rows, size, classes, smoothing);

    var unlike = new Generators(5).tensor(rows);
    for (var weights : List.of(unlike, Tensor.full(0.3f, rows))) { // the losses of one dy, too
      var expected = one.learned(one::composed, weights);
      var actual = one.learned(() -> one.pieces(atOnce), weights);

      for (int i = 0; i < expected.size(); i++) {
        Twins.assertClose(expected.get(i), actual.get(i), Math.max(size, Math.max(rows, classes)));
      }
      for (int i = 2; i < rows; i += 3) {
        assertThat(actual.getFirst().toArray()[i]).as("the loss of an ignored row").isZero();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 2", "0.2, 2", "0.2, 5"})
  void gradients(float smoothing, int atOnce) {
    var one = Case.of(5, 3, 4, smoothing);
    GradientCheck.of(() -> one.pieces(atOnce))
        .with("x", one.x)
        .with("weight", one.weight)
        .with("bias", one.bias)
        .run();
  }

  @Test
  void anyNumberOfThreadsGivesTheSameBits() {
    var one = Case.of(301, 65, 1009, 0.1f);
    int before = Parallel.threads();
    try {
      for (var weights : List.of(new Generators(5).tensor(301), Tensor.ones(301))) {
        Parallel.threads(1);
        var expected = one.learned(() -> one.pieces(64), weights);
        for (int threads = 2; threads <= 3; threads++) {
          Parallel.threads(threads);
          var actual = one.learned(() -> one.pieces(64), weights);
          for (int i = 0; i < expected.size(); i++) {
            Twins.assertSameBits(expected.get(i), actual.get(i));
          }
        }
      }
    } finally {
      Parallel.threads(before);
    }
  }

  @Test
  void whatIsFrozenGetsNoGradientAndTheRestThatItHad() {
    for (var weights : List.of(new Generators(5).tensor(7), Tensor.ones(7))) {
      var one = Case.of(7, 3, 5, 0);
      var expected = one.learned(() -> one.pieces(2), weights);
      one.weight.requiresGrad(false);
      one.x.clearGrad();
      one.weight.clearGrad();
      one.bias.clearGrad();
      try (var tape = Tape.open()) {
        tape.backward(one.pieces(2).times(weights).sum());
      }
      assertThat(one.weight.hasGrad()).isFalse();
      Twins.assertSameBits(expected.get(1), one.x.grad());
      Twins.assertSameBits(expected.get(3), one.bias.grad());
    }
  }

  @Test
  void shapesThatDoNotFitAreNamed() {
    assertThatThrownBy(
            () ->
                new LinearCrossEntropy(
                    Tensor.zeros(2, 3),
                    Tensor.zeros(5, 4),
                    Tensor.zeros(5),
                    Ids.of(new int[] {0, 1}),
                    IGNORED,
                    0,
                    1))
        .isInstanceOf(NnException.class)
        .hasMessageContaining("expected x (N,H), a weight (V,H), a bias (V) and N targets")
        .hasMessageContaining("(2,3)")
        .hasMessageContaining("(5,4)");
  }

  /// The loss as its users call it: the same for a few logits, which are all in memory, and for
  /// many.
  @ParameterizedTest
  @CsvSource({"true, 0", "true, 0.1", "false, 0"})
  void theLossOfALayerIsThatOfItsLogits(boolean biased, float smoothing) {
    int classes = 70_000; // 4.2 million logits
    var random = new Seed(3).generator();
    var layer = biased ? new Linear(4, classes, random) : Linear.withoutBias(4, classes, random);
    var x = Tensor.randn(random, 6, 10, 4).requiresGrad(true);
    int[] targets = random.ints(60, 0, classes).toArray();
    targets[59] = IGNORED;
    var ids = Ids.of(targets, 6, 10);
    var loss = new CrossEntropyLoss().withLabelSmoothing(smoothing);

    var expected = gradients(layer, x, () -> loss.of(layer.forward(x), ids));
    var actual = gradients(layer, x, () -> loss.of(x, layer, ids));
    for (int i = 0; i < expected.size(); i++) {
      Twins.assertClose(expected.get(i), actual.get(i), 1000);
    }
    var each = loss.withReduction(Reduction.NONE);
    Twins.assertClose(each.of(layer.forward(x), ids), each.of(x, layer, ids), 100);
    var sum = loss.withReduction(Reduction.SUM).of(x, layer, ids).item();
    assertThat(sum / 59).isCloseTo(actual.getFirst().item(), within(1e-4f));
  }

  private static List<Tensor> gradients(Linear layer, Tensor x, Supplier<Tensor> loss) {
    var inputs = Stream.concat(Stream.of(x), layer.parameters().values().stream()).toList();
    inputs.forEach(Tensor::clearGrad);
    var results = new ArrayList<Tensor>();
    try (var tape = Tape.open()) {
      var y = loss.get();
      results.add(y.copy());
      tape.backward(y);
    }
    inputs.forEach(tensor -> results.add(tensor.grad().copy()));
    return results;
  }

  @Test
  void fromFourMillionLogitsOnTheyAreComputedInPieces() {
    var random = new Seed(4).generator();
    int classes = 1 << 16;
    var layer = new Linear(2, classes, random);
    var weighted = new CrossEntropyLoss().withWeights(Tensor.ones(classes));
    var all = Tensor.randn(random, 64, 2); // 2²² logits
    var more = Tensor.randn(random, 65, 2);

    assertThat(weighted.of(all, layer, Ids.of(new int[64])).item()).isGreaterThan(1);
    assertThatThrownBy(() -> weighted.of(more, layer, Ids.of(new int[65])))
        .isInstanceOf(NnException.class)
        .hasMessage(
            "cross-entropy: expected no class weights for 4,259,840 logits, got some; leave them"
                + " out");

    int[] wrong = new int[65];
    wrong[3] = classes;
    assertThatThrownBy(() -> new CrossEntropyLoss().of(more, layer, Ids.of(wrong)))
        .isInstanceOf(NnException.class)
        .hasMessageContaining(
            "expected targets from 0 to 65535, or -100 for those that are ignored");
    var smoothed = new CrossEntropyLoss().withLabelSmoothing(3);
    assertThatThrownBy(() -> smoothed.of(more, layer, Ids.of(new int[65])))
        .isInstanceOf(NnException.class)
        .hasMessageContaining("expected a smoothing from 0 to 1, got 3.0");
  }
}
