package sequor.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class KernelsBindingTest {
  private static final Kernels SCALAR = Kernels.scalar();
  private static final KernelsProvider FAST = new Fake("fast", 2, () -> named("fast"));
  private static final KernelsProvider FASTER = new Fake("faster", 3, () -> named("faster"));
  private static final KernelsProvider BROKEN =
      new Fake(
          "broken",
          9,
          () -> {
            throw new UnsupportedOperationException("no such machine");
          });
  private static final KernelsProvider FLAGLESS =
      new Fake(
          "flagless",
          9,
          () -> {
            throw new NoClassDefFoundError("jdk/incubator/vector/FloatVector");
          });

  @Test
  void theHighestPriorityThatWorksIsBound() {
    assertThat(KernelsBinding.bind("", List.of()).name()).isEqualTo("scalar");
    assertThat(KernelsBinding.bind("", List.of(FAST, FASTER)).name()).isEqualTo("faster");
    assertThat(KernelsBinding.bind("", List.of(FAST, BROKEN)).name()).isEqualTo("fast");
    assertThat(KernelsBinding.bind("", List.of(FLAGLESS)).name()).isEqualTo("scalar");
  }

  @Test
  void aNameForcesKernels() {
    assertThat(KernelsBinding.bind("scalar", List.of(FAST)).name()).isEqualTo("scalar");
    assertThat(KernelsBinding.bind("fast", List.of(FAST, FASTER)).name()).isEqualTo("fast");
  }

  @Test
  void anUnknownNameListsTheKnownOnes() {
    assertThatThrownBy(() -> KernelsBinding.bind("gpu", List.of(FAST, FASTER)))
        .isInstanceOf(KernelsException.class)
        .hasMessage(
            "sequor.kernels=gpu: no kernels have that name;"
                + " choose one of [scalar, faster, fast]");
  }

  @Test
  void forcedKernelsThatCannotRunSayWhatIsMissing() {
    assertThatThrownBy(() -> KernelsBinding.bind("broken", List.of(BROKEN)))
        .hasMessageContaining("no such machine");
    assertThatThrownBy(() -> KernelsBinding.bind("flagless", List.of(FLAGLESS)))
        .hasMessageContaining("start Java with --add-modules jdk.incubator.vector");
  }

  private static Kernels named(String name) {
    return new Kernels(
        name,
        1,
        SCALAR.memory(),
        SCALAR.products(),
        SCALAR.elementwise(),
        SCALAR.reductions(),
        SCALAR.rows(),
        SCALAR.copies(),
        SCALAR.recurrences(),
        SCALAR.scans(),
        SCALAR.chains(),
        SCALAR.convolutions(),
        SCALAR.attentions(),
        SCALAR.embeddings(),
        SCALAR.updates(),
        SCALAR.probe());
  }

  private record Fake(String name, int priority, Supplier<Kernels> make)
      implements KernelsProvider {
    @Override
    public Kernels kernels() {
      return make.get();
    }
  }
}
