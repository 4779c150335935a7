package sequor.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import sequor.Seed;
import sequor.tensor.Tensor;

class SelfAttentionTest {
  @Test
  void aStepThatFitsNoKeyBetterTakesTheMean() {
    var random = new Seed(5).generator();
    var v = Tensor.randn(random, 3, 4); // (T,D)

    var y = SelfAttention.attend(Tensor.zeros(3, 4), Tensor.randn(random, 3, 4), v);

    double[][] mean = ByHand.rows(v.mean(0).expand(3, 4));
    assertThat(ByHand.difference(mean, y)).isLessThan(1e-6);
  }

  @Test
  void itsClaimsHold() {
    SelfAttention.main();
  }
}
