package sequor.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import sequor.kernels.Unary;
import sequor.tensor.Tensor;

/// Ops that work number by number. Inputs stay away from kinks and poles.
final class PointwiseCases {
  private static final List<int[][]> BROADCASTS =
      List.of(
          new int[][] {{5}, {5}},
          new int[][] {{2, 3}, {3}},
          new int[][] {{3}, {2, 3}},
          new int[][] {{2, 3}, {}},
          new int[][] {{}, {2, 3}},
          new int[][] {{}, {}},
          new int[][] {{1, 3}, {2, 1}},
          new int[][] {{2, 1, 4}, {3, 1}},
          new int[][] {{4, 3, 2}, {4, 1, 2}},
          new int[][] {{1, 1, 2}, {2}});

  private PointwiseCases() {}

  static Stream<OpCase> all() {
    return Stream.of(
            ofTwo("plus", Tensor::plus),
            ofTwo("minus", Tensor::minus),
            ofTwo("times", Tensor::times),
            ofTwo("dividedBy", Tensor::dividedBy),
            ofTwo("maximum", Tensor::maximum),
            ofTwo("minimum", Tensor::minimum),
            ofTwo("pow", (a, b) -> a.abs().plus(0.5f).pow(b)),
            Arrays.stream(Unary.values()).map(PointwiseCases::map),
            others())
        .flatMap(cases -> cases);
  }

  private static Stream<OpCase> ofTwo(String name, BinaryOperator<Tensor> f) {
    return BROADCASTS.stream()
        .map(
            dims -> {
              // one from 0.5 to 1.5, one from −2 to −1 or 2 to 3: never equal, never 0
              var random = new Generators(7);
              var a = random.tensorBetween(0.5f, 1.5f, dims[0]);
              var away = random.tensorAwayFromZero(dims[1]);
              var b = away.greaterThan(0).times(4).minus(2).plus(away.abs().times(0.5f));
              var title = "%s %s and %s".formatted(name, a.shape(), b.shape());
              return OpCase.of(title, () -> f.apply(a, b)).with("a", a).with("b", b);
            });
  }

  private static OpCase map(Unary f) {
    var random = new Generators(8);
    var x =
        switch (f) {
          case LOG, SQRT, RSQRT, RECIPROCAL -> random.tensorBetween(0.5f, 2, 3, 5);
          case LOG1P -> random.tensorBetween(-0.5f, 2, 3, 5);
          // between the whole numbers and their halves
          case FLOOR, CEIL, ROUND -> random.tensorBetween(0.1f, 0.4f, 3, 5).minus(2).copy();
          default -> random.tensorAwayFromZero(3, 5);
        };
    return OpCase.of("map " + f, () -> x.map(f)).with("x", x);
  }

  private static Stream<OpCase> others() {
    var random = new Generators(9);
    var x = random.tensorAwayFromZero(3, 4);
    var z = random.tensorAwayFromZero(3, 4);
    var mask = random.tensorAwayFromZero(3, 4).greaterThan(0);
    var row = random.tensor(4);
    var column = random.tensorAwayFromZero(3, 1);
    var scalar = random.tensor();
    return Stream.of(
        OpCase.of("affine", () -> x.times(-2.5f).plus(3)).with("x", x),
        OpCase.of("clamp", () -> x.clamp(-0.05f, 0.05f).plus(z.clamp(-5, 5)))
            .with("x", x)
            .with("z", z),
        OpCase.of("clamp from below", () -> x.maximum(0)).with("x", x),
        OpCase.of("where", () -> x.where(mask, z)).with("x", x).with("z", z),
        OpCase.of("where, one side", () -> x.where(mask, Tensor.zeros(3, 4))).with("x", x),
        OpCase.of("where, broadcast", () -> row.where(column.greaterThan(0), z))
            .with("row", row)
            .with("z", z),
        OpCase.of("where, a scalar", () -> x.where(mask, scalar))
            .with("x", x)
            .with("scalar", scalar),
        OpCase.of("maskedFill", () -> x.maskedFill(column.greaterThan(0), 3)).with("x", x),
        OpCase.of("divided by a number", () -> x.dividedBy(-0.7f)).with("x", x),
        OpCase.of("whole powers of negative numbers", () -> x.pow(3)).with("x", x),
        OpCase.of("powers", () -> x.abs().plus(0.3f).pow(-1.3f)).with("x", x),
        OpCase.of("dropout", () -> x.dropout(0.4f)).with("x", x),
        OpCase.of("a tensor times itself", () -> x.times(x)).with("x", x),
        OpCase.of("a tensor divided by itself", () -> x.dividedBy(x)).with("x", x),
        OpCase.of("used three times", () -> x.plus(x).times(x.exp())).with("x", x));
  }
}
