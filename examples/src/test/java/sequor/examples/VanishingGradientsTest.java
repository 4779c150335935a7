package sequor.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VanishingGradientsTest {
  @Test
  void itsClaimsHoldAndItDrawsThem(@TempDir Path folder) throws IOException {
    VanishingGradients.run(folder.resolve("new"));

    assertThat(folder.resolve("new/gradients.svg"))
        .content()
        .contains("RNN", "LSTM, open", "GRU, open", "w = 1.1");
  }
}
