package sequor.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.testkit.Twins;

/// What a computation gave: its results y, and the gradients of `Σ (y + 1)²`, a loss that pulls at
/// every number of every result in its own measure, also at those that are 0.
record Seen(List<Tensor> results, Map<String, Tensor> gradients) {

  static Seen of(Map<String, Tensor> leaves, Supplier<List<Tensor>> computation) {
    leaves.values().forEach(leaf -> leaf.requiresGrad(true).clearGrad());
    var kept = new ArrayList<Tensor>();
    var gradients = new LinkedHashMap<String, Tensor>();
    try (var tape = Tape.open()) {
      var loss = Tensor.of(0);
      for (var result : computation.get()) {
        loss = loss.plus(result.plus(1).square().sum());
        kept.add(result.copy());
      }
      tape.backward(loss);
      leaves.forEach((name, leaf) -> gradients.put(name, gradientOf(leaf)));
    }
    return new Seen(kept, gradients);
  }

  private static Tensor gradientOf(Tensor leaf) {
    return leaf.hasGrad() ? leaf.grad().copy() : Tensor.zeros(leaf.shape().dims());
  }

  /// @param terms how many terms the longest sum has
  static void assertSame(Seen expected, Seen actual, int terms) {
    assertThat(actual.results).hasSameSizeAs(expected.results);
    for (int i = 0; i < expected.results.size(); i++) {
      Twins.assertClose(expected.results.get(i), actual.results.get(i), terms);
    }
    assertThat(actual.gradients.keySet()).isEqualTo(expected.gradients.keySet());
    expected.gradients.forEach(
        (name, gradient) -> Twins.assertClose(gradient, actual.gradient(name), terms));
  }

  Tensor gradient(String name) {
    var gradient = gradients.get(name);
    assertThat(gradient).as(name).isNotNull();
    return gradient;
  }

  /// Everything that can learn or be learned from: parameters, `x`, and `state0`, `state1`, ….
  static <S extends RecurrentState<S>> Map<String, Tensor> leaves(
      Recurrent<S> layer, Tensor x, S initial) {
    var leaves = new LinkedHashMap<>(layer.parameters());
    leaves.put("x", x);
    for (int i = 0; i < initial.tensors().size(); i++) {
      leaves.put("state" + i, initial.tensors().get(i));
    }
    return leaves;
  }

  /// The hidden states, then the tensors of the last state.
  static <S extends RecurrentState<S>> List<Tensor> results(Tensor hidden, S last) {
    var results = new ArrayList<>(List.of(hidden));
    results.addAll(last.tensors());
    return results;
  }
}
