package sequor.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sequor.Seed;
import sequor.tensor.Tensor;

/// Functions of one and two numbers, comparisons and choices.
@Tag("libtorch")
class PointwiseParityTest {
  private final Tensor x =
      Tensor.of(new float[] {-7.3f, -2.5f, -1, -0.5f, -1e-3f, 0, 1e-3f, 0.5f, 1.5f, 2, 3.2f, 40});
  private final Tensor positive = Tensor.of(new float[] {1e-6f, 0.01f, 0.5f, 1, 3, 200});
  private final Tensor a = Tensor.of(new float[] {-2, -1, 0.5f, 1, 1, 3}, 2, 3);
  private final Tensor b = Tensor.of(new float[] {-1, 1, 1});

  static Stream<Arguments> functions() {
    return Stream.of(
        function("abs", Tensor::abs, torch::abs),
        function("sign", Tensor::sign, torch::sign),
        function("floor", Tensor::floor, torch::floor),
        function("ceil", Tensor::ceil, torch::ceil),
        function("round", Tensor::round, torch::round),
        function("square", Tensor::square, torch::square),
        function("expm1", t -> t.times(0.1f).expm1(), t -> torch.expm1(t.mul(new Scalar(0.1f)))),
        function("sin", Tensor::sin, torch::sin),
        function("cos", Tensor::cos, torch::cos),
        function("erf", Tensor::erf, torch::erf),
        function("pow 3", t -> t.pow(3), t -> torch.pow(t, new Scalar(3))),
        function("pow 2", t -> t.pow(2), t -> torch.pow(t, new Scalar(2))),
        function("pow 1", t -> t.pow(1), t -> torch.pow(t, new Scalar(1))),
        function("pow 0", t -> t.pow(0), t -> torch.pow(t, new Scalar(0))),
        function("divide", t -> t.dividedBy(41), t -> t.div(new Scalar(41))),
        function("mean", Tensor::mean, t -> t.mean()));
  }

  static Stream<Arguments> functionsOfPositives() {
    return Stream.of(
        function("sqrt", Tensor::sqrt, torch::sqrt),
        function("log", Tensor::log, torch::log),
        function("log1p", Tensor::log1p, torch::log1p),
        function("rsqrt", t -> t.plus(0.1f).rsqrt(), t -> torch.rsqrt(t.add(new Scalar(0.1f)))),
        function("pow 1.7", t -> t.pow(1.7f), t -> torch.pow(t, new Scalar(1.7f))),
        function("pow -½", t -> t.plus(1).pow(-0.5f), t -> plus1(t).pow(new Scalar(-0.5f))),
        function("pow -1", t -> t.plus(1).pow(-1), t -> plus1(t).pow(new Scalar(-1))));
  }

  private static org.bytedeco.pytorch.Tensor plus1(org.bytedeco.pytorch.Tensor t) {
    return t.add(new Scalar(1));
  }

  private static Arguments function(
      String name, UnaryOperator<Tensor> ours, UnaryOperator<org.bytedeco.pytorch.Tensor> theirs) {
    return arguments(name, ours, theirs);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  void functionOfAnyNumber(
      String name, UnaryOperator<Tensor> ours, UnaryOperator<org.bytedeco.pytorch.Tensor> theirs) {
    Parity.of("x", x).check(() -> ours.apply(x), t -> theirs.apply(t.get("x")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("functionsOfPositives")
  void functionOfAPositiveNumber(
      String name, UnaryOperator<Tensor> ours, UnaryOperator<org.bytedeco.pytorch.Tensor> theirs) {
    Parity.of("x", positive).check(() -> ours.apply(positive), t -> theirs.apply(t.get("x")));
  }

  @Test
  void extremesWithTies() {
    Parity.of("a", a)
        .and("b", b)
        .check(() -> a.maximum(b), t -> torch.maximum(t.get("a"), t.get("b")));
    Parity.of("a", a)
        .and("b", b)
        .check(() -> a.minimum(b), t -> torch.minimum(t.get("a"), t.get("b")));
  }

  @Test
  void powersOfTensors() {
    var base = Tensor.of(new float[] {0, 0.5f, 2, 1, 0, 3}, 2, 3);
    var exponent = Tensor.of(new float[] {2, 0, -1.5f});
    Parity.of("base", base)
        .and("exponent", exponent)
        .check(() -> base.pow(exponent), t -> torch.pow(t.get("base"), t.get("exponent")));
    Parity.of("base", a).check(() -> a.pow(Tensor.of(2)), t -> t.get("base").pow(new Scalar(2)));
  }

  @Test
  void choices() {
    var mask = Tensor.of(new float[] {1, 0}, 2, 1);
    var scalar = Tensor.of(4);
    Parity.of("b", b)
        .and("scalar", scalar)
        .check(
            () -> b.where(mask, scalar),
            t -> torch.where(Torch.of(mask).to(ScalarType.Bool), t.get("b"), t.get("scalar")));
    Parity.of("a", a)
        .check(
            () -> a.maskedFill(mask, -5),
            t -> torch.masked_fill(t.get("a"), Torch.of(mask).to(ScalarType.Bool), new Scalar(-5)));
  }

  @Test
  void closeness() {
    var random = new Seed(8).generator();
    for (float shift : new float[] {0, 1e-9f, 1e-8f, 1e-6f, 1e-5f, 2e-5f, 1e-3f}) {
      var from = Tensor.randn(random, 2);
      var other = from.times(1 + shift).plus(shift / 10);
      assertThat(from.allClose(other))
          .as("%s and %s", from, other)
          .isEqualTo(torch.allclose(Torch.of(from), Torch.of(other)));
    }
    float inf = Float.POSITIVE_INFINITY;
    for (float p : new float[] {1, inf, -inf, Float.NaN}) {
      for (float q : new float[] {1, inf, -inf, Float.NaN}) {
        assertThat(Tensor.of(p).allClose(Tensor.of(q)))
            .as("%s and %s", p, q)
            .isEqualTo(torch.allclose(Torch.of(Tensor.of(p)), Torch.of(Tensor.of(q))));
      }
    }
  }
}
