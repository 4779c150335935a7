package sequor.parity;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What runs in place of all others on a machine that this module's POM has no libtorch for: it
/// states that nothing was compared, and fails if there is one after all.
@Tag("without-libtorch")
class WithoutLibtorchTest {
  @Test
  void nothingIsComparedBecauseLibtorchIsMissing() {
    assertThatThrownBy(() -> Loader.load(torch.class))
        .as("libtorch is there: give this machine a profile in parity/pom.xml")
        .isInstanceOf(LinkageError.class);
    System.out.printf("parity: no libtorch for %s, nothing was compared%n", Loader.getPlatform());
  }
}
