package sequor.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import sequor.Seed;
import sequor.tensor.Tensor;

class OneHotToEmbeddingTest {
  @Test
  void theNearestHasTheSmallestAngle() {
    var table = Tensor.of(new float[] {1, 0, 100, 10, 0, 1, -1, 1}, 4, 2);

    assertThat(OneHotToEmbedding.neighbours(table)).containsExactly(1, 0, 3, 2);
  }

  @Test
  void anySeedBringsTheWordsOfAKindTogether() {
    for (int seed = 2; seed < 7; seed++) {
      var model = new OneHotToEmbedding.NextWord(new Seed(seed).generator());
      OneHotToEmbedding.train(model);

      int[] neighbours = OneHotToEmbedding.neighbours(model.embedding().weight());
      assertThat(OneHotToEmbedding.ofOneKind(neighbours)).isEqualTo(12);
    }
  }

  @Test
  void itsClaimsHold() {
    OneHotToEmbedding.main();
  }
}
