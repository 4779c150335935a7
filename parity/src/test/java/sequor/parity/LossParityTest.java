package sequor.parity;

import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sequor.nn.CrossEntropyLoss;
import sequor.nn.Losses;
import sequor.nn.NllLoss;
import sequor.nn.Reduction;
import sequor.tensor.Ids;
import sequor.tensor.Seed;
import sequor.tensor.Tensor;

/// Every loss with every reduction.
@Tag("libtorch")
class LossParityTest {
  private static final int CLASSES = 5;
  private static final int IGNORED = -100;

  private final RandomGenerator random = new Seed(4).generator();
  private final Tensor input = Tensor.randn(random, 4, 6).times(2).copy();
  private final Tensor target = Tensor.randn(random, 4, 6);
  private final Tensor logits = Tensor.randn(random, 7, CLASSES).times(3).copy();
  private final Tensor weights = Tensor.uniform(random, 0.2f, 3, CLASSES);
  private final Ids classes = Ids.of(new int[] {0, 4, 2, 2, 1, 3, 0});

  @ParameterizedTest
  @EnumSource
  void mse(Reduction reduction) {
    Parity.of("input", input)
        .and("target", target)
        .check(
            () -> Losses.mse(input, target, reduction),
            t -> torch.mse_loss(t.get("input"), t.get("target"), Torch.reduction(reduction)));
  }

  @ParameterizedTest
  @EnumSource
  void l1(Reduction reduction) {
    Parity.of("input", input)
        .and("target", target)
        .check(
            () -> Losses.l1(input, target, reduction),
            t -> torch.l1_loss(t.get("input"), t.get("target"), Torch.reduction(reduction)));
  }

  @ParameterizedTest
  @EnumSource
  void huber(Reduction reduction) {
    Parity.of("input", input)
        .and("target", target)
        .check(
            () -> Losses.huber(input, target, 0.7f, reduction),
            t ->
                torch.huber_loss(
                    t.get("input"), t.get("target"), Torch.reduction(reduction), 0.7f));
  }

  @ParameterizedTest
  @EnumSource
  void bceWithLogits(Reduction reduction) {
    var probabilities = Tensor.uniform(random, 0, 1, 4, 6);
    Parity.of("input", input)
        .check(
            () -> Losses.bceWithLogits(input, probabilities, reduction),
            t ->
                torch.binary_cross_entropy_with_logits(
                    t.get("input"),
                    Torch.of(probabilities),
                    new TensorOptional(),
                    new TensorOptional(),
                    Torch.reduction(reduction)));
  }

  @ParameterizedTest
  @EnumSource
  void nllWithWeightsAndAnIgnoredIndex(Reduction reduction) {
    Parity.of("logits", logits)
        .check(
            () ->
                new NllLoss(reduction)
                    .withWeights(weights)
                    .withIgnoreIndex(0)
                    .of(logits.logSoftmax(), classes),
            t ->
                torch.nll_loss(
                    torch.log_softmax(t.get("logits"), -1),
                    Torch.of(classes),
                    new TensorOptional(Torch.of(weights)),
                    Torch.reduction(reduction),
                    0));
  }

  @ParameterizedTest
  @EnumSource
  void nll(Reduction reduction) {
    Parity.of("logits", logits)
        .check(
            () -> new NllLoss(reduction).of(logits.logSoftmax(), classes),
            t ->
                torch.nll_loss(
                    torch.log_softmax(t.get("logits"), -1),
                    Torch.of(classes),
                    new TensorOptional(),
                    Torch.reduction(reduction),
                    IGNORED));
  }

  @ParameterizedTest
  @EnumSource
  void crossEntropy(Reduction reduction) {
    compare(new CrossEntropyLoss().withReduction(reduction), new Setting(reduction));
  }

  @ParameterizedTest
  @EnumSource
  void crossEntropyWithWeights(Reduction reduction) {
    compare(
        new CrossEntropyLoss().withReduction(reduction).withWeights(weights),
        new Setting(reduction).weighted());
  }

  @ParameterizedTest
  @EnumSource
  void crossEntropyWithSmoothing(Reduction reduction) {
    compare(
        new CrossEntropyLoss().withReduction(reduction).withLabelSmoothing(0.2f),
        new Setting(reduction).smoothed(0.2f));
  }

  @ParameterizedTest
  @EnumSource
  void crossEntropyWithIgnoredTargets(Reduction reduction) {
    compare(
        new CrossEntropyLoss().withReduction(reduction).withIgnoreIndex(2),
        new Setting(reduction).ignoring(2));
  }

  @ParameterizedTest
  @EnumSource
  void crossEntropyWithAll(Reduction reduction) {
    compare(
        new CrossEntropyLoss()
            .withReduction(reduction)
            .withWeights(weights)
            .withIgnoreIndex(0)
            .withLabelSmoothing(0.3f),
        new Setting(reduction).weighted().ignoring(0).smoothed(0.3f));
  }

  @Test
  void crossEntropyOfEveryStep() {
    var steps = Tensor.randn(random, 2, 3, CLASSES);
    var targets = Ids.of(new int[] {0, IGNORED, 4, 1, 1, IGNORED}, 2, 3);
    Parity.of("steps", steps)
        .check(
            () -> new CrossEntropyLoss().of(steps, targets),
            t ->
                torch.cross_entropy(t.get("steps").view(6, CLASSES), Torch.of(targets.reshape(6))));
  }

  private record Setting(Reduction reduction, boolean hasWeights, int ignored, float smoothing) {
    Setting(Reduction reduction) {
      this(reduction, false, IGNORED, 0);
    }

    Setting weighted() {
      return new Setting(reduction, true, ignored, smoothing);
    }

    Setting ignoring(int target) {
      return new Setting(reduction, hasWeights, target, smoothing);
    }

    Setting smoothed(float share) {
      return new Setting(reduction, hasWeights, ignored, share);
    }
  }

  private void compare(CrossEntropyLoss loss, Setting setting) {
    Parity.of("logits", logits)
        .check(
            () -> loss.of(logits, classes),
            t ->
                torch.cross_entropy_loss(
                    t.get("logits"),
                    Torch.of(classes),
                    setting.hasWeights
                        ? new TensorOptional(Torch.of(weights))
                        : new TensorOptional(),
                    Torch.reduction(setting.reduction),
                    setting.ignored,
                    setting.smoothing));
  }
}
