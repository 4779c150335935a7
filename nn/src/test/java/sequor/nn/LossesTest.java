package sequor.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sequor.Seed;
import sequor.SequorException;
import sequor.tensor.GradientCheck;
import sequor.tensor.Ids;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;

/// Losses against numbers worked out on paper.
class LossesTest {
  private static final float CLOSE = 1e-6f;
  private static final float LN2 = (float) Math.log(2);

  private final Tensor input = Tensor.of(new float[] {1, -2, 0.5f});
  private final Tensor target = Tensor.of(new float[] {1, 1, 0});

  @Test
  void mse() {
    assertLosses((x, y) -> Losses.mse(x, y, Reduction.NONE), 0, 9, 0.25f);
    assertThat(Losses.mse(input, target, Reduction.SUM).item()).isCloseTo(9.25f, within(CLOSE));
    assertThat(Losses.mse(input, target, Reduction.MEAN).item())
        .isCloseTo(9.25f / 3, within(CLOSE));
  }

  @Test
  void l1() {
    assertLosses((x, y) -> Losses.l1(x, y, Reduction.NONE), 0, 3, 0.5f);
  }

  @Test
  void huber() {
    assertLosses((x, y) -> Losses.huber(x, y, 1, Reduction.NONE), 0, 2.5f, 0.125f);
    assertLosses((x, y) -> Losses.huber(x, y, 0.25f, Reduction.NONE), 0, 0.71875f, 0.09375f);
  }

  @Test
  void bceWithLogits() {
    // −ln σ(1), −ln σ(−2), −ln(1 − σ(0.5))
    assertLosses(
        (x, y) -> Losses.bceWithLogits(x, y, Reduction.NONE), 0.3132617f, 2.126928f, 0.974077f);
  }

  @Test
  void bceOfProbabilitiesIsThatOfTheirScores() {
    var scores = Tensor.of(new float[] {1, -2, 0.5f});
    assertThat(Losses.bce(scores.sigmoid(), target, Reduction.NONE).toArray())
        .containsExactly(
            Losses.bceWithLogits(scores, target, Reduction.NONE).toArray(), within(CLOSE));
  }

  @Test
  void bceOfCertaintyIsHundredAtMost() {
    var sure = Tensor.of(new float[] {0, 1, 0, 1}).requiresGrad(true);
    var labels = Tensor.of(new float[] {1, 0, 0, 1});
    try (var tape = Tape.open()) {
      var loss = Losses.bce(sure, labels, Reduction.NONE);
      assertThat(loss.toArray()).containsExactly(100, 100, 0, 0);
      tape.backward(loss.sum());
    }
    assertThat(sure.grad().toArray()).containsExactly(-1e12f, 1e12f, 0, 0);
  }

  @Test
  void smoothL1() {
    assertLosses((x, y) -> Losses.smoothL1(x, y, 1, Reduction.NONE), 0, 2.5f, 0.125f);
    assertLosses((x, y) -> Losses.smoothL1(x, y, 2, Reduction.NONE), 0, 2, 0.0625f);
    assertLosses((x, y) -> Losses.smoothL1(x, y, 0, Reduction.NONE), 0, 3, 0.5f);
  }

  @Test
  void klDiv() {
    var p = Tensor.of(new float[] {0.5f, 0.5f, 0, 1}, 2, 2);
    var q = Tensor.of(new float[] {0.25f, 0.75f, 0.5f, 0.5f}, 2, 2).log();
    float first = 0.5f * (float) (Math.log(2) + Math.log(2 / 3.0));
    assertThat(Losses.klDivBatchMean(q, p).item()).isCloseTo((first + LN2) / 2, within(CLOSE));
    assertThat(Losses.klDiv(q, p, Reduction.MEAN).item())
        .isCloseTo((first + LN2) / 4, within(CLOSE));
    assertThat(Losses.klDivBatchMean(p.maximum(1e-9f).log(), p).item()).isCloseTo(0, within(CLOSE));
  }

  @Test
  void cosines() {
    var a = Tensor.of(new float[] {1, 0, 1, 1, 0, 0}, 3, 2);
    var b = Tensor.of(new float[] {3, 0, 0, 2, 1, 1}, 3, 2);
    float half = (float) Math.sqrt(0.5);
    assertThat(Losses.cosineSimilarity(a, b).toArray())
        .containsExactly(new float[] {1, half, 0}, within(CLOSE));
    var alike = Tensor.of(new float[] {1, -1, -1});
    assertThat(Losses.cosineEmbedding(a, b, alike, 0.5f, Reduction.NONE).toArray())
        .containsExactly(new float[] {0, half - 0.5f, 0}, within(CLOSE));
  }

  @ParameterizedTest
  @EnumSource
  void gradients(Reduction reduction) {
    var random = new Seed(5).generator();
    var p = Tensor.uniform(random, 0.2f, 0.8f, 3, 4);
    var q = Tensor.uniform(random, 0.2f, 0.8f, 3, 4);
    var pairs = Tensor.of(new float[] {1, -1, 1});
    GradientCheck.of(() -> Losses.bce(p, q, reduction)).with("p", p).with("q", q).run();
    GradientCheck.of(() -> Losses.klDiv(p, q, reduction)).with("p", p).with("q", q).run();
    GradientCheck.of(() -> Losses.smoothL1(p, q, 3, reduction)).with("p", p).with("q", q).run();
    GradientCheck.of(() -> Losses.cosineEmbedding(p, q, pairs, 0.1f, reduction))
        .with("p", p)
        .with("q", q)
        .run();
  }

  @Test
  void bceWithLogitsNeverOverflows() {
    var far = Tensor.of(new float[] {1000, -1000, 1000, -1000});
    var labels = Tensor.of(new float[] {1, 0, 0, 1});
    assertThat(Losses.bceWithLogits(far, labels, Reduction.NONE).toArray())
        .containsExactly(0, 0, 1000, 1000);
  }

  private void assertLosses(BiFunction<Tensor, Tensor, Tensor> loss, float... expected) {
    assertThat(loss.apply(input, target).toArray()).containsExactly(expected, within(CLOSE));
  }

  @Test
  void crossEntropyOfEvenScoresIsTheLogOfTheClasses() {
    var loss = new CrossEntropyLoss().of(Tensor.zeros(3, 8), Ids.of(new int[] {0, 3, 7}));
    assertThat(loss.item()).isCloseTo(3 * LN2, within(CLOSE));
  }

  @Test
  void crossEntropyDividesByTheWeightsOfTheTargets() {
    var scores = Tensor.of(new float[] {0, 0, 0, (float) Math.log(3)}, 2, 2);
    var targets = Ids.of(new int[] {0, 1}); // losses ln 2 and ln 4/3
    var weights = Tensor.of(new float[] {3, 1});
    float expected = (3 * LN2 + (float) Math.log(4 / 3.0)) / 4;
    assertThat(new CrossEntropyLoss().withWeights(weights).of(scores, targets).item())
        .isCloseTo(expected, within(CLOSE));
  }

  @Test
  void crossEntropySpreadsASmoothedTargetOverAllClasses() {
    var scores = Tensor.of(new float[] {0, (float) Math.log(3)}, 1, 2); // ¼ and ¾
    double expected = -0.9 * Math.log(0.75) - 0.1 * Math.log(0.25);
    assertThat(
            new CrossEntropyLoss()
                .withLabelSmoothing(0.2f)
                .of(scores, Ids.of(new int[] {1}))
                .item())
        .isCloseTo((float) expected, within(CLOSE));
  }

  @Test
  void crossEntropyLeavesIgnoredTargetsOut() {
    var scores = Tensor.zeros(3, 2).requiresGrad(true);
    var targets = Ids.of(new int[] {1, 0, 1});
    try (var tape = Tape.open()) {
      var loss = new CrossEntropyLoss().withIgnoreIndex(1).of(scores, targets);
      assertThat(loss.item()).isCloseTo(LN2, within(CLOSE));
      tape.backward(loss);
    }
    assertThat(scores.grad().toArray()).containsExactly(0, 0, -0.5f, 0.5f, 0, 0);
  }

  @Test
  void crossEntropyOfNothingIsZero() {
    var scores = Tensor.randn(new Seed(1).generator(), 2, 3).requiresGrad(true);
    try (var tape = Tape.open()) {
      var loss = new CrossEntropyLoss().of(scores, Ids.of(new int[] {-100, -100}));
      assertThat(loss.item()).isZero();
      tape.backward(loss);
    }
    assertThat(scores.grad().toArray()).containsOnly(0);
  }

  @ParameterizedTest
  @EnumSource
  void nllOfLogProbabilitiesIsCrossEntropy(Reduction reduction) {
    var scores = Tensor.randn(new Seed(2).generator(), 5, 4);
    var targets = Ids.of(new int[] {3, 0, 0, 2, 1});
    assertThat(new NllLoss(reduction).of(scores.logSoftmax(), targets).toArray())
        .containsExactly(
            new CrossEntropyLoss().withReduction(reduction).of(scores, targets).toArray(),
            within(CLOSE));
  }

  @Test
  void weightsOfOtherClassesAreRefused() {
    var scores = Tensor.zeros(2, 3).logSoftmax();
    for (int count : new int[] {2, 4}) {
      var loss = new NllLoss().withWeights(Tensor.ones(count));
      assertThatThrownBy(() -> loss.of(scores, Ids.of(new int[] {0, 2})))
          .isInstanceOf(NnException.class)
          .hasMessageContaining(
              "nll: expected a weight for each of 3 classes, got (" + count + ")");
    }
  }

  @ParameterizedTest
  @EnumSource
  void crossEntropyGradients(Reduction reduction) {
    var scores = Tensor.randn(new Seed(3).generator(), 4, 3);
    var loss =
        new CrossEntropyLoss()
            .withReduction(reduction)
            .withWeights(Tensor.of(new float[] {1, 0.5f, 2}))
            .withIgnoreIndex(0)
            .withLabelSmoothing(0.1f);
    var targets = Ids.of(new int[] {2, 0, 1, 1});
    GradientCheck.of(() -> loss.of(scores, targets)).with("scores", scores).run();
  }

  @Test
  void lossesRefuseShapesThatOnlyBroadcast() {
    var column = Tensor.zeros(3, 1);
    assertThatThrownBy(() -> Losses.mse(column, target, Reduction.MEAN))
        .isInstanceOf(SequorException.class)
        .hasMessage(
            "mse: input (3,1) and target (3) must have the same shape; reshape one of them");
    assertThatThrownBy(() -> Losses.bceWithLogits(column, target, Reduction.MEAN))
        .hasMessageContaining("bceWithLogits: input (3,1)");
    assertThatThrownBy(() -> Losses.huber(input, target, 0, Reduction.MEAN))
        .isInstanceOf(SequorException.class)
        .hasMessage("huber: delta must be above 0, got 0.0");
    assertThatThrownBy(() -> Losses.smoothL1(input, target, -1, Reduction.MEAN))
        .isInstanceOf(SequorException.class)
        .hasMessage("smoothL1: beta must be 0 or more, got -1.0");
    assertThatThrownBy(() -> Losses.bce(column, target, Reduction.MEAN))
        .hasMessageContaining("bce: input (3,1)");
    assertThatThrownBy(() -> Losses.klDiv(column, target, Reduction.MEAN))
        .hasMessageContaining("klDiv: input (3,1)");
    assertThatThrownBy(() -> Losses.cosineEmbedding(column, column, column, 0, Reduction.MEAN))
        .hasMessageContaining("cosineEmbedding: input (3) and target (3,1)");
  }

  @Test
  void crossEntropySaysWhichTargetIsNone() {
    assertThatThrownBy(
            () -> new CrossEntropyLoss().of(Tensor.zeros(2, 3), Ids.of(new int[] {0, 3})))
        .hasMessageContaining("target 3")
        .hasMessageContaining("0 to 2");
    assertThatThrownBy(
            () -> new CrossEntropyLoss().of(Tensor.zeros(2, 3), Ids.of(new int[] {0, 1, 2})))
        .hasMessageContaining("logits (2,3) with targets (3)");
    assertThatThrownBy(
            () ->
                new CrossEntropyLoss()
                    .withLabelSmoothing(1.5f)
                    .of(Tensor.zeros(1, 3), Ids.of(new int[] {0})))
        .hasMessageContaining("smoothing must be from 0 to 1, got 1.5");
    assertThatThrownBy(
            () ->
                new CrossEntropyLoss()
                    .withWeights(Tensor.ones(2))
                    .of(Tensor.zeros(1, 3), Ids.of(new int[] {0})))
        .hasMessageContaining("class weights");
  }
}
