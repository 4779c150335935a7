package sequor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.tensor.Tensor;

class WeightsTest {
  @TempDir private Path folder;

  private final Map<String, Tensor> saved =
      new TreeMap<>(
          Map.of(
              "bias", Tensor.ones(2),
              "old", Tensor.ones(1),
              "older", Tensor.ones(1, 2),
              "weight", Tensor.ones(2, 3)));

  @Test
  void overwritesInPlace() {
    Tensor weight = Tensor.zeros(2, 3);

    Weights.load("memory", Map.of("weight", Tensor.ones(2, 3)), Map.of("weight", weight));

    assertThat(weight.toArray()).containsOnly(1);
  }

  @Test
  void namesEverythingThatDoesNotFit() {
    Tensor weight = Tensor.zeros(2, 3);
    var parameters =
        new TreeMap<>(
            Map.of(
                "bias", Tensor.zeros(4),
                "new", Tensor.zeros(5),
                "newer", Tensor.of(0),
                "weight", weight));
    String message =
        """
        model.safetensors: expected the model's 4 tensors, got 2 missing, 2 extra, 1 of another \
        shape; build the model with the settings it was saved with, or rename the tensors:
          missing: new (5)
          missing: newer ()
          extra: old (1)
          extra: older (1,2)
          other shape: bias expected (4), got (2)\
        """;

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Weights.load("model.safetensors", saved, parameters))
        .withMessage(message);

    var model = new ModelDirectory(folder);
    model.writeWeights(saved);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> model.loadWeights(parameters))
        .withMessage(message);
    assertThat(weight.toArray()).containsOnly(0);
  }

  @Test
  void aFileThatEndsWhileItIsReadChangesNothing() throws IOException {
    Path file = folder.resolve("model.safetensors");
    var tensors = new TreeMap<>(Map.of("first", Tensor.ones(3), "last", Tensor.ones(1000)));
    Safetensors.write(file, tensors);
    var parameters = new TreeMap<>(Map.of("first", Tensor.zeros(3), "last", Tensor.zeros(1000)));

    try (var open = Safetensors.open(file)) {
      try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(Files.size(file) - 8);
      }
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> open.loadInto(parameters))
          .withMessageContaining("the end");
    }

    parameters.values().forEach(each -> assertThat(each.toArray()).containsOnly(0));
  }

  @Test
  void aFileThatDoesNotFitTheOthersOfAMeanIsNamed() {
    Safetensors.write(folder.resolve("a"), Map.of("weight", Tensor.ones(2)));
    Safetensors.write(folder.resolve("b"), Map.of("weight", Tensor.ones(3)));

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Weights.average(List.of(folder.resolve("a"), folder.resolve("b"))))
        .withMessageStartingWith("b: expected the model's 1 tensors");
  }
}
