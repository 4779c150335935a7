package sequor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sequor.kernels.Recurrences.Cell;
import sequor.tensor.Recurrence.Output;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.testkit.RecurrentCases.Inputs;

/// The fused recurrence gives what its composed twin gives, and a padded row what it gives alone.
class RecurrenceTwinTest {

  static Stream<Inputs> inputs() {
    return RecurrentCases.inputs();
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void fusedEqualsComposed(Inputs in) {
    var fused = results(in, Inputs::run);
    var composed = results(in, ComposedRecurrence::run);

    assertThat(fused.keySet()).isEqualTo(composed.keySet());
    composed.forEach((name, expected) -> assertClose(name, expected, fused));
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void aPaddedRowGetsTheAnswerItGetsAlone(Inputs in) {
    var together = results(in, Inputs::run);
    var summed = new LinkedHashMap<String, Tensor>();
    for (int row = 0; row < RecurrentCases.BATCH; row++) {
      var alone = results(ComposedRecurrence.alone(in, row), Inputs::run);
      for (var name : together.keySet()) {
        var whole = named(name, together);
        var got = named(name, alone);
        switch (name) {
          case "hidden", "d x" -> assertRealSteps(name, got, whole, in, row);
          case "last h", "last c", "d h0", "d c0" -> Twins.assertClose(got, row(whole, row));
          default -> summed.merge(name, got, Tensor::plus); // gradients of weights
        }
      }
    }
    summed.forEach((name, expected) -> assertClose(name, expected, together));
  }

  private static void assertRealSteps(String name, Tensor alone, Tensor whole, Inputs in, int row) {
    int from = in.spans().start(row);
    int to = in.spans().end(row);
    int steps = in.spans().steps();
    var mine = row(whole, row);
    Twins.assertClose(alone, mine.slice(1, from, to));
    var padding = Tensor.concat(1, List.of(mine.slice(1, 0, from), mine.slice(1, to, steps)));
    assertThat(padding.abs().sum().item()).as(name + " where the row is padded").isZero();
  }

  private static Tensor row(Tensor whole, int row) {
    return whole.slice(0, row, row + 1);
  }

  private static void assertClose(String name, Tensor expected, Map<String, Tensor> actual) {
    Twins.assertClose(expected, named(name, actual), 64);
  }

  private static Tensor named(String name, Map<String, Tensor> results) {
    return Objects.requireNonNull(results.get(name), name);
  }

  /// Outputs, and the gradients of every input for a fixed gradient of each output.
  private static Map<String, Tensor> results(Inputs in, Function<Inputs, Output> run) {
    var results = new LinkedHashMap<String, Tensor>();
    in.named().values().forEach(input -> input.requiresGrad(true).clearGrad());
    try (var tape = Tape.open()) {
      var output = run.apply(in);
      results.put("hidden", output.hidden().copy());
      results.put("last h", output.last().h().copy());
      var loss = output.hidden().square().sum().plus(output.last().h().tanh().sum());
      if (in.cell() == Cell.LSTM) {
        results.put("last c", output.last().c().copy());
        loss = loss.plus(output.last().c().square().sum());
      }
      tape.backward(loss);
    }
    in.named()
        .forEach(
            (name, input) -> {
              var zeros = Tensor.zeros(input.shape().dims());
              results.put("d " + name, input.hasGrad() ? input.grad() : zeros);
            });
    return results;
  }
}
