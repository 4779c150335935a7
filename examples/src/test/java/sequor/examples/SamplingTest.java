package sequor.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import sequor.Seed;
import sequor.nn.Sampler;

class SamplingTest {
  @Test
  void frequenciesAddUpToOne() {
    double[] drawn =
        Sampling.frequencies(Sampler.of(1), new float[] {0, 5, 0}, new Seed(7).generator());

    assertThat(drawn[0] + drawn[1] + drawn[2]).isEqualTo(1, within(1e-9));
    assertThat(drawn[1]).isGreaterThan(0.9);
  }

  @Test
  void itsClaimsHold() {
    Sampling.main();
  }
}
