package sequor.tasks.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.Seed;
import sequor.data.DataSet;
import sequor.data.Row;
import sequor.data.Source;
import sequor.json.Json;
import sequor.settings.Places;
import sequor.settings.Settings;
import sequor.tasks.TaskException;
import sequor.tasks.Training;
import sequor.train.Checkpoint;

class EmbedResumeTest {
  @TempDir Path folder;

  private static Settings settings() {
    var model = Json.object().with("dimension", 8).with("window", 2);
    var training = Json.object().with("epochs", 4);
    return new EmbedTask()
        .schema()
        .complete(Json.object().with("model", model).with("training", training), Places.NOWHERE);
  }

  private static Training training(int seed) {
    var rows = Texts.of(300).stream().map(text -> Row.of(Map.of("text", text))).toList();
    var none = Source.<Row>of(List.of());
    return new EmbedTask()
        .prepare(settings(), new DataSet<>(Source.of(rows), none, none), new Seed(seed));
  }

  @Test
  void goesOnToTheSameBits() {
    var checkpoints = new ArrayList<Checkpoint>();
    var whole = training(1);
    var result = whole.learner(settings()).savingEvery(250, checkpoints::add).run(4);
    assertThat(checkpoints).hasSize(4);
    assertThat(result.bestEpoch()).isEqualTo(4);

    var file = folder.resolve("2.safetensors");
    checkpoints.get(1).write(file);
    var again = training(1);
    var resumed = again.learner(settings()).resuming(Checkpoint.read(file)).run(4);
    assertThat(resumed.epochs()).isEqualTo(result.epochs());
    var expected = ((Embedder) whole.predictor()).vectors();
    var vectors = ((Embedder) again.predictor()).vectors();
    for (int word = 0; word < expected.size(); word++) {
      assertThat(vectors.row(word)).isEqualTo(expected.row(word));
    }
    assertThatThrownBy(() -> training(2).learner(settings()).resuming(Checkpoint.read(file)).run(4))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("expected a checkpoint of the seed 2, got one of 1");
  }
}
