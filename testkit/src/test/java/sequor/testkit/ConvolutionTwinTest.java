package sequor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sequor.tensor.Convolution;
import sequor.tensor.Spans;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;

/// Fused convolutions give what plain ops give, and a padded row what it gets alone.
class ConvolutionTwinTest {
  private static final int BATCH = 6;
  private static final int STEPS = 9;
  private static final int INPUT = 7;
  private static final int OUTPUT = 11;

  private final Generators random = new Generators(51);
  private final Tensor x = leaf(random.tensor(BATCH, STEPS, INPUT));
  private final Spans spans =
      Spans.of(new int[] {0, 0, 4, 3, 5, 0}, new int[] {9, 1, 9, 3, 7, 6}, STEPS);

  private static Tensor leaf(Tensor tensor) {
    return tensor.requiresGrad(true);
  }

  private Tensor weight(int width) {
    return leaf(random.tensor(OUTPUT, INPUT, width));
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,1", "3,1", "4,1", "5,1", "3,2", "4,3", "13,1"})
  void fusedEqualsComposed(int width, int dilation) {
    var weight = weight(width);
    var bias = leaf(random.tensor(OUTPUT));
    var leaves = List.of(x, weight, bias);
    assertSame(
        results(leaves, () -> composed(weight, bias, dilation)),
        results(leaves, () -> Convolution.same(x, weight, bias, dilation, spans)));
    assertSame(
        results(leaves, () -> composed(weight, bias, dilation).relu()),
        results(leaves, () -> Convolution.sameRelu(x, weight, bias, dilation, spans)));
    assertSame(
        results(leaves, () -> composed(weight, bias, dilation).relu().max(1)),
        results(leaves, () -> Convolution.reluMax(x, weight, bias, dilation, spans)));
  }

  /// Real steps alone, between zeros; and of these windows the real ones. // (B,T,O)
  private Tensor composed(Tensor weight, Tensor bias, int dilation) {
    int around = (weight.dim(2) - 1) * dilation;
    var mask = spans.mask().unsqueeze(2); // (B,T,1)
    var left = Tensor.zeros(BATCH, around / 2, INPUT);
    var right = Tensor.zeros(BATCH, around - around / 2, INPUT);
    var all = Tensor.concat(1, List.of(left, x.times(mask), right));
    return all.conv1d(weight, bias, 1, 0, dilation).times(mask);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "3,1", "4,2"})
  void aPaddedRowGetsTheBitsItGetsAlone(int width, int dilation) {
    var weight = weight(width);
    var bias = random.tensor(OUTPUT);
    var hidden = Convolution.sameRelu(x, weight, bias, dilation, spans); // (B,T,O)
    var largest = Convolution.reluMax(x, weight, bias, dilation, spans); // (B,O)
    for (int b = 0; b < BATCH; b++) {
      int length = spans.length(b);
      var row = x.slice(0, b, b + 1).slice(1, spans.start(b), spans.end(b));
      var full = Spans.full(1, length);
      var alone = Convolution.sameRelu(row, weight, bias, dilation, full);
      var mine = hidden.slice(0, b, b + 1).slice(1, spans.start(b), spans.end(b));
      Twins.assertSameBits(alone, mine);
      Twins.assertSameBits(
          Convolution.reluMax(row, weight, bias, dilation, full), largest.slice(0, b, b + 1));
      var padding = hidden.select(0, b).times(spans.mask().select(0, b).lessThan(1).unsqueeze(1));
      assertThat(padding.abs().max().item()).as("padding of row %d", b).isZero();
    }
  }

  private static void assertSame(List<Tensor> expected, List<Tensor> actual) {
    for (int i = 0; i < expected.size(); i++) {
      Twins.assertClose(expected.get(i), actual.get(i), 64);
    }
  }

  /// The result, and the gradients of all leaves for a fixed gradient of it.
  private static List<Tensor> results(List<Tensor> leaves, Supplier<Tensor> forward) {
    leaves.forEach(Tensor::clearGrad);
    var results = new ArrayList<Tensor>();
    try (var tape = Tape.open()) {
      var y = forward.get();
      results.add(y.copy());
      var weights = new Generators(52).tensor(y.shape().dims());
      tape.backward(y.times(weights).sum());
    }
    leaves.forEach(leaf -> results.add(leaf.grad()));
    return results;
  }
}
