package sequor.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sequor.FileException;
import sequor.Seed;
import sequor.json.JsonException;
import sequor.store.Checksum;
import sequor.store.Safetensors;
import sequor.store.StoreException;
import sequor.tensor.Tensor;

class ResumeTest {
  private static final int EPOCHS = 3;
  private static final int BATCHES = 4;

  @TempDir Path folder;

  /// A training that can be begun anew as often as wished.
  record Case<B>(
      String name,
      Supplier<Objective<B>> task,
      Function<Map<String, Tensor>, Optimizer> optimizer,
      UnaryOperator<Trainer<B>> settings) {
    Case(
        String name,
        Supplier<Objective<B>> task,
        Function<Map<String, Tensor>, Optimizer> optimizer) {
      this(name, task, optimizer, UnaryOperator.identity());
    }

    @Override
    public String toString() {
      return name;
    }

    Run<B> begin() {
      var fresh = task.get();
      var optimizing = optimizer.apply(fresh.module().parameters());
      var trainer =
          new Trainer<>(fresh, optimizing, new Seed(11))
              .clipping(Clipping.byNorm(0.5))
              .schedulePerStep(Schedule.inverseSquareRoot(6))
              .reduceOnPlateau(ReduceOnPlateau.Config.of(Mode.MIN).withPatience(0))
              .monitoring("train_loss", EarlyStopping.Config.of(Mode.MIN).withPatience(2));
      return new Run<>(fresh, settings.apply(trainer));
    }
  }

  record Run<B>(Objective<B> task, Trainer<B> trainer) {
    Map<String, Tensor> parameters() {
      return task.module().parameters();
    }
  }

  static Stream<Case<?>> cases() {
    return Stream.of(
        new Case<>("dropout, Adam", () -> new Recall(BATCHES), p -> new Adam(p, 0.01f)),
        new Case<>(
            "parameter groups, AdamW",
            () -> new Recall(BATCHES),
            p ->
                new AdamW(p, 0.01f)
                    .group(n -> n.startsWith("gru."), group -> group.withLearningRate(0.003f))
                    .withoutDecay(n -> n.contains("bias"))),
        new Case<>("frozen embedding, Adam", ResumeTest::frozen, p -> new Adam(p, 0.01f)),
        new Case<Recall.Words>(
            "accumulated gradients, averaged epochs",
            () -> new Recall(7),
            p -> new Adam(p, 0.01f),
            trainer -> trainer.accumulating(2).averagingLast(2)), // 4 steps, the last of one batch
        new Case<Echo.Window>(
            "accumulated gradients of a carried state",
            () -> new Echo(2 * BATCHES, true),
            p -> new Adam(p, 0.01f),
            trainer -> trainer.accumulating(2).keepingLast()),
        new Case<>(
            "carried state, momentum",
            () -> new Echo(BATCHES, true),
            p -> new Sgd(p, Sgd.Config.of(0.05f).withMomentum(0.9f))));
  }

  private static Recall frozen() {
    var task = new Recall(BATCHES);
    task.module().freeze(name -> name.startsWith("embedding."));
    return task;
  }

  /// The same as a process that is killed: whatever was not written is gone.
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static TrainingListener killAfter(long steps) {
    return new TrainingListener() {
      @Override
      public void stepped(Step step) {
        if (step.number() == steps) {
          throw new Killed();
        }
      }
    };
  }

  @ParameterizedTest
  @MethodSource("cases")
  <B> void killedAfterAnyStepItResumesToTheSameBits(Case<B> kind) throws IOException {
    var whole = kind.begin();
    var expected = whole.trainer.saving(c -> c.write(file("whole"))).run(EPOCHS);

    for (int kill = 1; kill <= EPOCHS * BATCHES; kill++) {
      var file = file("killed-" + kill);
      var killed =
          kind.begin().trainer.savingEvery(3, c -> c.write(file)).listener(killAfter(kill));
      assertThatThrownBy(() -> killed.run(EPOCHS)).isInstanceOf(Killed.class);

      var resumed = kind.begin();
      if (Files.exists(file)) {
        resumed.trainer.resuming(Checkpoint.read(file));
      }
      var result = resumed.trainer.saving(c -> c.write(file)).run(EPOCHS);

      assertThat(result).describedAs("killed after step %d", kill).isEqualTo(expected);
      assertThat(file).hasSameBinaryContentAs(file("whole"));
      assertSameBits(resumed.parameters(), whole.parameters());
    }
  }

  private static void assertSameBits(Map<String, Tensor> got, Map<String, Tensor> expected) {
    expected.forEach(
        (name, tensor) ->
            assertThat(Check.named(got, name).toArray())
                .describedAs(name)
                .isEqualTo(tensor.toArray()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  <B> void aFinishedRunGivesItsResultAgain(Case<B> kind) {
    var whole = kind.begin();
    var expected = whole.trainer.saving(c -> c.write(file("whole"))).run(EPOCHS);
    var again = kind.begin();
    again
        .trainer
        .resuming(Checkpoint.read(file("whole")))
        .listener(killAfter(EPOCHS * BATCHES + 1));
    assertThat(again.trainer.run(EPOCHS)).isEqualTo(expected);
    assertSameBits(again.parameters(), whole.parameters());
  }

  @Test
  void theFileReadsBackEqual() {
    var written = checkpoint();
    written.write(file("a"));
    var read = Checkpoint.read(file("a"));
    assertThat(read.seed()).isEqualTo(written.seed());
    assertThat(read.progress()).isEqualTo(written.progress());
    assertThat(read.batchesPerStep()).isEqualTo(written.batchesPerStep());
    assertThat(read.stopping()).isEqualTo(written.stopping());
    assertThat(read.plateau()).isEqualTo(written.plateau());
    assertThat(read.history()).isEqualTo(written.history());
    assertThat(read.carried()).hasSameSizeAs(written.carried());
    assertThat(read.recent()).hasSameSizeAs(written.recent());
    read.write(file("b"));
    assertThat(file("b")).hasSameBinaryContentAs(file("a"));
  }

  @Test
  void aTensorOfTwoNamesIsWrittenOnce() {
    var written = checkpoint();
    written.write(file("a"));
    try (var open = Safetensors.open(file("a"))) {
      assertThat(open.names()).contains("parameters/weight").noneMatch(n -> n.startsWith("recent"));
    }
    var recent = Checkpoint.read(file("a")).recent();
    assertThat(recent).hasSize(2);
    assertThat(Check.named(recent.get(1), "weight").toArray())
        .isEqualTo(Check.named(written.parameters(), "weight").toArray());
  }

  /// One with numbers that JSON has no word for, and a seed beyond a double.
  private static Checkpoint checkpoint() {
    var weight = Map.of("weight", Tensor.of(new float[] {1, -0.0f, Float.MIN_VALUE}));
    var metrics = Map.of("nan", Double.NaN, "infinite", Double.POSITIVE_INFINITY, "third", 1 / 3.0);
    return new Checkpoint(
        new Seed(Long.MIN_VALUE + 1),
        new Progress(7, 1, 2, 0.1 + 0.2),
        3,
        weight,
        new Adam(weight, 0.1f).state(),
        new EarlyStopping(EarlyStopping.Config.of(Mode.MAX)).state(),
        java.util.Optional.of(new ReduceOnPlateau(ReduceOnPlateau.Config.of(Mode.MIN)).state()),
        Map.of(),
        List.of(weight, weight),
        List.of(Tensor.ones(2, 2), Tensor.zeros(1)),
        List.of(new TrainingListener.Epoch(1, 5, 0.1f, metrics, false)));
  }

  @Test
  void aFlippedByteOrAMissingEndIsAnError() throws IOException {
    checkpoint().write(file("a"));
    byte[] bytes = Files.readAllBytes(file("a"));
    for (int at = 0; at < bytes.length; at += 3) {
      byte[] flipped = bytes.clone();
      flipped[at] ^= 1;
      Files.write(file("b"), flipped);
      assertDamaged("byte " + at);
    }
    for (int length = 0; length < bytes.length; length += 17) {
      Files.write(file("b"), java.util.Arrays.copyOf(bytes, length));
      assertDamaged("length " + length);
    }
  }

  private void assertDamaged(String what) {
    assertThatThrownBy(() -> Checkpoint.read(file("b")))
        .describedAs(what)
        .isInstanceOfAny(StoreException.class, JsonException.class, TrainException.class);
  }

  /// Before there were parameter groups and accumulated gradients, neither a factor of the learning
  /// rate nor the batches of a step were written.
  @Test
  void aCheckpointFromBeforeTheseWereWrittenGoesOnToTheSameBits() {
    var task = new Recall(BATCHES);
    decayed(task).savingEvery(3, c -> c.write(file(c.progress().steps() + ""))).run(2);
    try (var read = Safetensors.open(file("6"))) {
      var json = Check.named(read.metadata(), "checkpoint");
      var old =
          json.replaceFirst("\"learning_rate_factor\":[^,]*,", "")
              .replaceFirst("\"batches_per_step\":[^,]*,", "");
      assertThat(json).contains("factor", "batches_per_step");
      assertThat(old).doesNotContain("factor", "batches_per_step");
      var tensors = read.tensors();
      var about = Map.of("checkpoint", old, "checksum", Checksum.of(tensors, old));
      Safetensors.write(file("old"), tensors, about);
    }
    var checkpoint = Checkpoint.read(file("old"));
    assertThat(checkpoint.optimizer().factor()).isEqualTo(1);
    var resumed = new Recall(BATCHES);
    decayed(resumed).resuming(checkpoint).run(2);
    assertSameBits(resumed.module().parameters(), task.module().parameters());

    var alone = new AdamW(new Recall(BATCHES).module().parameters(), 0.01f);
    alone.restore(checkpoint.optimizer());
    assertThat(alone.learningRate()).isEqualTo(checkpoint.optimizer().learningRate());
  }

  private static Trainer<Recall.Words> decayed(Recall task) {
    return new Trainer<>(task, new AdamW(task.module().parameters(), 0.01f), new Seed(1))
        .schedulePerStep(Schedule.exponential(0.7))
        .keepingLast();
  }

  @Test
  void otherFilesAreNoCheckpoints() {
    Safetensors.write(file("model"), Map.of("weight", Tensor.ones(2)));
    assertThatThrownBy(() -> Checkpoint.read(file("model")))
        .isInstanceOf(TrainException.class)
        .hasMessageContaining("holds tensors, but no training to go on with");
    assertThatThrownBy(() -> Checkpoint.read(file("nowhere"))).isInstanceOf(FileException.class);
  }

  @Test
  void whatDoesNotFitIsRefusedAndChangesNothing() {
    var task = new Recall(BATCHES);
    new Trainer<>(task, new Adam(task.module().parameters(), 0.01f), new Seed(1))
        .saving(c -> c.write(file("a")))
        .run(1);
    var saved = Checkpoint.read(file("a"));

    refused(new Recall(1), p -> new Adam(p, 0.1f), 2, saved, "made with seed 1, this run has 2");
    refused(new Recall(1), p -> new Sgd(p, 0.1f), 1, saved, "the state is that of Adam");
    var averaging =
        new Trainer<>(task, new Adam(task.module().parameters(), 0.01f), new Seed(1))
            .averagingLast(3)
            .resuming(saved);
    assertThatThrownBy(() -> averaging.run(2))
        .isInstanceOf(TrainException.class)
        .hasMessageContaining("holds the parameters after 0 epochs to average");
    var accumulating =
        new Trainer<>(task, new Adam(task.module().parameters(), 0.01f), new Seed(1))
            .accumulating(2)
            .resuming(saved);
    assertThatThrownBy(() -> accumulating.run(2))
        .isInstanceOf(TrainException.class)
        .hasMessageContaining("made with 1 batches a step, this run has 2");
    refused(new Echo(1, true), p -> new Adam(p, 0.1f), 1, saved, "missing [lstm.bias_hh_l0");
  }

  private static <B> void refused(
      Objective<B> task,
      Function<Map<String, Tensor>, Optimizer> optimizer,
      long seed,
      Checkpoint saved,
      String message) {
    var before = task.module().parameters().values().stream().map(Tensor::toArray).toList();
    var trainer =
        new Trainer<>(task, optimizer.apply(task.module().parameters()), new Seed(seed))
            .resuming(saved);
    assertThatThrownBy(() -> trainer.run(2))
        .isInstanceOf(TrainException.class)
        .hasMessageContaining(message);
    var after = task.module().parameters().values().stream().map(Tensor::toArray).toList();
    assertThat(after).usingRecursiveComparison().isEqualTo(before);
  }

  @Test
  void lessDataThanBeforeIsNoticed() {
    var task = new Recall(BATCHES);
    var trainer =
        new Trainer<>(task, new Adam(task.module().parameters(), 0.01f), new Seed(1))
            .savingEvery(2, c -> c.write(file("a")))
            .listener(killAfter(4));
    assertThatThrownBy(() -> trainer.run(1)).isInstanceOf(Killed.class);
    var less = new Recall(2);
    var resumed =
        new Trainer<>(less, new Adam(less.module().parameters(), 0.01f), new Seed(1))
            .resuming(Checkpoint.read(file("a")));
    assertThatThrownBy(() -> resumed.run(1))
        .isInstanceOf(TrainException.class)
        .hasMessageContaining("expected batches in epoch 1 after the 2 that are done, got none");
  }

  private Path file(String name) {
    return folder.resolve(name + ".safetensors");
  }
}
