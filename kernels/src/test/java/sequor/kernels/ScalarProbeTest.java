package sequor.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ScalarProbeTest {
  @Test
  void itCountsTwoForEveryMultiplyAdd() {
    assertThat(Kernels.scalar().probe().multiplyAdds(0)).isZero();
    assertThat(Kernels.scalar().probe().multiplyAdds(10)).isEqualTo(2 * 12 * 10);
  }

  @Test
  void itDoesWhatItCounts() {
    var random = new Random(1);
    float[] sums = new float[ScalarProbe.SUMS];
    float[] expected = new float[ScalarProbe.SUMS];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = random.nextFloat();
      expected[i] = sums[i];
      for (int round = 0; round < 100; round++) {
        expected[i] = Math.fma(expected[i], 0.999f, 1e-9f);
      }
    }

    ScalarProbe.run(sums, 100);

    assertThat(sums).isEqualTo(expected);
  }
}
