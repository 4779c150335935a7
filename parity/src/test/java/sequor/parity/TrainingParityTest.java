package sequor.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.ReduceLROnPlateauScheduler;
import org.bytedeco.pytorch.ReduceLROnPlateauScheduler.SchedulerMode;
import org.bytedeco.pytorch.ReduceLROnPlateauScheduler.ThresholdMode;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.StepLR;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.Seed;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.train.Clipping;
import sequor.train.Mode;
import sequor.train.ReduceOnPlateau;
import sequor.train.Schedule;

/// Clipping of gradients, and the schedules that libtorch has.
@Tag("libtorch")
class TrainingParityTest {
  private static final float RATE = 0.4f;

  @ParameterizedTest
  @ValueSource(floats = {0.5f, 2, 1000})
  void clippingByNorm(float max) {
    clipped(
        (ours, theirs) -> {
          double norm = Clipping.byNorm(max).apply(ours);
          assertThat(norm).isCloseTo(torch.clip_grad_norm_(theirs, max), within(1e-4));
        });
  }

  @ParameterizedTest
  @ValueSource(floats = {0.1f, 1, 1000})
  void clippingByValue(float limit) {
    clipped(
        (ours, theirs) -> {
          assertThat(Clipping.byValue(limit).apply(ours)).isPositive();
          torch.clip_grad_value_(theirs, limit);
        });
  }

  private interface Clips {
    void apply(Map<String, Tensor> ours, TensorVector theirs);
  }

  private static void clipped(Clips clips) {
    var random = new Seed(6).generator();
    var parameters = new LinkedHashMap<String, Tensor>();
    parameters.put("weight", Tensor.randn(random, 4, 5).requiresGrad(true));
    parameters.put("bias", Tensor.randn(random, 4).requiresGrad(true));
    try (var _ = new PointerScope();
        var tape = Tape.open()) {
      var there = Torch.leaves(parameters);
      var loss = Tensor.of(0);
      for (var parameter : parameters.entrySet()) {
        loss = loss.plus(parameter.getValue().square().sum());
        var leaf = there.get(parameter.getKey());
        leaf.mul(leaf).sum().backward();
      }
      tape.backward(loss);
      clips.apply(parameters, there.startingWith(""));
      parameters.forEach(
          (name, p) -> Parity.assertSame("gradient of " + name, p.grad(), there.get(name).grad()));
    }
  }

  @Test
  void stepSchedule() {
    try (var _ = new PointerScope()) {
      var optimizer = optimizer();
      var scheduler = new StepLR(optimizer, 3, 0.5);
      var ours = Schedule.step(3, 0.5);
      for (int done = 0; done < 12; done++) {
        scheduler.step(); // the first changes nothing; in Python the constructor does it
        assertThat(RATE * ours.factor(done)).isCloseTo(rate(optimizer), within(1e-7));
        optimizer.step();
      }
    }
  }

  @Test
  void reduceOnPlateau() {
    // Better, worse for too long, not better by enough, better again, worse until it cannot fall.
    float[] metrics = {
      3, 2.5f, 2.6f, 2.6f, 2.6f, 2.6f, 2.4999f, 2.6f, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2
    };
    try (var _ = new PointerScope()) {
      var optimizer = optimizer();
      var scheduler =
          new ReduceLROnPlateauScheduler(
              optimizer,
              SchedulerMode.min,
              0.5f,
              2,
              1e-3,
              ThresholdMode.rel,
              1,
              new float[] {0.3f * RATE},
              0,
              false);
      var ours =
          new ReduceOnPlateau(
              ReduceOnPlateau.Config.of(Mode.MIN)
                  .withFactor(0.5)
                  .withPatience(2)
                  .withThreshold(1e-3)
                  .withCooldown(1)
                  .withFloor(0.3));
      for (float metric : metrics) {
        scheduler.step(metric);
        assertThat(RATE * ours.observe(metric)).isCloseTo(rate(optimizer), within(1e-7));
      }
    }
  }

  private static SGD optimizer() {
    var parameter = Torch.of(Tensor.zeros(1)).set_requires_grad(true);
    return new SGD(new TensorVector(parameter), new SGDOptions(RATE));
  }

  private static double rate(SGD optimizer) {
    return optimizer.param_groups().get(0).options().get_lr();
  }
}
