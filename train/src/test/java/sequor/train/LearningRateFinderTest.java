package sequor.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import sequor.Seed;
import sequor.nn.Linear;
import sequor.nn.NnModule;
import sequor.tensor.Tensor;
import sequor.train.LearningRateFinder.Found;
import sequor.train.LearningRateFinder.Point;
import sequor.train.LearningRateFinder.Range;

class LearningRateFinderTest {
  private static final int D = 4;

  /// A linear layer is to add up numbers, whose scale says how steep the loss is.
  private static final class Sums implements Objective<Tensor> {
    private final Linear linear = new Linear(D, 1, new Seed(5).generator());
    private final float scale;
    private final int batches;

    Sums(double scale, int batches) {
      this.scale = (float) scale;
      this.batches = batches;
    }

    @Override
    public NnModule module() {
      return linear;
    }

    @Override
    public Feed<Tensor> batches(int epoch, RandomGenerator random) {
      var list = new ArrayList<Tensor>();
      for (int i = 0; i < batches; i++) {
        list.add(Tensor.randn(random, 16, D).times(scale));
      }
      return Feed.of(list);
    }

    @Override
    public Tensor loss(Tensor x) { // (B,D)
      var error = linear.forward(x).minus(x.sum(-1).reshape(x.dim(0), 1)); // (B,1)
      return error.square().mean();
    }

    Found found() {
      var sgd = new Sgd(linear.parameters(), Sgd.Config.of(1));
      return new LearningRateFinder<>(this, sgd, new Seed(3)).run();
    }
  }

  /// Gradient descent on a quadratic with curvature λ converges below a rate of 2/λ: a suggestion
  /// lies below that and not far, and inputs ten times as large want a rate 100 times as small.
  @Test
  void theRateFitsHowSteepTheLossIs() {
    double plain = new Sums(1, 50).found().suggested().orElseThrow();
    double steep = new Sums(10, 50).found().suggested().orElseThrow();

    assertThat(plain).isBetween(1e-3, 1.0); // λ is about 2
    assertThat(plain / steep).isBetween(20.0, 500.0);
  }

  @Test
  void ratesGrowEvenlyAndItStopsWhereTheLossDiverges() {
    var points = new Sums(10, 50).found().points();

    assertThat(points.getFirst().rate()).isEqualTo(1e-7);
    assertThat(points).hasSizeBetween(100, 299);
    for (int i = 1; i < points.size(); i++) {
      double ratio = points.get(i).rate() / points.get(i - 1).rate();
      assertThat(ratio).isBetween(1.06, 1.07); // 10^(8/299)
    }
    double least = points.stream().mapToDouble(Point::smoothed).min().orElseThrow();
    assertThat(points).allMatch(point -> Double.isFinite(point.loss()));
    assertThat(points.subList(12, points.size()))
        .allMatch(
            p ->
                p.smoothed() <= 4 * least * 1.01
                    || p.smoothed()
                        <= 4
                            * points.stream()
                                .limit(points.indexOf(p) + 1L)
                                .mapToDouble(Point::smoothed)
                                .min()
                                .orElseThrow());
  }

  /// Twice the same, from epochs of any length, and the weights are as they were.
  @Test
  void nothingIsTrained() {
    var sums = new Sums(1, 7);
    var before = sums.linear.parameters().values().stream().map(p -> p.toArray().clone()).toList();
    var heard = new ArrayList<Point>();
    var sgd = new Sgd(sums.linear.parameters(), Sgd.Config.of(1));
    var found =
        new LearningRateFinder<>(sums, sgd, new Seed(3))
            .range(new Range(1e-5, 1, 60))
            .listener(heard::add)
            .run();

    assertThat(sums.linear.parameters().values().stream().map(p -> p.toArray()).toList())
        .usingRecursiveComparison()
        .isEqualTo(before);
    assertThat(found.points()).isEqualTo(heard);
    assertThat(new Sums(1, 7).found()).isEqualTo(sums.found());
  }

  @Test
  void withoutDataOrSenseItIsRefused() {
    assertThatThrownBy(() -> new Sums(1, 0).found())
        .isInstanceOf(TrainException.class)
        .hasMessage("learning-rate finder: expected batches, got none; give it data");
    for (var wrong :
        List.of(new double[] {0, 1, 60}, new double[] {1, 1, 60}, new double[] {1, 2, 5})) {
      assertThatThrownBy(() -> new Range(wrong[0], wrong[1], (int) wrong[2]))
          .isInstanceOf(TrainException.class)
          .hasMessageContaining("expected rates above 0 that grow");
    }
  }
}
