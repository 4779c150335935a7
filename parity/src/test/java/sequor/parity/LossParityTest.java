package sequor.parity;

import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sequor.Seed;
import sequor.nn.CrossEntropyLoss;
import sequor.nn.Losses;
import sequor.nn.NllLoss;
import sequor.nn.Reduction;
import sequor.tensor.Ids;
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
  void smoothL1(Reduction reduction) {
    Parity.of("input", input)
        .and("target", target)
        .check(
            () -> Losses.smoothL1(input, target, 0.7f, reduction),
            t ->
                torch.smooth_l1_loss(
                    t.get("input"), t.get("target"), Torch.reduction(reduction), 0.7f));
  }

  @ParameterizedTest
  @EnumSource
  void bce(Reduction reduction) {
    var probabilities = Tensor.uniform(random, 0.001f, 0.999f, 4, 6);
    var labels = Tensor.uniform(random, 0, 1, 4, 6).greaterThan(0.5f);
    Parity.of("p", probabilities)
        .check(
            () -> Losses.bce(probabilities, labels, reduction),
            t ->
                torch.binary_cross_entropy(
                    t.get("p"),
                    Torch.of(labels),
                    new TensorOptional(),
                    Torch.reduction(reduction)));
  }

  @Test
  void bceOfCertainty() {
    var sure = Tensor.of(new float[] {0, 1, 0, 1});
    var labels = Tensor.of(new float[] {1, 0, 0, 1});
    Parity.of("p", sure)
        .check(
            () -> Losses.bce(sure, labels, Reduction.NONE),
            t -> torch.binary_cross_entropy(t.get("p"), Torch.of(labels), new TensorOptional(), 0));
  }

  @ParameterizedTest
  @EnumSource
  void klDiv(Reduction reduction) {
    var teacher = target.softmax().copy();
    Parity.of("input", input)
        .and("teacher", teacher)
        .check(
            () -> Losses.klDiv(input.logSoftmax(), teacher, reduction),
            t ->
                torch.kl_div(
                    torch.log_softmax(t.get("input"), -1),
                    t.get("teacher"),
                    Torch.reduction(reduction),
                    false));
  }

  @Test
  void klDivBatchMean() {
    var teacher = target.softmax().maskedFill(target.greaterThan(1), 0).copy(); // some zeros
    Parity.of("input", input)
        .check(
            () -> Losses.klDivBatchMean(input.logSoftmax(), teacher),
            t ->
                torch
                    .kl_div(
                        torch.log_softmax(t.get("input"), -1),
                        Torch.of(teacher),
                        Torch.reduction(Reduction.SUM),
                        false)
                    .div(new Scalar(4)));
  }

  @Test
  void cosineSimilarity() {
    Parity.of("a", input)
        .and("b", target)
        .check(
            () -> Losses.cosineSimilarity(input, target),
            t -> torch.cosine_similarity(t.get("a"), t.get("b"), -1, 1e-8));
  }

  @ParameterizedTest
  @EnumSource
  void cosineEmbedding(Reduction reduction) {
    var alike = Tensor.of(new float[] {1, -1, -1, 1});
    Parity.of("a", input)
        .and("b", target)
        .check(
            () -> Losses.cosineEmbedding(input, target, alike, -0.3f, reduction),
            t ->
                torch.cosine_embedding_loss(
                    t.get("a"), t.get("b"), Torch.of(alike), -0.3f, Torch.reduction(reduction)));
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
