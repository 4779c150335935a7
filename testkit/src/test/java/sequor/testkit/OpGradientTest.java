package sequor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sequor.tensor.CustomOp;
import sequor.tensor.Op;
import sequor.tensor.Shape;
import sequor.tensor.Tensor;

/// Every op there is passes a gradient check.
class OpGradientTest {

  static Stream<OpCase> cases() {
    return Stream.of(
            PointwiseCases.all(),
            LayoutCases.all(),
            NumericCases.all(),
            RecurrentCases.all(),
            ScanCases.all(),
            ChainCases.all(),
            custom())
        .flatMap(cases -> cases);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theTapeAgreesWithSmallSteps(OpCase op) {
    op.check();
  }

  /// The sealed families are walked down to the records: a new op without a case above fails here.
  @Test
  void everyOpHasACase() {
    Set<Class<?>> proven =
        cases().flatMap(op -> op.ops().stream()).map(Op::getClass).collect(Collectors.toSet());

    assertThat(leaves(Op.class))
        .hasSizeGreaterThan(20)
        .allSatisfy(leaf -> assertThat(proven).anyMatch(leaf::isAssignableFrom));
  }

  private static Stream<Class<?>> walk(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(OpGradientTest::walk)
        : Stream.of(type);
  }

  private static Set<Class<?>> leaves(Class<?> type) {
    return walk(type).collect(Collectors.toSet());
  }

  private static Stream<OpCase> custom() {
    var x = new Generators(40).tensorAwayFromZero(3, 4);
    return Stream.of(OpCase.of("custom", () -> Op.apply(new MyRelu(x))).with("x", x));
  }

  /// An op as a user would write it.
  record MyRelu(Tensor x) implements CustomOp {
    @Override
    public List<Tensor> inputs() {
      return List.of(x);
    }

    @Override
    public Shape shape() {
      return x.shape();
    }

    @Override
    public void forward(Tensor y) {
      y.assign(x.maximum(0));
    }

    @Override
    public void backward(Tensor y) {
      x.addGrad(y.grad().times(x.greaterThan(0))); // dx += dy · [x > 0]
    }
  }
}
