package sequor.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import sequor.tensor.Tensor;

class ClippingTest {
  private static Map<String, Tensor> withGradients(float[] a, float[] b) {
    var parameters = new LinkedHashMap<String, Tensor>();
    parameters.put("a", withGradient(a));
    parameters.put("b", withGradient(b));
    parameters.put("still", Tensor.ones(3).requiresGrad(true));
    return parameters;
  }

  private static Tensor withGradient(float[] gradient) {
    var parameter = Tensor.zeros(gradient.length).requiresGrad(true);
    parameter.addGrad(Tensor.of(gradient));
    return parameter;
  }

  private static float[] gradient(Map<String, Tensor> parameters, String name) {
    return java.util.Objects.requireNonNull(parameters.get(name)).grad().toArray();
  }

  @Test
  void byNormScalesAllGradientsTogether() {
    var parameters = withGradients(new float[] {3, 0}, new float[] {-4});
    assertThat(Clipping.byNorm(1).apply(parameters)).isEqualTo(5);
    assertThat(gradient(parameters, "a")).containsExactly(new float[] {0.6f, 0}, within(1e-6f));
    assertThat(gradient(parameters, "b")).containsExactly(new float[] {-0.8f}, within(1e-6f));
    assertThat(parameters.get("still")).matches(p -> !p.hasGrad());
  }

  @Test
  void byNormLeavesSmallGradientsAsTheyAre() {
    var parameters = withGradients(new float[] {0.3f}, new float[] {0.4f});
    assertThat(Clipping.byNorm(1).apply(parameters)).isCloseTo(0.5, within(1e-7));
    assertThat(gradient(parameters, "a")).containsExactly(0.3f);
  }

  @Property
  void byNormNeverLeavesMoreThanTheNormAllowed(
      @ForAll @Size(2) List<@FloatRange(min = -1e6f, max = 1e6f) Float> a,
      @ForAll @DoubleRange(min = 0.01, max = 1000) double max) {
    var parameters = withGradients(new float[] {a.get(0), a.get(1)}, new float[] {1});
    double before = Clipping.byNorm(max).apply(parameters);
    assertThat(Clipping.norm(parameters))
        .isLessThanOrEqualTo(max * (1 + 1e-5))
        .isCloseTo(Math.min(max, before), within(max * 1e-5 + 2e-6));
  }

  @Test
  void byValueHoldsEachNumberWithinTheLimit() {
    var parameters = withGradients(new float[] {3, -0.1f}, new float[] {-4});
    assertThat(Clipping.byValue(0.5f).apply(parameters)).isCloseTo(5.001, within(1e-3));
    assertThat(gradient(parameters, "a")).containsExactly(0.5f, -0.1f);
    assertThat(gradient(parameters, "b")).containsExactly(-0.5f);
  }

  @Test
  void noneOnlyLooks() {
    var parameters = withGradients(new float[] {3}, new float[] {-4});
    assertThat(Clipping.none().apply(parameters)).isEqualTo(5);
    assertThat(gradient(parameters, "b")).containsExactly(-4);
  }

  @Test
  void aGradientThatIsNoNumberIsNamed() {
    var parameters = withGradients(new float[] {3}, new float[] {Float.NaN});
    for (var clipping : new Clipping[] {Clipping.none(), Clipping.byNorm(1), Clipping.byValue(1)}) {
      assertThatThrownBy(() -> clipping.apply(parameters))
          .isInstanceOf(TrainException.class)
          .hasMessageContaining("the gradient of 'b' is not finite");
    }
    var infinite = withGradients(new float[] {Float.POSITIVE_INFINITY}, new float[] {1});
    assertThatThrownBy(() -> Clipping.byNorm(1).apply(infinite)).hasMessageContaining("'a'");
  }

  @Test
  void boundsMustBePositive() {
    assertThatThrownBy(() -> Clipping.byNorm(0)).isInstanceOf(TrainException.class);
    assertThatThrownBy(() -> Clipping.byValue(-1)).isInstanceOf(TrainException.class);
  }
}
