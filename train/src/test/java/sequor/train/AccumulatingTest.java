package sequor.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import sequor.Seed;
import sequor.nn.Linear;
import sequor.nn.NnModule;
import sequor.nn.Parts;
import sequor.tensor.Tensor;
import sequor.testkit.Twins;
import sequor.train.TrainingListener.Step;

class AccumulatingTest {
  private static final int D = 4;

  /// Rows of numbers, each of which a linear layer is to add up.
  private static final class Sums implements Objective<Tensor> {
    private final Linear linear = new Linear(D, 1, new Seed(5).generator());
    private final int rows;
    private final int batches;

    /// @param rows a batch
    Sums(int rows, int batches) {
      this.rows = rows;
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
        list.add(Tensor.randn(random, rows, D));
      }
      return Feed.of(list);
    }

    @Override
    public Tensor loss(Tensor x) { // (B,D)
      var error = linear.forward(x).minus(x.sum(-1).reshape(x.dim(0), 1)); // (B,1)
      return error.square().mean();
    }

    Trainer<Tensor> trainer() {
      return new Trainer<>(this, new Adam(linear.parameters(), 0.05f), new Seed(9))
          .clipping(Clipping.byNorm(0.5))
          .schedulePerStep(Schedule.exponential(0.9))
          .monitoring("train_loss", EarlyStopping.Config.of(Mode.MIN).withoutEnd())
          .keepingLast();
    }
  }

  /// Drawn in the same order, the rows of four small batches are those of one large.
  @Test
  void equalsOneBatchOfAllRows() {
    var large = new Sums(12, 3);
    var small = new Sums(3, 12);
    var steps = new ArrayList<List<Step>>();
    for (var trainer : List.of(large.trainer(), small.trainer().accumulating(4))) {
      var told = new ArrayList<Step>();
      trainer.listener(listening(told)).run(3);
      steps.add(told);
    }
    large
        .linear
        .parameters()
        .forEach((name, p) -> Twins.assertClose(p, small.linear.parameter(name), 100));
    assertThat(steps.get(1)).hasSize(9);
    for (int i = 0; i < 9; i++) {
      var one = steps.get(0).get(i);
      var many = steps.get(1).get(i);
      assertThat(many.number()).isEqualTo(one.number());
      assertThat(many.batch()).isEqualTo(4 * one.batch());
      assertThat(many.learningRate()).isEqualTo(one.learningRate());
      assertThat(many.loss()).isCloseTo(one.loss(), within(1e-5 * (1 + one.loss())));
      assertThat(many.gradientNorm())
          .isCloseTo(one.gradientNorm(), within(1e-5 * (1 + one.gradientNorm())));
    }
  }

  private static TrainingListener listening(List<Step> told) {
    return new TrainingListener() {
      @Override
      public void stepped(Step step) {
        told.add(step);
      }
    };
  }

  /// A weight whose gradient is the number of the batch.
  private static final class Count implements Objective<Integer>, NnModule {
    final Tensor weight = Tensor.of(0).requiresGrad(true);
    final int batches;

    Count(int batches) {
      this.batches = batches;
    }

    @Override
    public NnModule module() {
      return this;
    }

    @Override
    public Parts parts() {
      return Parts.of("weight", weight);
    }

    @Override
    public Feed<Integer> batches(int epoch, RandomGenerator random) {
      return Feed.of(java.util.stream.IntStream.rangeClosed(1, batches).boxed().toList());
    }

    @Override
    public Tensor loss(Integer batch) {
      return weight.times(batch).sum();
    }

    Trainer<Integer> trainer() {
      return new Trainer<>(this, new Sgd(parameters(), 1), new Seed(1))
          .monitoring("train_loss", EarlyStopping.Config.of(Mode.MIN).withoutEnd())
          .keepingLast();
    }
  }

  @Test
  void whatIsLeftAtTheEndIsAMeanOfItsOwn() {
    var count = new Count(5);
    var told = new ArrayList<Step>();
    var result = count.trainer().accumulating(3).listener(listening(told)).run(1);
    assertThat(count.weight.item()).isEqualTo(-((1 + 2 + 3) / 3f) - (4 + 5) / 2f);
    assertThat(told)
        .containsExactly(new Step(1, 1, 3, 5, 0, 2, 1), new Step(2, 1, 5, 5, -9, 4.5, 1));
    assertThat(Check.named(result.epochs().getFirst().metrics(), "train_loss"))
        .isEqualTo((-2 * 4 - 2 * 5) / 5.0); // over batches, not over steps
  }

  @Test
  void theMeanOfTheLastEpochs() {
    var count = new Count(1);
    count.trainer().averagingLast(3).run(5); // −1, −2, −3, −4, −5
    assertThat(count.weight.item()).isEqualTo(-4);
    var few = new Count(1);
    few.trainer().averagingLast(3).run(2);
    assertThat(few.weight.item()).isEqualTo(-1.5f);
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> new Count(1).trainer().accumulating(0))
        .isInstanceOf(TrainException.class)
        .hasMessageContaining("the number of batches a step must be 1 or more, got 0");
    assertThatThrownBy(() -> new Count(1).trainer().averagingLast(0))
        .isInstanceOf(TrainException.class)
        .hasMessageContaining("the number of epochs to average");
  }
}
