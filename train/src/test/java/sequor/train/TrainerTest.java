package sequor.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.Seed;
import sequor.nn.NnModule;
import sequor.nn.Parts;
import sequor.tensor.Tensor;
import sequor.train.TrainingListener.Epoch;
import sequor.train.TrainingListener.Step;

class TrainerTest {
  private static <B> Trainer<B> trainer(Objective<B> task, float rate) {
    return new Trainer<>(task, new Adam(task.module().parameters(), rate), new Seed(1));
  }

  private static double metric(Epoch epoch, String name) {
    return Check.named(epoch.metrics(), name);
  }

  @Test
  void learnsToRecallTheFirstLetter() {
    var task = new Recall(30);
    var result =
        trainer(task, 0.01f)
            .clipping(Clipping.byNorm(1))
            .schedulePerStep(Schedule.cosine(300).withWarmUp(10))
            .monitoring("accuracy", EarlyStopping.Config.of(Mode.MAX))
            .run(12);
    assertThat(result.best().orElseThrow().metrics()).containsEntry("accuracy", 1.0);
    assertThat(task.evaluate()).containsEntry("accuracy", 1.0);
  }

  @Test
  void aCarriedStateBridgesWhatTheGradientDoesNot() {
    var with = trainer(new Echo(60, true), 0.02f).monitoring("train_loss", patient()).run(6);
    var without = trainer(new Echo(60, false), 0.02f).monitoring("train_loss", patient()).run(6);
    assertThat(metric(with.epochs().getLast(), "train_loss")).isLessThan(0.05);
    assertThat(metric(without.epochs().getLast(), "train_loss")) // half of the answers are guesses
        .isGreaterThan(0.9 * Math.log(2) / 2);
  }

  private static EarlyStopping.Config patient() {
    return EarlyStopping.Config.of(Mode.MIN).withoutEnd();
  }

  /// A single weight that every step lowers by the learning rate.
  private static class Walk implements Objective<Integer>, NnModule {
    final Tensor weight = Tensor.of(0).requiresGrad(true);
    final List<Double> metrics;
    final List<Integer> asked = new ArrayList<>();
    int evaluations;
    int batches = 2;

    Walk(Double... metrics) {
      this.metrics = List.of(metrics);
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
      asked.add(epoch);
      return Feed.of(java.util.stream.IntStream.range(0, batches).boxed().toList());
    }

    @Override
    public Tensor loss(Integer batch) {
      return weight.sum();
    }

    @Override
    public Map<String, Double> evaluate() {
      return Map.of("score", metrics.get(evaluations++));
    }

    Trainer<Integer> trainer() {
      return new Trainer<>(this, new Sgd(parameters(), 1), new Seed(1))
          .monitoring("score", EarlyStopping.Config.of(Mode.MAX).withPatience(2));
    }
  }

  @Test
  void stopsWhenNothingGetsBetterAndGivesTheBestBack() {
    var walk = new Walk(0.1, 0.5, 0.4, 0.5, 0.9);
    var result = walk.trainer().run(5);
    assertThat(result.stoppedEarly()).isTrue();
    assertThat(result.bestEpoch()).isEqualTo(2);
    assertThat(result.epochs()).hasSize(4);
    assertThat(walk.weight.item()).isEqualTo(-4); // after two epochs of two steps
    assertThat(walk.asked).containsExactly(1, 2, 3, 4);
  }

  /// A held-out loss tells equally good epochs apart; that of the training data, which falls all
  /// the time, does not, or nothing would ever stop.
  @ParameterizedTest
  @ValueSource(strings = {"loss", "nats_per_token"})
  void ofEqualEpochsTheOneWithTheLeastHeldOutLossIsBest(String name) {
    var losses = List.of(3.0, 2.0, 1.0, 1.5, 1.2);
    var walk =
        new Walk(0.1, 0.5, 0.5, 0.5, 0.5) {
          @Override
          public Map<String, Double> evaluate() {
            double loss = losses.get(evaluations);
            return Map.of("score", metrics.get(evaluations++), name, loss);
          }
        };
    var saved = new ArrayList<Checkpoint>();
    var result = walk.trainer().saving(saved::add).run(9);
    assertThat(result.bestEpoch()).isEqualTo(3);
    assertThat(result.epochs()).hasSize(5);
    assertThat(walk.weight.item()).isEqualTo(-6);
    assertThat(saved.getLast().stopping().loss()).hasValue(1);
  }

  @Test
  void remembersTheBestWhenItResumes() {
    var saved = new ArrayList<Checkpoint>();
    new Walk(0.1, 0.5, 0.4).trainer().saving(saved::add).run(3);
    var walk = new Walk(0.2);
    var result = walk.trainer().resuming(saved.get(2)).run(4);
    assertThat(result.bestEpoch()).isEqualTo(2);
    assertThat(result.stoppedEarly()).isTrue();
    assertThat(walk.weight.item()).isEqualTo(-4);
  }

  @Test
  void aCarriedStateIsCutFromTheTapeAndEndsWithItsEpoch() {
    var walk = new Walk(0.1, 0.2);
    var got = new ArrayList<List<Float>>();
    var carrying =
        new CarryingObjective<Integer>() {
          @Override
          public NnModule module() {
            return walk;
          }

          @Override
          public Feed<Integer> batches(int epoch, RandomGenerator random) {
            return Feed.of(List.of(0, 1, 2));
          }

          @Override
          public Carried loss(Integer batch, List<Tensor> state) {
            got.add(state.stream().map(Tensor::item).toList());
            assertThat(state).noneMatch(Tensor::requiresGrad);
            return new Carried(walk.weight.sum(), List.of(walk.weight.plus(batch)));
          }
        };
    new Trainer<>(carrying, new Sgd(walk.parameters(), 0), new Seed(1))
        .monitoring("train_loss", patient())
        .run(2);
    assertThat(got)
        .containsExactly(List.of(), List.of(0f), List.of(1f), List.of(), List.of(0f), List.of(1f));
  }

  @Test
  void frozenParametersStayAndTheOthersAreTrained() {
    var task = new Recall(3);
    task.module().freeze(name -> name.startsWith("gru."));
    var before = new Recall(3).module();
    trainer(task, 0.01f).keepingLast().run(1);
    task.module()
        .parameters()
        .forEach(
            (name, p) -> {
              assertThat(p.hasGrad()).isFalse();
              assertThat(java.util.Arrays.equals(p.toArray(), before.parameter(name).toArray()))
                  .describedAs(name)
                  .isEqualTo(name.startsWith("gru."));
            });
  }

  /// Two steps an epoch, of which the fifth is in the midst of the third.
  @Test
  void endsAfterSoManySteps() {
    var steps = new ArrayList<Step>();
    var walk = new Walk(0.1, 0.5, 0.4, 0.5);
    var result =
        walk.trainer()
            .keepingLast()
            .atMost(5)
            .listener(
                new TrainingListener() {
                  @Override
                  public void stepped(Step step) {
                    steps.add(step);
                  }
                })
            .run(4);
    assertThat(steps).extracting(Step::epoch).containsExactly(1, 1, 2, 2, 3);
    assertThat(result.epochs()).hasSize(3);
    assertThat(walk.weight.item()).isEqualTo(-5);
    assertThat(new Walk(0.1, 0.5).trainer().atMost(4).run(2).epochs()).hasSize(2);
    assertThatThrownBy(() -> walk.trainer().atMost(0)).isInstanceOf(TrainException.class);
  }

  @Test
  void keepsTheLastIfAsked() {
    var walk = new Walk(0.1, 0.5, 0.4, 0.5, 0.9);
    walk.trainer().keepingLast().run(4);
    assertThat(walk.weight.item()).isEqualTo(-8);
  }

  @Test
  void tellsListenersOfStepsAndEpochs() {
    var walk = new Walk(0.1, 0.5);
    var steps = new ArrayList<Step>();
    var epochs = new ArrayList<Epoch>();
    walk.trainer()
        .schedulePerEpoch(Schedule.exponential(0.5))
        .listener(
            new TrainingListener() {
              @Override
              public void stepped(Step step) {
                steps.add(step);
              }

              @Override
              public void epochEnded(Epoch epoch) {
                epochs.add(epoch);
              }
            })
        .run(2);
    assertThat(steps)
        .containsExactly(
            new Step(1, 1, 1, 2, 0, 1, 1),
            new Step(2, 1, 2, 2, -1, 1, 1),
            new Step(3, 2, 1, 2, -2, 1, 0.5),
            new Step(4, 2, 2, 2, -2.5, 1, 0.5));
    assertThat(epochs)
        .containsExactly(
            new Epoch(1, 2, 1, Map.of("train_loss", -0.5, "score", 0.1), true),
            new Epoch(2, 4, 0.5, Map.of("train_loss", -2.25, "score", 0.5), true));
  }

  @Test
  void clipsAndReducesOnPlateau() {
    var walk = new Walk(0.5, 0.5, 0.5);
    walk.trainer()
        .clipping(Clipping.byValue(0.5f))
        .reduceOnPlateau(ReduceOnPlateau.Config.of(Mode.MAX).withPatience(0).withFactor(0.25))
        .keepingLast()
        .run(3);
    assertThat(walk.weight.item()).isEqualTo(-0.5f * (2 + 2 + 2 * 0.25f));
  }

  @Test
  void aLossThatIsNoNumberStopsBeforeItDoesHarm() {
    var walk = new Walk(0.5, 0.5);
    var trainer =
        walk.trainer()
            .listener(
                new TrainingListener() {
                  @Override
                  public void epochEnded(Epoch epoch) {
                    walk.weight.assign(Tensor.of(Float.NaN));
                  }
                });
    assertThatThrownBy(() -> trainer.run(2))
        .isInstanceOf(TrainException.class)
        .hasMessageContaining("the loss is NaN at step 3 (epoch 2, batch 1)");
  }

  @Test
  void aMetricThatIsNoNumberIsNeverTheBest() {
    var walk = new Walk(Double.NaN, 0.5, Double.NaN);
    var result = walk.trainer().run(3);
    assertThat(result.bestEpoch()).isEqualTo(2);
    assertThat(walk.weight.item()).isEqualTo(-4);
    assertThat(new Walk(Double.NaN).trainer().run(1).best()).isEmpty();
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThatThrownBy(() -> trainer(new Walk(0.5), 0.1f).run(1))
        .isInstanceOf(TrainException.class)
        .hasMessageContaining("'loss', is not among [train_loss, score]");
    var empty = new Walk(0.5);
    empty.batches = 0;
    assertThatThrownBy(() -> empty.trainer().run(1))
        .isInstanceOf(TrainException.class)
        .hasMessageContaining("expected batches in epoch 1 after the 0 that are done, got none");
    assertThatThrownBy(() -> empty.trainer().run(0)).isInstanceOf(TrainException.class);
    var torn = empty.trainer().reduceOnPlateau(ReduceOnPlateau.Config.of(Mode.MIN));
    assertThatThrownBy(() -> torn.run(1))
        .isInstanceOf(TrainException.class)
        .hasMessageContaining("'score' is monitored for MAX, and reduce-on-plateau wants MIN");
  }

  @Test
  void gradientsOfAnInterruptedStepAreForgotten() {
    var walk = new Walk(0.5);
    walk.weight.addGrad(Tensor.of(100));
    walk.trainer().run(1);
    assertThat(walk.weight.item()).isEqualTo(-2);
  }
}
