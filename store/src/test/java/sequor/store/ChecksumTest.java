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

class ChecksumTest {
  private static final Map<String, Tensor> WEIGHTS =
      Map.of("a", Tensor.of(new float[] {1, 2, 3}), "b", Tensor.of(new float[] {4, 5}, 2, 1));

  @TempDir Path folder;

  @Test
  void everyFlippedBitOfAWeightIsNoticedAndNothingIsLoaded() throws IOException {
    var model = new ModelDirectory(folder);
    model.writeWeights(WEIGHTS);
    byte[] whole = Files.readAllBytes(model.weights());
    int weights = 5 * Float.BYTES;
    for (int bit = 0; bit < 8 * weights; bit++) {
      byte[] damaged = whole.clone();
      damaged[whole.length - weights + bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(model.weights(), damaged);
      var parameters = Map.of("a", Tensor.zeros(3), "b", Tensor.zeros(2, 1));

      assertThatThrownBy(() -> model.loadWeights(parameters))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("model.safetensors: expected weights with the checksum ")
          .hasMessageContaining("; the file was damaged after it was written");
      assertThat(parameters.get("a")).extracting(a -> a.toArray()[0]).isEqualTo(0f);
    }
  }

  @Test
  void aFileWithoutAChecksumIsTakenAsItIs() {
    var model = new ModelDirectory(folder);
    Safetensors.write(model.weights(), WEIGHTS);
    var parameters = Map.of("a", Tensor.zeros(3), "b", Tensor.zeros(2, 1));

    model.loadWeights(parameters);

    assertThat(parameters.get("b")).extracting(b -> b.toArray()[1]).isEqualTo(5f);
  }

  @Test
  void namesAndShapesCountToo() {
    var a = Tensor.of(new float[] {1, 2});
    String checksum = Checksum.of(Map.of("a", a), "");

    assertThat(checksum).matches("[0-9a-f]{8}");
    assertThat(Checksum.of(Map.of("b", a), "")).isNotEqualTo(checksum);
    assertThat(Checksum.of(Map.of("a", a.reshape(2, 1)), "")).isNotEqualTo(checksum);
    assertThat(Checksum.of(Map.of("a", a), "x")).isNotEqualTo(checksum);
  }
}
