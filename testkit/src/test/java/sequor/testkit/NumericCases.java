package sequor.testkit;

import java.util.stream.Stream;
import sequor.tensor.Convolution;
import sequor.tensor.DotProductAttention;
import sequor.tensor.DotProductAttention.Part;
import sequor.tensor.DotProductAttention.Settings;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// Products, reductions, and ops on rows.
final class NumericCases {
  private NumericCases() {}

  static Stream<OpCase> all() {
    return Stream.of(products(), convolutions(), attention(), reductions(), rows())
        .flatMap(cases -> cases);
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

  private static Stream<OpCase> attention() {
    var random = new Generators(27);
    var all = random.tensor(3, 5, 18); // queries, keys and values of 2 heads beside each other
    var own = Spans.of(new int[] {0, 1, 3}, new int[] {5, 4, 3}, 5);
    var queries = random.tensor(3, 2, 6);
    var both = random.tensor(3, 5, 12);
    var asking = Spans.full(3, 2);
    return Stream.of(
        OpCase.of("attention", () -> attended(all, own, false)).with("x", all),
        OpCase.of("causal attention", () -> attended(all, own, true)).with("x", all),
        OpCase.of(
                "attention to other steps",
                () ->
                    DotProductAttention.attend(
                        new Part(queries, 0),
                        new Part(both, 0),
                        new Part(both, 6),
                        asking,
                        own,
                        new Settings(6, 3, 0, false)))
            .with("queries", queries)
            .with("both", both));
  }

  private static Tensor attended(Tensor all, Spans spans, boolean causal) {
    return DotProductAttention.attend(
        new Part(all, 0),
        new Part(all, 6),
        new Part(all, 12),
        spans,
        spans,
        new Settings(6, 2, 0, causal));
  }

  private static Stream<OpCase> convolutions() {
    var random = new Generators(24);
    var x = random.tensor(2, 7, 3);
    var weight = random.tensor(4, 3, 2);
    var bias = random.tensor(4);
    return Stream.of(
        OpCase.of("conv1d", () -> x.conv1d(weight, bias, 1, 0, 1))
            .with("x", x)
            .with("weight", weight)
            .with("bias", bias),
        OpCase.of("conv1d, stride, padding and dilation", () -> x.conv1d(weight, bias, 2, 3, 2))
            .with("x", x)
            .with("weight", weight)
            .with("bias", bias),
        OpCase.of("conv1d without bias", () -> x.conv1d(weight, 1, 1, 1))
            .with("x", x)
            .with("weight", weight),
        padded("same", (in, w, b, spans) -> Convolution.same(in, w, b, 1, spans)),
        padded("same, dilated", (in, w, b, spans) -> Convolution.same(in, w, b, 3, spans)),
        padded("sameRelu", (in, w, b, spans) -> Convolution.sameRelu(in, w, b, 1, spans)),
        padded("max", (in, w, b, spans) -> Convolution.max(in, w, b, 1, spans)),
        padded("reluMax", (in, w, b, spans) -> Convolution.reluMax(in, w, b, 1, spans)),
        padded("reluMax, dilated", (in, w, b, spans) -> Convolution.reluMax(in, w, b, 3, spans)));
  }

  private interface Padded {
    Tensor of(Tensor x, Tensor weight, Tensor bias, Spans spans);
  }

  /// Over rows that are padded on both sides, shorter than a window, empty and whole.
  private static OpCase padded(String name, Padded convolution) {
    var random = new Generators(25);
    var x = random.tensor(4, 6, 3);
    var weight = random.tensor(5, 3, 4).times(0.4f);
    var bias = Tensor.of(new float[] {8, 9, -9, 10, -8}); // keeps ReLU away from its kink
    var spans = Spans.of(new int[] {0, 2, 3, 1}, new int[] {6, 4, 3, 6}, 6);
    return OpCase.of("convolution " + name, () -> convolution.of(x, weight, bias, spans))
        .with("x", x)
        .with("weight", weight)
        .with("bias", bias);
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
    var away = random.tensorAwayFromZero(3, 4);
    return Stream.of(
        OpCase.of("sum", () -> x.sum()).with("x", x),
        OpCase.of("sum, axis 0", () -> x.sum(0)).with("x", x),
        OpCase.of("sum, axis 1", () -> x.sum(1)).with("x", x),
        OpCase.of("sum, last axis", () -> x.sum(-1)).with("x", x),
        OpCase.of("mean", () -> x.mean()).with("x", x),
        OpCase.of("mean, axis 1", () -> x.mean(1)).with("x", x),
        OpCase.of("max, axis 0", () -> apart.max(0)).with("x", apart),
        OpCase.of("max, axis 1", () -> apart.max(1)).with("x", apart),
        OpCase.of("max, last axis", () -> apart.max(-1)).with("x", apart),
        OpCase.of("sum, neighbours", () -> x.sum(1, 2)).with("x", x),
        OpCase.of("sum, axes apart", () -> x.sum(new int[] {0, -1}, true)).with("x", x),
        OpCase.of("mean, kept", () -> x.mean(1, true)).with("x", x),
        OpCase.of("max, two axes", () -> apart.max(0, 2)).with("x", apart),
        OpCase.of("min", () -> apart.min(1, true)).with("x", apart),
        OpCase.of("maxWithIndices", () -> apart.maxWithIndices(1, false).values()).with("x", apart),
        OpCase.of("minWithIndices", () -> apart.minWithIndices(-1, true).values()).with("x", apart),
        OpCase.of("topK", () -> apart.topK(2, 1).values()).with("x", apart),
        OpCase.of("sort", () -> apart.sort(-1, false).values()).with("x", apart),
        OpCase.of("variance", () -> x.variance(1)).with("x", x),
        OpCase.of("variance, uncorrected", () -> x.variance(new int[] {0, 2}, 0, true))
            .with("x", x),
        OpCase.of("std", () -> x.std(0, 1)).with("x", x),
        OpCase.of("norm 1", () -> away.norm(1)).with("x", away),
        OpCase.of("norm 2", () -> x.norm(2, 1)).with("x", x),
        OpCase.of("norm ∞", () -> away.norm(Float.POSITIVE_INFINITY, 0)).with("x", away),
        OpCase.of("cumsum", () -> x.cumsum(1)).with("x", x),
        OpCase.of("cumsum, last axis", () -> x.cumsum(-1)).with("x", x));
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
        OpCase.of("softmax, axis 0", () -> x.softmax(0)).with("x", x),
        OpCase.of("logSoftmax, axis 1", () -> cube.logSoftmax(1)).with("x", cube),
        OpCase.of("logSumExp", () -> x.logSumExp(-1, true)).with("x", x),
        OpCase.of("logSumExp, axes apart", () -> cube.logSumExp(0, 2)).with("x", cube),
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
