package sequor.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.json.JsonObject;
import sequor.settings.SettingsException;
import sequor.store.RunDirectory;
import sequor.tasks.Training;
import sequor.train.TrainingListener;

/// `training.refit`: what was chosen by the validation split learns from that split too.
class RefitTest {
  @TempDir static Path shared;
  @TempDir Path folder;

  private static Path words;

  @BeforeAll
  static void write() throws IOException {
    words = Toy.words(shared);
  }

  private static Recipe recipe(String... more) {
    var all = new ArrayList<>(List.of(more));
    all.addAll(List.of("training.epochs=4", "model.ngrams=naive_bayes"));
    return Toy.classifier(words, all.toArray(String[]::new));
  }

  private static Recipe refit() {
    return recipe("training.refit=true");
  }

  private JsonObject config(String run) {
    return new RunDirectory(folder.resolve(run)).model().config().read();
  }

  @Test
  void itLearnsFromTheValidationSplitTooAndKeepsWhatThatChose() throws IOException {
    var once = Toy.train(recipe(), folder.resolve("once"));
    var again = Toy.train(refit(), folder.resolve("again"));

    assertThat(once.sizes()).isEqualTo(new Training.Sizes(90, 15, 15));
    assertThat(again.sizes()).isEqualTo(new Training.Sizes(105, 0, 15));
    assertThat(again.bestEpoch()).isEqualTo(once.bestEpoch());
    assertThat(again.notices())
        .contains(
            "it learned once more, for %d epochs, from the training and the validation split"
                .formatted(once.bestEpoch()));
    for (var weight : List.of("ngrams_weight", "network_weight")) {
      assertThat(config("again").number(weight)).isEqualTo(config("once").number(weight));
    }
    assertThat(Toy.weights(folder.resolve("again")))
        .isNotEqualTo(Toy.weights(folder.resolve("once")));
    assertThat(again.test().metrics().get("accuracy")).isGreaterThan(0.9);
    assertThat(again.floor().metrics()).containsKey("accuracy");
  }

  @Test
  void anotherFloorIsThatOfTheTrainingSplit() throws IOException {
    var strong = Toy.train(recipe("floor.method=strong"), folder.resolve("once"));
    var again =
        Toy.train(recipe("floor.method=strong", "training.refit=true"), folder.resolve("again"));

    assertThat(again.floor().metrics()).isEqualTo(strong.floor().metrics());
  }

  @Test
  void itComesToTheSameBits() throws IOException {
    Toy.train(refit(), folder.resolve("one"));
    Toy.train(refit(), folder.resolve("other"));

    assertThat(Toy.weights(folder.resolve("one"))).isEqualTo(Toy.weights(folder.resolve("other")));
  }

  /// Stopped while it learns once more, it goes on from the end of the first time.
  @Test
  void whatWasStoppedMeanwhileComesToTheSameBits() throws IOException {
    Toy.train(refit(), folder.resolve("whole"));
    var stopping =
        new Run.Listener() {
          private boolean again;

          @Override
          public void began(String what) {
            again |= what.startsWith("learning once more");
          }

          @Override
          public void stepped(TrainingListener.Step step) {
            if (again && step.number() == 5) {
              throw new IllegalStateException("stopped");
            }
          }
        };
    var run = folder.resolve("stopped");

    assertThatThrownBy(() -> Toy.train(refit(), run, stopping, false)).hasMessage("stopped");
    Toy.train(refit(), run, new Run.Listener() {}, true);
    assertThat(Toy.weights(run)).isEqualTo(Toy.weights(folder.resolve("whole")));
  }

  @Test
  void aRateThatFollowsTheValidationSplitIsRefused() {
    var recipe = recipe("training.refit=true", "training.schedule=plateau");

    assertThatThrownBy(() -> Toy.train(recipe, folder.resolve("run")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("training.schedule: expected one that follows no metric");
  }
}
