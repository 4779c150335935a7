package sequor.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import sequor.tensor.Ids;
import sequor.tensor.Tensor;

class MetricsTest {
  private static final Offset<Double> EXACT = within(1e-12);

  /// Targets 0 0 0 1 1 2, predictions 0 0 1 1 2 2; class 3 does not occur.
  private static ConfusionMatrix example() {
    var confusion = new ConfusionMatrix(List.of("a", "b", "c", "d"));
    confusion.add(Ids.of(new int[] {0, 0, 0, 1, 1, 2}), Ids.of(new int[] {0, 0, 1, 1, 2, 2}));
    return confusion;
  }

  @Test
  void macroMeansOfATableByHand() {
    var metrics = example().metrics();
    assertThat(metrics.keySet())
        .containsExactly("accuracy", "macro_precision", "macro_recall", "macro_f1");
    assertThat(metrics.get("accuracy")).isCloseTo(4 / 6.0, EXACT);
    assertThat(metrics.get("macro_precision")).isCloseTo((1 + 0.5 + 0.5) / 3, EXACT);
    assertThat(metrics.get("macro_recall")).isCloseTo((2 / 3.0 + 0.5 + 1) / 3, EXACT);
    assertThat(metrics.get("macro_f1")).isCloseTo((0.8 + 0.5 + 2 / 3.0) / 3, EXACT);
  }

  @Test
  void oneRowAClass() {
    assertThat(example().rows().getFirst())
        .isEqualTo(new ConfusionMatrix.Row("a", 2, 2, 3))
        .satisfies(row -> assertThat(row.precision()).isEqualTo(1))
        .satisfies(row -> assertThat(row.recall()).isCloseTo(2 / 3.0, EXACT));
    assertThat(example().rows().getLast().f1()).isZero();
    assertThat(example().count(0, 1)).isEqualTo(1);
  }

  @Test
  void aClassThatIsOnlyPredictedCountsWithZero() {
    var confusion = new ConfusionMatrix(2);
    confusion.add(0, 0);
    confusion.add(0, 1);
    assertThat(confusion.macroRecall()).isCloseTo(0.25, EXACT);
    assertThat(confusion.macroPrecision()).isCloseTo(0.5, EXACT);
  }

  /// `sklearn.metrics.matthews_corrcoef([0,0,0,1,1,2], [0,0,1,1,2,2])`: (4·6−12) / √(22·24).
  @Test
  void matthewsByHand() {
    assertThat(example().matthews()).isCloseTo(12 / Math.sqrt(22 * 24), EXACT);
    var binary = new ConfusionMatrix(2); // (TP·TN − FP·FN) / √(…) = (3·2 − 1·1) / √(4·4·3·3)
    binary.add(Ids.of(new int[] {1, 1, 1, 1, 0, 0, 0}), Ids.of(new int[] {1, 1, 1, 0, 0, 0, 1}));
    assertThat(binary.matthews()).isCloseTo(5 / 12.0, EXACT);
  }

  /// Of [#example]: F1 0.8, 0.5, 2/3, with support 3, 2, 1; and TP 4 of 6 said and 6 right.
  @Test
  void weightedAndMicroMeansByHand() {
    var tally = example().tally();
    assertThat(tally.weightedF1()).isCloseTo((3 * 0.8 + 2 * 0.5 + 2 / 3.0) / 6, EXACT);
    assertThat(tally.microF1()).isCloseTo(2 * 4 / 12.0, EXACT);
    assertThat(tally.microF1()).isCloseTo(tally.accuracy(), EXACT);
    assertThat(tally.f1(0)).isCloseTo(0.8, EXACT); // as binary F1 with the positive class 0
    assertThat(tally.f1(1)).isCloseTo(0.5, EXACT);
    assertThat(ClassTally.of(2).weightedF1()).isZero();
    assertThatThrownBy(() -> new ClassTally(new long[2], new long[2], new long[3]))
        .isInstanceOf(TrainException.class)
        .hasMessageContaining("2, 2 and 3 classes");
  }

  /// Counting an example three times is counting three of it.
  @Test
  void countsWeighExamples() {
    var weighted = ClassTally.of(2);
    weighted.add(0, 1, 3);
    weighted.add(1, 1, 2);
    weighted.add(0, 0, 0);
    var single = new ConfusionMatrix(2);
    single.add(Ids.of(new int[] {0, 0, 0, 1, 1}), Ids.of(new int[] {1, 1, 1, 1, 1}));
    assertThat(weighted.macroF1()).isEqualTo(single.macroF1());
    assertThat(weighted.matthews()).isEqualTo(single.matthews());
    assertThat(weighted.total()).isEqualTo(5);
  }

  @Test
  void whatWasNeverCountedIsZero() {
    var empty = new ConfusionMatrix(3);
    assertThat(empty.metrics().values()).containsOnly(0.0);
    assertThat(empty.matthews()).isZero();
  }

  @Test
  void paddingIsLeftOut() {
    var confusion = new ConfusionMatrix(2);
    confusion.add(Ids.of(new int[] {0, -100, 1, -100}, 2, 2), Ids.of(new int[] {0, 1, 1, 0}, 2, 2));
    assertThat(confusion.total()).isEqualTo(2);
    assertThat(confusion.accuracy()).isEqualTo(1);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> new ConfusionMatrix(2).add(2, 0))
        .isInstanceOf(TrainException.class)
        .hasMessageContaining("classes run from 0 to 1");
    assertThatThrownBy(
            () -> new ConfusionMatrix(2).add(Ids.of(new int[] {0, 1}), Ids.of(new int[] {0})))
        .hasMessageContaining("targets (2), predicted (1)");
  }

  @Property
  void metricsAreSharesAndPerfectOnlyWhenAllIsRight(
      @ForAll @NotEmpty List<@IntRange(max = 4) Integer> targets,
      @ForAll @IntRange(max = 4) int shift) {
    var confusion = new ConfusionMatrix(5);
    targets.forEach(target -> confusion.add(target, (target + shift) % 5));
    for (double metric : confusion.metrics().values()) {
      assertThat(metric).isEqualTo(shift == 0 ? 1 : 0);
    }
  }

  @Property
  void theOrderOfClassesDoesNotMatter(
      @ForAll @Size(20) List<@IntRange(max = 3) Integer> targets,
      @ForAll @Size(20) List<@IntRange(max = 3) Integer> predicted) {
    var straight = new ConfusionMatrix(4);
    var turned = new ConfusionMatrix(4);
    for (int i = 0; i < targets.size(); i++) {
      straight.add(targets.get(i), predicted.get(i));
      turned.add(3 - targets.get(i), 3 - predicted.get(i));
    }
    straight
        .metrics()
        .forEach((name, value) -> assertThat(turned.metrics().get(name)).isCloseTo(value, EXACT));
    assertThat(turned.matthews()).isCloseTo(straight.matthews(), EXACT).isBetween(-1.0, 1.0);
  }

  @Test
  void topAccuracyCountsTheTargetAmongTheHighest() {
    var scores = Tensor.of(new float[] {1, 3, 2, /**/ 5, 5, 5, /**/ 0, 1, 2}, 3, 3);
    var targets = Ids.of(new int[] {2, 1, 0});
    double[] shares = new double[3];
    for (int k = 1; k <= 3; k++) {
      var top = new TopAccuracy(k);
      top.add(scores, targets);
      shares[k - 1] = top.value();
    }
    assertThat(shares).containsExactly(new double[] {0, 2 / 3.0, 1}, EXACT);
  }

  @Property
  void topOneIsTheAccuracyOfTheArgmax(
      @ForAll @Size(12) List<@IntRange(max = 3) Integer> scores,
      @ForAll @Size(4) List<@IntRange(max = 2) Integer> targets) {
    float[] values = new float[12];
    for (int i = 0; i < values.length; i++) {
      values[i] = scores.get(i);
    }
    var tensor = Tensor.of(values, 4, 3);
    var ids = Ids.of(targets.stream().mapToInt(i -> i).toArray());
    var top = new TopAccuracy(1);
    top.add(tensor, ids);
    var confusion = new ConfusionMatrix(3);
    confusion.add(ids, tensor.argmax());
    assertThat(top.value()).isCloseTo(confusion.accuracy(), EXACT);
  }

  @Test
  void meanLossWeighsTokensNotBatches() {
    var loss = new MeanLoss();
    loss.add(2, 30);
    loss.add(1, 10);
    loss.add(Double.NaN, 0);
    assertThat(loss.mean()).isCloseTo(1.75, EXACT);
    assertThat(loss.perplexity()).isCloseTo(Math.exp(1.75), EXACT);
    assertThat(loss.per(140)).isCloseTo(0.5, EXACT);
    assertThat(loss.tokens()).isEqualTo(40);
  }

  @Test
  void correlationsByHand() {
    double[] x = {1, 2, 3, 4};
    assertThat(Correlation.pearson(x, new double[] {2, 4, 6, 8})).isCloseTo(1, EXACT);
    assertThat(Correlation.pearson(x, new double[] {1, 3, 2, 4})).isCloseTo(0.8, EXACT);
    assertThat(Correlation.pearson(x, new double[] {5, 5, 5, 5})).isZero();
    assertThat(Correlation.spearman(x, new double[] {1, 10, 100, 1000})).isCloseTo(1, EXACT);
    assertThat(Correlation.spearman(x, new double[] {9, 7, 7, 1})) // ranks 4, 2.5, 2.5, 1
        .isCloseTo(-4.5 / Math.sqrt(5 * 4.5), EXACT);
    assertThatThrownBy(() -> Correlation.pearson(x, new double[] {1}))
        .isInstanceOf(TrainException.class)
        .hasMessageContaining("4 and 1 numbers");
  }

  /// Counting a pair twice is having it twice.
  @Property
  void correlationsOfWeightedPairsAreThoseOfRepeatedOnes(
      @ForAll @Size(6) List<@IntRange(max = 4) Integer> x,
      @ForAll @Size(6) List<@IntRange(max = 4) Integer> y,
      @ForAll @Size(6) List<@IntRange(max = 3) Integer> times) {
    double[] a = x.stream().mapToDouble(v -> v).toArray();
    double[] b = y.stream().mapToDouble(v -> v).toArray();
    int[] weights = times.stream().mapToInt(v -> v).toArray();
    double[] manyA = repeated(a, weights);
    double[] manyB = repeated(b, weights);
    if (manyA.length == 0) {
      assertThat(Correlation.pearson(a, b, weights)).isZero();
      return;
    }
    double[] ranksA = new Correlation.Order(a).ranks(weights);
    double[] ranksB = new Correlation.Order(b).ranks(weights);
    Offset<Double> close = within(1e-9);
    assertThat(Correlation.pearson(a, b, weights))
        .isCloseTo(Correlation.pearson(manyA, manyB), close);
    assertThat(Correlation.pearson(ranksA, ranksB, weights))
        .isCloseTo(Correlation.spearman(manyA, manyB), close);
  }

  private static double[] repeated(double[] values, int[] times) {
    return java.util.stream.IntStream.range(0, values.length)
        .boxed()
        .flatMapToDouble(
            i -> java.util.stream.DoubleStream.generate(() -> values[i]).limit(times[i]))
        .toArray();
  }

  @Property
  void spearmanSeesOnlyTheOrder(
      @ForAll @Size(8) List<@DoubleRange(min = -3, max = 3) Double> x,
      @ForAll @Size(8) List<@DoubleRange(min = -3, max = 3) Double> y) {
    double[] a = x.stream().mapToDouble(v -> v).toArray();
    double[] b = y.stream().mapToDouble(v -> v).toArray();
    double[] cubed = x.stream().mapToDouble(v -> 2 * v * 1024 + 1).toArray();
    assertThat(Correlation.spearman(cubed, b)).isCloseTo(Correlation.spearman(a, b), EXACT);
  }
}
