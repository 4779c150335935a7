package sequor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.tensor.Tensor;

/// The weights of a published model, in one file or in several.
class PublishedWeightsTest {
  private static final Tensor A = Tensor.of(new float[] {1, 2, 3}, 3);
  private static final Tensor B = Tensor.of(new float[] {4, 5, 6, 7}, 2, 2);

  @TempDir Path folder;

  private void index(String weightMap) throws IOException {
    Files.writeString(
        folder.resolve("model.safetensors.index.json"),
        "{\"metadata\": {\"total_size\": 28}, \"weight_map\": {%s}}".formatted(weightMap));
  }

  @Test
  void oneFileIsReadAsItIs() {
    Safetensors.write(folder.resolve("model.safetensors"), Map.of("a", A, "b", B));
    try (var weights = PublishedWeights.open(folder)) {
      assertThat(weights.names()).containsExactly("a", "b");
      assertThat(weights.shape("b").dims()).containsExactly(2, 2);
      assertThat(weights.tensor("a").toArray()).containsExactly(1, 2, 3);
      assertThatThrownBy(() -> weights.tensor("c"))
          .isInstanceOf(StoreException.class)
          .hasMessageEndingWith(
              "model.safetensors: c: expected a tensor of this name, got none; see names()");
    }
  }

  @Test
  void anIndexSaysWhatLiesWhere() throws IOException {
    Safetensors.write(folder.resolve("model-1.safetensors"), Map.of("a", A));
    Safetensors.write(folder.resolve("model-2.safetensors"), Map.of("b", B, "unnamed", A));
    index("\"b\": \"model-2.safetensors\", \"a\": \"model-1.safetensors\"");
    try (var weights = PublishedWeights.open(folder)) {
      assertThat(weights.names()).containsExactly("b", "a");
      assertThat(weights.tensor("a").toArray()).containsExactly(1, 2, 3);
      assertThat(weights.tensor("b").toArray()).containsExactly(4, 5, 6, 7);
    }
  }

  @Test
  void anIndexThatDoesNotFitIsRefused() throws IOException {
    Safetensors.write(folder.resolve("model-1.safetensors"), Map.of("a", A));
    index("\"b\": \"model-1.safetensors\"");
    assertThatThrownBy(() -> PublishedWeights.open(folder))
        .isInstanceOf(StoreException.class)
        .hasMessageEndingWith(
            "expected a tensor b in model-1.safetensors, got none; fetch the folder again");
    index("\"a\": \"../model-1.safetensors\"");
    assertThatThrownBy(() -> PublishedWeights.open(folder))
        .isInstanceOf(StoreException.class)
        .hasMessageEndingWith(
            "expected names of files beside it, got \"../model-1.safetensors\"; fetch the folder"
                + " again");
  }

  @Test
  void aFolderWithoutWeightsSaysWhatIsMissing() throws IOException {
    assertThatThrownBy(() -> PublishedWeights.open(folder))
        .isInstanceOf(StoreException.class)
        .hasMessageEndingWith(
            "expected model.safetensors, or model.safetensors.index.json, got neither; fetch the"
                + " whole folder of the model");
    Files.write(folder.resolve("pytorch_model.bin"), new byte[] {1});
    assertThatThrownBy(() -> PublishedWeights.open(folder))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("got pytorch_model.bin alone; fetch the model's safetensors");
  }
}
