package sequor.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.Seed;

class DropoutTest {
  private static final int N = 40_000;
  private final Tensor x = Tensor.ones(N).requiresGrad(true);

  @ParameterizedTest
  @ValueSource(floats = {0.1f, 0.5f, 0.9f})
  void asManyAreDroppedAsAskedForAndTheOthersAreScaled(float p) {
    try (var _ = Tape.open(new Seed(1).generator())) {
      float[] y = x.dropout(p).toArray();

      assertThat(y).containsOnly(0, 1 / (1 - p));
      int kept = 0;
      for (float number : y) {
        kept += number != 0 ? 1 : 0;
      }
      double deviation = Math.sqrt(N * p * (1 - p));
      assertThat((double) kept).isCloseTo(N * (1 - p), within(5 * deviation));
    }
  }

  @Test
  void backwardTossesTheSameCoins() {
    try (var tape = Tape.open(new Seed(1).generator())) {
      var y = x.dropout(0.3f);
      tape.backward(y.sum());

      assertThat(x.grad().toArray()).containsExactly(y.toArray()); // dy/dx = y/x, and x is 1
    }
  }

  @Test
  void theGeneratorDecidesTheCoins() {
    assertThat(dropped(1)).containsExactly(dropped(1));
    assertThat(dropped(1)).isNotEqualTo(dropped(2));
    try (var _ = Tape.open(new Seed(1).generator())) {
      assertThat(x.dropout(0.5f).toArray()).isNotEqualTo(x.dropout(0.5f).toArray());
    }
  }

  private float[] dropped(long seed) {
    try (var _ = Tape.open(new Seed(seed).generator())) {
      return x.dropout(0.5f).toArray();
    }
  }

  @Test
  void onlyATapeThatTrainsDropsAnything() {
    assertThat(x.dropout(0.5f)).isSameAs(x);
    try (var _ = Tape.open()) {
      assertThat(x.dropout(0.5f)).isSameAs(x);
    }
    try (var _ = Tape.open(new Seed(1).generator())) {
      assertThat(x.dropout(0)).isSameAs(x);
      assertThat(x.dropout(0.5f)).isNotSameAs(x);
    }
  }
}
