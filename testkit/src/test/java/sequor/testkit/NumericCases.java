package sequor.testkit;

import java.util.stream.Stream;
import sequor.tensor.Ids;
import sequor.tensor.Tensor;

/// Products, reductions, and ops on rows.
final class NumericCases {
  private NumericCases() {}

  static Stream<OpCase> all() {
    return Stream.of(products(), reductions(), rows()).flatMap(cases -> cases);
  }

  private static Stream<OpCase> products() {
    var linear = new Generators(20);
    var x = linear.tensor(2, 3, 5);
    var weight = linear.tensor(4, 5);
    var bias = linear.tensor(4);
    var square = linear.tensor(4, 4);
    return Stream.of(
        matmul(new int[] {2, 3}, 3, 4),
        matmul(new int[] {1, 7}, 7, 1),
        matmul(new int[] {3, 1}, 1, 2),
        matmul(new int[] {2, 5, 3}, 3, 4),
        matmul(new int[] {2, 2, 5, 3}, 2, 2, 3, 4),
        matmul(new int[] {2, 1, 5, 3}, 3, 3, 4), // broadcast on both sides
        matmul(new int[] {5, 3}, 2, 3, 4),
        matmul(new int[] {3, 1, 2}, 1, 2, 2),
        matmul(new int[] {1, 3, 2}, 4, 1, 2, 3),
        matmul(new int[] {3}, 3), // vectors
        matmul(new int[] {3}, 3, 4),
        matmul(new int[] {3}, 2, 3, 4),
        matmul(new int[] {4, 3}, 3),
        matmul(new int[] {2, 4, 3}, 3),
        matmulTransposed(new int[] {2, 3}, 4, 3),
        matmulTransposed(new int[] {2, 5, 3}, 4, 3),
        matmulTransposed(new int[] {2, 5, 3}, 2, 4, 3),
        matmulTransposed(new int[] {2, 1, 5, 3}, 3, 4, 3),
        matmulTransposed(new int[] {3}, 2, 4, 3),
        OpCase.of("linear without bias", () -> x.linear(weight))
            .with("x", x)
            .with("weight", weight),
        OpCase.of("matmul with itself", () -> weight.matmul(weight.transpose())).with("w", weight),
        OpCase.of("matmul of one tensor", () -> square.matmul(square)).with("x", square),
        OpCase.of("linear", () -> x.linear(weight, bias))
            .with("x", x)
            .with("weight", weight)
            .with("bias", bias),
        OpCase.of("linear of a vector", () -> bias.linear(Tensor.ones(2, 4), Tensor.zeros(2)))
            .with("x", bias));
  }

  private static OpCase matmul(int[] left, int... right) {
    var random = new Generators(21);
    var a = random.tensor(left);
    var b = random.tensor(right);
    var name = "matmul %s %s".formatted(a.shape(), b.shape());
    return OpCase.of(name, () -> a.matmul(b)).with("a", a).with("b", b);
  }

  private static OpCase matmulTransposed(int[] left, int... right) {
    var random = new Generators(21);
    var a = random.tensor(left);
    var b = random.tensor(right);
    var name = "matmul transposed %s %s".formatted(a.shape(), b.shape());
    return OpCase.of(name, () -> a.matmulTransposed(b)).with("a", a).with("b", b);
  }

  private static Stream<OpCase> reductions() {
    var random = new Generators(22);
    var x = random.tensor(2, 3, 4);
    var apart = random.tensorWithoutTies(2, 3, 4);
    return Stream.of(
        OpCase.of("sum", () -> x.sum()).with("x", x),
        OpCase.of("sum, axis 0", () -> x.sum(0)).with("x", x),
        OpCase.of("sum, axis 1", () -> x.sum(1)).with("x", x),
        OpCase.of("sum, last axis", () -> x.sum(-1)).with("x", x),
        OpCase.of("mean", () -> x.mean()).with("x", x),
        OpCase.of("mean, axis 1", () -> x.mean(1)).with("x", x),
        OpCase.of("max, axis 0", () -> apart.max(0)).with("x", apart),
        OpCase.of("max, axis 1", () -> apart.max(1)).with("x", apart),
        OpCase.of("max, last axis", () -> apart.max(-1)).with("x", apart));
  }

  private static Stream<OpCase> rows() {
    var random = new Generators(23);
    var x = random.tensor(4, 5);
    var cube = random.tensor(2, 3, 4);
    var scale = random.tensor(5);
    var shift = random.tensor(5);
    var targets = Ids.of(new int[] {4, 0, -100, 2}, 4);
    var weights = random.tensorBetween(0.5f, 2, 5);
    return Stream.of(
        OpCase.of("softmax", () -> x.softmax()).with("x", x),
        OpCase.of("softmax of a cube", () -> cube.softmax()).with("x", cube),
        OpCase.of("logSoftmax", () -> x.logSoftmax()).with("x", x),
        OpCase.of("crossEntropy", () -> x.crossEntropy(targets)).with("x", x),
        OpCase.of("crossEntropies", () -> x.crossEntropies(targets, weights, -100, 0)).with("x", x),
        OpCase.of("crossEntropies, smoothed", () -> x.crossEntropies(targets, weights, -100, 0.3f))
            .with("x", x),
        OpCase.of("layerNorm", () -> x.layerNorm(scale, shift, 1e-5f))
            .with("x", x)
            .with("weight", scale)
            .with("bias", shift));
  }
}
