package sequor.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sequor.Seed;
import sequor.tensor.Tensor;

class OptimizerTest {
  private static final int SIZE = 37;

  /// An optimizer and the same formula for a single number, in doubles.
  record Twin(String name, Function<Map<String, Tensor>, Optimizer> optimizer, Formula formula) {
    @Override
    public String toString() {
      return name;
    }
  }

  /// Changes `p` by `g`; `a` and `b` are its memory, `t` is the number of the step from 1.
  interface Formula {
    double step(double p, double g, double[] memory, int t);
  }

  static Stream<Twin> twins() {
    return Stream.of(
        new Twin("sgd", p -> new Sgd(p, 0.1f), (p, g, m, t) -> p - 0.1 * g),
        new Twin(
            "sgd with momentum, dampening and decay",
            p ->
                new Sgd(
                    p,
                    Sgd.Config.of(0.1f)
                        .withMomentum(0.9f)
                        .withDampening(0.2f)
                        .withWeightDecay(0.05f)),
            (p, g, m, t) -> {
              double decayed = g + 0.05 * p;
              m[0] = t == 1 ? decayed : 0.9 * m[0] + 0.8 * decayed;
              return p - 0.1 * m[0];
            }),
        new Twin(
            "sgd with Nesterov's momentum",
            p -> new Sgd(p, Sgd.Config.of(0.1f).withNesterov(0.9f)),
            (p, g, m, t) -> {
              m[0] = t == 1 ? g : 0.9 * m[0] + g;
              return p - 0.1 * (g + 0.9 * m[0]);
            }),
        new Twin("adam", p -> new Adam(p, 0.1f), (p, g, m, t) -> adam(p, g, m, t, 0.9, 0.999)),
        new Twin(
            "adam with decay",
            p -> new Adam(p, Adam.Config.of(0.1f).withBetas(0.8f, 0.99f).withWeightDecay(0.05f)),
            (p, g, m, t) -> adam(p, g + 0.05 * p, m, t, 0.8, 0.99)),
        new Twin(
            "adamw",
            p -> new AdamW(p, 0.1f),
            (p, g, m, t) -> adam(p - 0.1 * 0.01 * p, g, m, t, 0.9, 0.999)),
        new Twin(
            "adagrad",
            p -> new Adagrad(p, Adagrad.Config.of(0.1f).withWeightDecay(0.05f)),
            (p, g, m, t) -> {
              double decayed = g + 0.05 * p;
              m[0] += decayed * decayed;
              return p - 0.1 * decayed / (Math.sqrt(m[0]) + 1e-10);
            }),
        new Twin(
            "adadelta",
            p -> new Adadelta(p, Adadelta.Config.of(1).withWeightDecay(0.05f)),
            (p, g, m, t) -> {
              double decayed = g + 0.05 * p;
              m[0] = 0.9 * m[0] + 0.1 * decayed * decayed;
              double change = Math.sqrt(m[1] + 1e-6) / Math.sqrt(m[0] + 1e-6) * decayed;
              m[1] = 0.9 * m[1] + 0.1 * change * change;
              return p - change;
            }),
        new Twin(
            "rmsprop",
            p -> new RmsProp(p, RmsProp.Config.of(0.01f).withWeightDecay(0.05f)),
            (p, g, m, t) -> {
              double decayed = g + 0.05 * p;
              m[0] = 0.99 * m[0] + 0.01 * decayed * decayed;
              return p - 0.01 * decayed / (Math.sqrt(m[0]) + 1e-8);
            }),
        new Twin(
            "rmsprop with momentum",
            p -> new RmsProp(p, RmsProp.Config.of(0.01f).withMomentum(0.9f)),
            (p, g, m, t) -> {
              m[0] = 0.99 * m[0] + 0.01 * g * g;
              m[1] = 0.9 * m[1] + g / (Math.sqrt(m[0]) + 1e-8);
              return p - 0.01 * m[1];
            }));
  }

  private static double adam(double p, double g, double[] m, int t, double beta1, double beta2) {
    m[0] = beta1 * m[0] + (1 - beta1) * g;
    m[1] = beta2 * m[1] + (1 - beta2) * g * g;
    double mean = m[0] / (1 - Math.pow(beta1, t));
    double square = m[1] / (1 - Math.pow(beta2, t));
    return p - 0.1 * mean / (Math.sqrt(square) + 1e-8);
  }

  @ParameterizedTest
  @MethodSource("twins")
  void followsItsFormulaForTwentySteps(Twin twin) {
    var random = new Seed(5).generator();
    var parameter = Tensor.randn(random, SIZE).requiresGrad(true);
    var optimizer = twin.optimizer.apply(Map.of("p", parameter));
    double[] expected = widened(parameter);
    double[][] memory = new double[SIZE][2];
    for (int t = 1; t <= 20; t++) {
      var gradient = Tensor.randn(random, SIZE);
      parameter.addGrad(gradient);
      optimizer.step();
      for (int i = 0; i < SIZE; i++) {
        expected[i] = twin.formula.step(expected[i], gradient.get(i), memory[i], t);
        assertThat((double) parameter.get(i))
            .describedAs("number %d after step %d", i, t)
            .isCloseTo(expected[i], within(2e-5 * (1 + Math.abs(expected[i]))));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("twins")
  void goesOnFromItsStateToTheSameBits(Twin twin) {
    var whole = new Walk(twin);
    whole.steps(0, 12);

    var first = new Walk(twin);
    first.steps(0, 5);
    var second = new Walk(twin);
    second.a.assign(first.a);
    second.b.assign(first.b);
    second.optimizer.restore(first.optimizer.state());
    second.steps(5, 12);

    assertThat(second.a.toArray()).isEqualTo(whole.a.toArray());
    assertThat(second.b.toArray()).isEqualTo(whole.b.toArray());
  }

  /// Two parameters, of which the second has a gradient at every third step only.
  private static final class Walk {
    final Tensor a = Tensor.ones(3, 2).requiresGrad(true);
    final Tensor b = Tensor.ones(4).requiresGrad(true);
    final Optimizer optimizer;

    Walk(Twin twin) {
      optimizer = twin.optimizer.apply(Map.of("a", a, "b", b));
    }

    void steps(int from, int to) {
      for (int t = from; t < to; t++) {
        var random = new Seed(1).child(t).generator();
        a.addGrad(Tensor.randn(random, 3, 2));
        if (t % 3 == 0) {
          b.addGrad(Tensor.randn(random, 4));
        }
        optimizer.step();
      }
    }
  }

  @Test
  void firstAdamStepIsTheLearningRateWhateverTheGradient() {
    var p = Tensor.of(new float[] {1, 1, 1}).requiresGrad(true);
    var adam = new Adam(Map.of("p", p), 0.5f);
    p.addGrad(Tensor.of(new float[] {1000, -0.001f, 3}));
    adam.step();
    assertThat(p.toArray()).containsExactly(new float[] {0.5f, 1.5f, 0.5f}, within(1e-4f));
  }

  @Test
  void aStepUsesTheGradientsUp() {
    var p = Tensor.of(1).requiresGrad(true);
    var sgd = new Sgd(Map.of("p", p), 0.5f);
    p.addGrad(Tensor.of(1));
    sgd.step();
    assertThat(p.hasGrad()).isFalse();
    sgd.step();
    assertThat(p.item()).isEqualTo(0.5f);
  }

  @Test
  void aParameterWithoutGradientIsLeftAloneEvenByMomentumAndDecay() {
    var p = Tensor.of(1).requiresGrad(true);
    var still = Tensor.of(1).requiresGrad(true);
    var sgd =
        new Sgd(
            Map.of("p", p, "still", still),
            Sgd.Config.of(0.5f).withMomentum(0.9f).withWeightDecay(0.1f));
    p.addGrad(Tensor.of(1));
    sgd.step();
    assertThat(still.item()).isEqualTo(1);
    assertThat(sgd.state().steps()).containsEntry("p", 1L).containsEntry("still", 0L);
  }

  @Test
  void theLearningRateCanBeChanged() {
    var p = Tensor.of(1).requiresGrad(true);
    var sgd = new Sgd(Map.of("p", p), 0.5f);
    sgd.learningRate(0.25f);
    p.addGrad(Tensor.of(1));
    sgd.step();
    assertThat(p.item()).isEqualTo(0.75f);
  }

  @Test
  void someParametersMayBeLeftOutOfWeightDecay() {
    var weight = Tensor.of(1).requiresGrad(true);
    var bias = Tensor.of(1).requiresGrad(true);
    var sgd =
        new Sgd(Map.of("weight", weight, "bias", bias), Sgd.Config.of(0.5f).withWeightDecay(0.5f))
            .withoutDecay(name -> name.endsWith("bias"));
    weight.addGrad(Tensor.of(0));
    bias.addGrad(Tensor.of(0));
    sgd.step();
    assertThat(weight.item()).isEqualTo(0.75f);
    assertThat(bias.item()).isEqualTo(1);
  }

  @Test
  void theStateIsACopyAndNamedAsInPyTorch() {
    var p = Tensor.of(1).requiresGrad(true);
    var adam = new Adam(Map.of("p", p), 0.5f);
    var before = adam.state();
    p.addGrad(Tensor.of(1));
    adam.step();
    assertThat(before.tensors()).containsOnlyKeys("p.exp_avg", "p.exp_avg_sq");
    assertThat(before.tensors())
        .hasEntrySatisfying("p.exp_avg", m -> assertThat(m.item()).isZero());
    assertThat(adam.state().tensors())
        .hasEntrySatisfying("p.exp_avg", m -> assertThat(m.item()).isCloseTo(0.1f, within(1e-6f)));
  }

  @Test
  void aStateThatDoesNotFitIsRefused() {
    var one = new Adam(Map.of("a", Tensor.ones(2)), 0.1f);
    var other = new Adam(Map.of("b", Tensor.ones(2)), 0.1f);
    var wide = new Adam(Map.of("a", Tensor.ones(3)), 0.1f);
    var sgd = new Sgd(Map.of("a", Tensor.ones(2)), 0.1f);
    assertThatThrownBy(() -> one.restore(other.state()))
        .isInstanceOf(TrainException.class)
        .hasMessageContaining("missing [a.exp_avg, a.exp_avg_sq]")
        .hasMessageContaining("not expected [b.exp_avg, b.exp_avg_sq]");
    assertThatThrownBy(() -> one.restore(wide.state()))
        .hasMessageContaining("'a.exp_avg' must be (2), got (3)");
    var decoupled = new AdamW(Map.of("a", Tensor.ones(2)), 0.1f);
    assertThatThrownBy(() -> one.restore(decoupled.state()))
        .hasMessageContaining("Adam: the state is that of AdamW");
    assertThatThrownBy(() -> one.restore(sgd.state()))
        .isInstanceOf(TrainException.class)
        .hasMessage(
            "Adam: the state is that of Sgd; restore it with the optimizer it was made with");
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> Adam.Config.of(Float.NaN)).isInstanceOf(TrainException.class);
    assertThatThrownBy(() -> Adam.Config.of(-1)).hasMessageContaining("learning rate");
    assertThatThrownBy(() -> Adam.Config.of(1).withBetas(1, 0.9f)).hasMessageContaining("beta1");
    assertThatThrownBy(() -> AdamW.Config.of(1).withWeightDecay(-1))
        .hasMessageContaining("weight decay");
    assertThatThrownBy(() -> new Sgd.Config(0.1f, 0, 0, 0, true))
        .hasMessageContaining("Nesterov needs momentum");
    assertThatThrownBy(() -> Sgd.Config.of(1).withDampening(1.5f))
        .isInstanceOf(TrainException.class)
        .hasMessageContaining("dampening must be from 0 to 1, got 1.5");
    assertThatThrownBy(() -> Sgd.Config.of(1).withDampening(Float.NaN))
        .hasMessageContaining("dampening");
    assertThatThrownBy(() -> new Sgd(Map.of(), 0.1f)).hasMessageContaining("nothing to learn");
  }

  private static double[] widened(Tensor tensor) {
    float[] values = tensor.toArray();
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
