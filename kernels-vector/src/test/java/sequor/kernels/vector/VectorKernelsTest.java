package sequor.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import sequor.kernels.Kernels;
import sequor.kernels.vector.simd.Lanes;

class VectorKernelsTest {
  @Test
  void theyAreFoundAndBound() {
    assertThat(Kernels.best().name()).isEqualTo("vector");
    assertThat(Kernels.best().lanes()).isEqualTo(Lanes.L).isGreaterThanOrEqualTo(4);
    assertThat(Kernels.scalar().name()).isEqualTo("scalar");
  }
}
