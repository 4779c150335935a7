package sequor.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import sequor.Seed;
import sequor.tensor.GradientCheck;
import sequor.tensor.Tensor;

class TransformerBlockTest {
  @Test
  void itAgreesWithTheLoopsForAnyNumberOfHeads() {
    for (int heads : new int[] {1, 3, 6, 12}) {
      var random = new Seed(heads).generator();
      var block = new TransformerBlock.Block(12, heads, random);
      var x = Tensor.randn(random, 1, 7, 12); // (B,T,D)

      var byHand = TransformerBlock.byHand(block, ByHand.rows(x.select(0, 0)));

      assertThat(ByHand.difference(byHand, block.forward(x).select(0, 0))).isLessThan(1e-5);
    }
  }

  @Test
  void aGradientReachesEveryWeightOfIt() {
    var random = new Seed(6).generator();
    var block = new TransformerBlock.Block(4, 2, random);
    var x = Tensor.randn(random, 1, 3, 4); // (B,T,D)
    GradientCheck.of(() -> block.forward(x))
        .with("x", x)
        .with("query", block.parameter("query.weight"))
        .with("key", block.parameter("key.weight"))
        .with("value", block.parameter("value.weight"))
        .with("output", block.parameter("output.weight"))
        .step(0.005f)
        .run();
  }

  @Test
  void itsClaimsHold() {
    TransformerBlock.main();
  }
}
