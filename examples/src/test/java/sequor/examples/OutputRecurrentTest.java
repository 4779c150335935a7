package sequor.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sequor.examples.OutputRecurrent.Connection.OUTPUT_TO_HIDDEN;
import static sequor.examples.OutputRecurrent.Connection.OUTPUT_TO_OUTPUT;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sequor.Seed;
import sequor.nn.Activation;
import sequor.nn.Bidirectional;
import sequor.tensor.GradientCheck;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;
import sequor.testkit.Twins;

class OutputRecurrentTest {
  private final RandomGenerator random = new Seed(21).generator();
  private final Tensor x = Tensor.randn(random, 2, 4, 3); // (B,T,D)
  private final Tensor y0 = Tensor.randn(random, 2, 2); // (B,O)

  private OutputRecurrent layer(OutputRecurrent.Connection connection) {
    return new OutputRecurrent(connection, 3, 5, 2, Activation.SIGMOID, random);
  }

  /// The equations of the class, written again over the named parameters.
  @ParameterizedTest
  @EnumSource
  void equalsTheLoopByHand(OutputRecurrent.Connection connection) {
    var layer = layer(connection);
    var y = y0;
    var expected = new ArrayList<Tensor>();
    for (int t = 0; t < 4; t++) {
      var fromInput = linear(layer, "input", x.select(1, t));
      var fromOutput = linear(layer, "feedback", y);
      y =
          connection == OUTPUT_TO_HIDDEN
              ? linear(layer, "output", fromInput.plus(fromOutput).tanh()).sigmoid()
              : linear(layer, "output", fromInput.tanh()).plus(fromOutput).sigmoid();
      expected.add(y);
    }
    var actual = layer.forward(x, new OutputRecurrent.State(y0), Spans.full(2, 4));
    Twins.assertClose(Tensor.stack(1, expected), actual.hidden());
    Twins.assertClose(y, actual.last().y());
  }

  private static Tensor linear(OutputRecurrent layer, String name, Tensor input) {
    var parameters = layer.parameters();
    var weight = parameters.get(name + "_l0.weight");
    var bias = parameters.get(name + "_l0.bias");
    assertThat(weight).isNotNull();
    assertThat(bias).isNotNull();
    return input.linear(weight, bias);
  }

  @ParameterizedTest
  @EnumSource
  void gradients(OutputRecurrent.Connection connection) {
    var layer = layer(connection);
    var spans = Spans.of(new int[] {0, 1}, new int[] {4, 3}, 4);
    GradientCheck.of(() -> layer.forward(x, new OutputRecurrent.State(y0), spans).hidden())
        .with(layer.parameters())
        .with("x", x)
        .with("y0", y0)
        .run();
  }

  @Test
  void namesOfItsParameters() {
    assertThat(layer(OUTPUT_TO_HIDDEN).parameters().keySet())
        .containsExactly(
            "input_l0.weight",
            "input_l0.bias",
            "output_l0.weight",
            "output_l0.bias",
            "feedback_l0.weight",
            "feedback_l0.bias");
  }

  /// Of mixed lengths, padded on either side, empty, and read from either end.
  @ParameterizedTest
  @EnumSource
  void aPaddedRowGetsWhatItGetsAlone(OutputRecurrent.Connection connection) {
    var forward = layer(connection);
    var x = Tensor.randn(random, 4, 4, 3); // (B,T,D)
    var y0 = Tensor.randn(random, 4, 2); // (B,O)
    var spans = Spans.of(new int[] {0, 1, 2, 1}, new int[] {3, 4, 2, 2}, 4);
    for (var layer : List.of(forward, forward.reversed())) {
      var batch = layer.forward(x, new OutputRecurrent.State(y0), spans);
      for (int row = 0; row < 4; row++) {
        var real = x.slice(0, row, row + 1).slice(1, spans.start(row), spans.end(row));
        var start = new OutputRecurrent.State(y0.slice(0, row, row + 1));
        var alone = layer.forward(real, start, Spans.full(1, spans.length(row)));
        var hidden = batch.hidden().slice(0, row, row + 1); // (1,T,O)
        Twins.assertClose(alone.hidden(), hidden.slice(1, spans.start(row), spans.end(row)));
        assertZero(hidden.slice(1, 0, spans.start(row)));
        assertZero(hidden.slice(1, spans.end(row), 4));
        Twins.assertClose(alone.last().y(), batch.last().y().slice(0, row, row + 1));
      }
    }
  }

  private static void assertZero(Tensor padding) {
    assertThat(padding.toArray()).isEqualTo(new float[padding.shape().size()]);
  }

  @Test
  void twoWindowsWithTheStateCarriedEqualOne() {
    var layer = layer(OUTPUT_TO_HIDDEN);
    var whole = layer.forward(x);
    var first = layer.forward(x.slice(1, 0, 3));
    var second = layer.forward(x.slice(1, 3, 4), first.last().copy(), Spans.full(2, 1));
    Twins.assertClose(whole.hidden(), Tensor.concat(1, List.of(first.hidden(), second.hidden())));
  }

  @Test
  void readsBothWays() {
    var left = layer(OUTPUT_TO_OUTPUT);
    var right = layer(OUTPUT_TO_HIDDEN);
    var both = new Bidirectional<>(left, right).forward(x);
    Twins.assertSameBits(
        Tensor.concat(-1, List.of(left.forward(x).hidden(), right.reversed().forward(x).hidden())),
        both.hidden());
  }

  @Test
  void showsItsOutput() {
    assertThat(layer(OUTPUT_TO_OUTPUT).hiddenSize()).isEqualTo(2);
    assertThat(layer(OUTPUT_TO_OUTPUT).forward(x).hidden().shape().dims()).containsExactly(2, 4, 2);
    assertThat(layer(OUTPUT_TO_OUTPUT).forward(Tensor.zeros(2, 0, 3)).hidden().shape().dims())
        .containsExactly(2, 0, 2);
  }

  @Test
  void refusesSpansOfAnotherBatch() {
    assertThatThrownBy(() -> layer(OUTPUT_TO_HIDDEN).forward(x, Spans.full(2, 5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "recurrence: an input (2,4,3) with spans of 2 rows and 5 steps; it must be (B,T,D) with"
                + " as many rows and steps");
  }
}
