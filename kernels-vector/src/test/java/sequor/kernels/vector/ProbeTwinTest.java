package sequor.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.kernels.Kernels;
import sequor.kernels.vector.simd.Lanes;

class ProbeTwinTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 7, 100, 10_000})
  void itDoesWhatItCounts(int rounds) {
    float[] twelve = random(12 * Lanes.L);
    float[] expectedTwelve = worked(twelve, rounds);
    VectorProbe.twelve(twelve, rounds);
    assertThat(twelve).isEqualTo(expectedTwelve);

    float[] twenty = random(20 * Lanes.L);
    float[] expectedTwenty = worked(twenty, rounds);
    VectorProbe.twenty(twenty, rounds);
    assertThat(twenty).isEqualTo(expectedTwenty);

    float[] chosen = random(VectorProbe.SUMS * Lanes.L);
    float[] expectedChosen = worked(chosen, rounds);
    VectorProbe.run(chosen, rounds);
    assertThat(chosen).isEqualTo(expectedChosen);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 300_000})
  void itCountsAsTheScalarOneDoes(int rounds) {
    long numbers = (long) VectorProbe.SUMS * Lanes.L;
    assertThat(Twins.VECTOR.probe().multiplyAdds(rounds)).isEqualTo(2 * numbers * rounds);
    assertThat(12 * Twins.VECTOR.probe().multiplyAdds(rounds))
        .isEqualTo(numbers * Kernels.scalar().probe().multiplyAdds(rounds));
  }

  private static float[] random(int length) {
    var random = new Random(1);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextFloat();
    }
    return values;
  }

  private static float[] worked(float[] sums, int rounds) {
    float[] worked = sums.clone();
    for (int i = 0; i < worked.length; i++) {
      for (int round = 0; round < rounds; round++) {
        worked[i] = Math.fma(worked[i], 0.999f, 1e-9f);
      }
    }
    return worked;
  }
}
