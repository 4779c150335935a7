package sequor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.AtomicFile;
import sequor.FileException;
import sequor.json.Json;
import sequor.json.JsonException;
import sequor.json.JsonFile;
import sequor.json.JsonObject;

class RunDirectoryTest {
  @TempDir private Path folder;

  @Test
  void namesTheFiles() {
    var run = new RunDirectory(folder);

    assertThat(folder.relativize(run.recipe())).hasToString("recipe.yaml");
    assertThat(folder.relativize(run.curves().resolve("loss.svg"))).hasToString("curves/loss.svg");
    assertThat(folder.relativize(run.model().weights())).hasToString("model/model.safetensors");
    assertThat(folder.relativize(run.model().card())).hasToString("model/README.md");
    assertThat(folder.relativize(run.model().tokens())).hasToString("model/tokens.json");
    assertThat(folder.relativize(run.checkpoint(1200)))
        .hasToString("checkpoints/0000001200.safetensors");
  }

  @Test
  void findsTheLatestCheckpoint() {
    var run = new RunDirectory(folder);
    assertThat(run.latestCheckpoint()).isEmpty();

    for (long step : new long[] {900, 20_000_000_000L, 1000}) {
      AtomicFile.write(run.checkpoint(step), "");
    }
    AtomicFile.write(run.checkpoint(0).resolveSibling(".0000009999.safetensors.1-1.tmp"), "");
    AtomicFile.write(run.checkpoint(0).resolveSibling("best.safetensors"), "");

    assertThat(run.checkpoints())
        .containsExactly(
            run.checkpoint(900), run.checkpoint(1000), run.checkpoint(20_000_000_000L));
    assertThat(run.latestCheckpoint()).contains(run.checkpoint(20_000_000_000L));
  }

  @Test
  void metricsAreLines() {
    var metrics = new RunDirectory(folder.resolve("new")).metrics();
    assertThat(metrics.lines()).isEmpty();

    metrics.append(line(1));
    metrics.append(line(2));
    metrics.append(line(3));
    metrics.retain(line -> line.wholeNumber("step", 0, 100) <= 2);

    assertThat(metrics.lines()).containsExactly(line(1), line(2));
    assertThat(metrics.path()).hasContent("{\"step\":1}\n{\"step\":2}\n");
  }

  @Test
  void halfALineIsDropped() throws IOException {
    var metrics = new RunDirectory(folder).metrics();
    Files.writeString(metrics.path(), "{\"step\":1}\n{\"step\":2,\"lo");

    assertThat(metrics.lines()).containsExactly(line(1));

    metrics.append(line(2));
    assertThat(metrics.lines()).containsExactly(line(1), line(2));

    Files.writeString(metrics.path(), "{\"st");
    metrics.append(line(1));
    assertThat(metrics.lines()).containsExactly(line(1));
  }

  @Test
  void aBadLineIsNamed() throws IOException {
    var metrics = new RunDirectory(folder).metrics();
    Files.writeString(metrics.path(), "{\"step\":1}\n{\"step\":}\n");

    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(metrics::lines)
        .withMessageStartingWith("metrics.jsonl, line 2:1:9: expected a value, got }");
  }

  @Test
  void jsonFilesNameThemselvesInErrors() {
    JsonFile config = new ModelDirectory(folder).config();
    assertThat(config.exists()).isFalse();
    assertThatExceptionOfType(FileException.class)
        .isThrownBy(config::read)
        .withMessageContaining("config.json: expected to read it, got no such file");

    config.write(Json.object().with("model", Json.object().with("hidden_size", "abc")));

    assertThat(config.exists()).isTrue();
    JsonObject model = config.read().object("model");
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> model.wholeNumber("hidden_size", 1, 9))
        .withMessageStartingWith("config.json: model.hidden_size: expected a whole number");
  }

  private static JsonObject line(int step) {
    return Json.object().with("step", step);
  }
}
