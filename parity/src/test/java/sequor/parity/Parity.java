package sequor.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import sequor.Seed;
import sequor.nn.NnModule;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;

/// Runs one computation here and in libtorch on the same numbers, and asserts that results and
/// gradients agree.
///
/// ```java
/// Parity.of(linear).and("x", x).check(
///     () -> linear.forward(x),
///     torch -> torch.linear(t.get("x"), t.get("weight"), t.get("bias")));
/// ```
///
/// The results y are made one number by fixed random weights, `L = Σ wᵢ·yᵢ`, so that every number
/// of every result has a gradient of its own.
///
/// Numbers agree within `1e-5 · (1 + the largest magnitude in the tensor)`. Both sides add float32
/// products in orders of their own; a sum of K terms of size s then differs by about `√K · 6e-8 ·
/// s`, and the longest sums here have a few hundred terms and go through a few layers: 1e-6 of the
/// largest, a tenth of what is allowed. A wrong formula is off by 1e-2 and more.
final class Parity {
  private static final float TOLERANCE = 1e-5f;
  private static final Seed SEED = new Seed(31);

  private final Map<String, Tensor> leaves = new LinkedHashMap<>();

  private Parity() {}

  static Parity of(String name, Tensor leaf) {
    return new Parity().and(name, leaf);
  }

  static Parity of(NnModule module) {
    var parity = new Parity();
    module.parameters().forEach(parity::and);
    return parity;
  }

  /// Compares the gradient of this tensor too; over there it is known by this name.
  Parity and(String name, Tensor leaf) {
    leaves.put(name, leaf.requiresGrad(true));
    return this;
  }

  void check(Supplier<Tensor> ours, Function<Torch.Leaves, org.bytedeco.pytorch.Tensor> theirs) {
    checkAll(() -> List.of(ours.get()), leaves -> List.of(theirs.apply(leaves)));
  }

  void checkAll(
      Supplier<List<Tensor>> ours,
      Function<Torch.Leaves, List<org.bytedeco.pytorch.Tensor>> theirs) {
    leaves.values().forEach(Tensor::clearGrad);
    try (var tape = Tape.open();
        var _ = new PointerScope()) {
      var results = ours.get();
      var there = Torch.leaves(leaves);
      var resultsThere = theirs.apply(there);
      assertThat(results).as("results").hasSameSizeAs(resultsThere);
      var loss = Tensor.of(0);
      var lossThere = Torch.of(loss);
      for (int i = 0; i < results.size(); i++) {
        assertSame("result " + i, results.get(i), resultsThere.get(i));
        var weights = Tensor.randn(SEED.child(i).generator(), results.get(i).shape().dims());
        loss = loss.plus(results.get(i).times(weights).sum());
        lossThere = lossThere.add(resultsThere.get(i).mul(Torch.of(weights)).sum());
      }
      tape.backward(loss);
      lossThere.backward();
      leaves.forEach(
          (name, leaf) -> assertSame("gradient of " + name, leaf.grad(), there.get(name).grad()));
    }
  }

  /// Asserts the same shape and the same numbers within the tolerance.
  static void assertSame(String what, Tensor ours, org.bytedeco.pytorch.Tensor theirs) {
    assertThat(ours.shape()).as(what).isEqualTo(Torch.shape(theirs));
    float[] expected = Torch.numbers(theirs);
    float[] actual = ours.toArray();
    float largest = 0;
    for (float number : expected) {
      largest = Math.max(largest, Math.abs(number));
    }
    for (int i = 0; i < actual.length; i++) {
      float allowed = TOLERANCE * (1 + largest);
      // written so that NaN on one side fails
      if (!(Math.abs(actual[i] - expected[i]) <= allowed)) {
        throw new AssertionError(
            "%s %s: number %d is %s here and %s in libtorch, more than %s apart"
                .formatted(what, ours.shape(), i, actual[i], expected[i], allowed));
      }
    }
  }
}
