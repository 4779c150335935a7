package sequor.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sequor.nn.OutputRecurrent.Connection.OUTPUT_TO_HIDDEN;
import static sequor.nn.OutputRecurrent.Connection.OUTPUT_TO_OUTPUT;

import java.util.ArrayList;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sequor.SequorException;
import sequor.tensor.GradientCheck;
import sequor.tensor.Seed;
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
  void showsItsOutput() {
    assertThat(layer(OUTPUT_TO_OUTPUT).hiddenSize()).isEqualTo(2);
    assertThat(layer(OUTPUT_TO_OUTPUT).forward(x).hidden().shape().dims()).containsExactly(2, 4, 2);
    assertThat(layer(OUTPUT_TO_OUTPUT).forward(Tensor.zeros(2, 0, 3)).hidden().shape().dims())
        .containsExactly(2, 0, 2);
  }

  @Test
  void refusesSpansOfAnotherBatch() {
    assertThatThrownBy(() -> layer(OUTPUT_TO_HIDDEN).forward(x, Spans.full(2, 5)))
        .isInstanceOf(SequorException.class)
        .hasMessage(
            "recurrence: an input (2,4,3) with spans of 2 rows and 5 steps; it must be (B,T,D) with"
                + " as many rows and steps");
  }
}
