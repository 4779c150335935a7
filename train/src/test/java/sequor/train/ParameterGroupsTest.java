package sequor.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import sequor.Seed;
import sequor.nn.NnModule;
import sequor.nn.Parts;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;

class ParameterGroupsTest {
  private final Map<String, Tensor> parameters = new LinkedHashMap<>();

  private Tensor parameter(String name) {
    return Check.named(parameters, name);
  }

  private Sgd sgd(float rate, float decay) {
    for (var name : List.of("body.weight", "body.bias", "head.weight")) {
      parameters.put(name, Tensor.of(1).requiresGrad(true));
    }
    return new Sgd(parameters, Sgd.Config.of(rate).withWeightDecay(decay));
  }

  private void step(Optimizer optimizer, float gradient) {
    parameters.values().forEach(p -> p.addGrad(Tensor.of(gradient)));
    optimizer.step();
  }

  @Test
  void eachGroupHasItsRateAndDecay() {
    var sgd = sgd(0.5f, 0.5f);
    sgd.group(name -> name.startsWith("body."), group -> group.withLearningRate(0.25f))
        .withoutDecay(name -> name.endsWith("bias"));
    assertThat(sgd.learningRate()).isEqualTo(0.5f);
    assertThat(sgd.learningRate("body.bias")).isEqualTo(0.25f);
    step(sgd, 1);
    assertThat(parameter("head.weight").item()).isEqualTo(1 - 0.5f * 1.5f);
    assertThat(parameter("body.weight").item()).isEqualTo(1 - 0.25f * 1.5f);
    assertThat(parameter("body.bias").item()).isEqualTo(1 - 0.25f);
  }

  @Test
  void ratesChangeByOneFactor() {
    var sgd = sgd(0.1f, 0);
    sgd.group("head.weight"::equals, group -> group.withLearningRate(0.03f));
    sgd.scaleLearningRate(0.9);
    assertThat(sgd.learningRate()).isEqualTo((float) (0.1f * 0.9));
    assertThat(sgd.learningRate("head.weight")).isEqualTo((float) (0.03f * 0.9));
    sgd.learningRate(0.07f);
    assertThat(sgd.learningRate()).isEqualTo(0.07f);
    assertThat(sgd.learningRate("body.bias")).isEqualTo(0.07f);
    assertThat(sgd.learningRate("head.weight"))
        .isEqualTo((float) (0.03f * (0.07f / (double) 0.1f)));
  }

  @Test
  void aStateBringsTheRatesBackToTheBit() {
    var saved = sgd(0.1f, 0);
    saved.group("head.weight"::equals, group -> group.withLearningRate(0.03f));
    for (int i = 1; i < 200; i++) {
      saved.scaleLearningRate(1 / (double) i);
      var fresh = sgd(0.1f, 0);
      fresh.group("head.weight"::equals, group -> group.withLearningRate(0.03f));
      fresh.restore(saved.state());
      assertThat(fresh.learningRate()).isEqualTo(saved.learningRate());
      assertThat(fresh.learningRate("head.weight")).isEqualTo(saved.learningRate("head.weight"));
    }
  }

  /// Before there were groups, a checkpoint held the rate and no factor; such a one is read as 1.
  @Test
  void aStateWithoutAFactorBringsTheRateBack() {
    var sgd = sgd(0.1f, 0);
    sgd.restore(new Optimizer.State("Sgd", Map.of(), sgd.state().steps(), 0.025f, 1));
    assertThat(sgd.learningRate()).isEqualTo(0.025f);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    var sgd = sgd(0, 0);
    assertThatThrownBy(() -> sgd.group(name -> false, group -> group))
        .isInstanceOf(TrainException.class)
        .hasMessage(
            "Sgd: a group of no parameter; choose some of [body.weight, body.bias, head.weight]");
    assertThatThrownBy(() -> sgd.group(name -> true, group -> group.withWeightDecay(-1)))
        .isInstanceOf(TrainException.class)
        .hasMessageContaining("parameter group: weight decay");
    assertThatThrownBy(() -> sgd.learningRate("tail"))
        .isInstanceOf(TrainException.class)
        .hasMessageContaining("no parameter 'tail'");
    assertThatThrownBy(() -> sgd.learningRate(0.1f))
        .isInstanceOf(TrainException.class)
        .hasMessageContaining("made with learning rate 0");
    assertThatThrownBy(() -> sgd.scaleLearningRate(Double.NaN)).isInstanceOf(TrainException.class);
    sgd.withoutDecay(name -> false).learningRate(0);
  }

  /// A weight a group; each step lowers it by its learning rate.
  private record Walk(Tensor slow, Tensor fast) implements NnModule, Objective<Integer> {
    static Walk atZero() {
      return new Walk(Tensor.of(0).requiresGrad(true), Tensor.of(0).requiresGrad(true));
    }

    @Override
    public Parts parts() {
      return Parts.of("slow", slow).and("fast", fast);
    }

    @Override
    public NnModule module() {
      return this;
    }

    @Override
    public Feed<Integer> batches(int epoch, RandomGenerator random) {
      return Feed.of(List.of(1, 2));
    }

    @Override
    public Tensor loss(Integer batch) {
      return slow.plus(fast).sum();
    }

    /// Also where the optimizer's own rate is 0, and only the group learns.
    Trainer<Integer> trainer(float rate) {
      var sgd = new Sgd(parameters(), rate);
      sgd.group("fast"::equals, group -> group.withLearningRate(4));
      return new Trainer<>(this, sgd, new Seed(1))
          .monitoring("train_loss", EarlyStopping.Config.of(Mode.MIN).withoutEnd())
          .schedulePerStep(Schedule.exponential(0.5));
    }
  }

  @Test
  void aScheduleMultipliesTheRateOfEachGroup() {
    var walk = Walk.atZero();
    walk.trainer(1).run(2);
    assertThat(walk.slow.item()).isEqualTo(-(1 + 0.5f + 0.25f + 0.125f));
    assertThat(walk.fast.item()).isEqualTo(-4 * (1 + 0.5f + 0.25f + 0.125f));
    var still = Walk.atZero();
    still.trainer(0).run(2);
    assertThat(still.slow.item()).isZero();
    assertThat(still.fast.item()).isEqualTo(walk.fast.item());
  }

  /// As in PyTorch, where `zero_grad` clears only what the optimizer was given.
  @Test
  void gradientsOfWhatWasLeftOutAddUpUnlessItIsFrozen() {
    var given = Tensor.of(1).requiresGrad(true);
    var leftOut = Tensor.of(1).requiresGrad(true);
    var frozen = Tensor.of(1).requiresGrad(false);
    var sgd = new Sgd(Map.of("given", given), 0.5f);
    for (int step = 1; step <= 3; step++) {
      try (var tape = Tape.open()) {
        tape.backward(given.plus(leftOut).plus(frozen).sum());
        sgd.step();
      }
      assertThat(given.hasGrad()).isFalse();
      assertThat(leftOut.grad().item()).isEqualTo(step);
      assertThat(frozen.hasGrad()).isFalse();
    }
  }

  @Test
  void aFrozenParameterStandsStillAndGoesOnFromWhatIsRememberedOfIt() {
    var frozen = Tensor.ones(3).requiresGrad(true);
    var other = Tensor.ones(3).requiresGrad(true);
    var adam =
        new AdamW(
            Map.of("frozen", frozen, "other", other), AdamW.Config.of(0.1f).withWeightDecay(0.5f));
    frozen.addGrad(Tensor.ones(3));
    other.addGrad(Tensor.ones(3));
    adam.step();
    float[] before = frozen.toArray();
    var remembered = adam.state();
    frozen.requiresGrad(false);
    for (int i = 0; i < 3; i++) {
      frozen.addGrad(Tensor.ones(3));
      other.addGrad(Tensor.ones(3));
      adam.step();
    }
    assertThat(frozen.toArray()).isEqualTo(before);
    assertThat(adam.state().steps()).containsEntry("frozen", 1L).containsEntry("other", 4L);
    assertThat(Check.named(adam.state().tensors(), "frozen.exp_avg").toArray())
        .isEqualTo(Check.named(remembered.tensors(), "frozen.exp_avg").toArray());
    frozen.requiresGrad(true).addGrad(Tensor.ones(3));
    adam.step();
    assertThat(adam.state().steps()).containsEntry("frozen", 2L);
    assertThat(frozen.get(0)).isLessThan(before[0]);
  }
}
