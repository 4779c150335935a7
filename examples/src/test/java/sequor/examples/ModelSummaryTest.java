package sequor.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import sequor.Seed;

class ModelSummaryTest {
  private final RandomGenerator random = new Seed(1).generator();

  @Test
  void theCountsAreThoseOfTheBooksAndTheSecondBias() {
    assertThat(ModelSummary.embedding(random).parameterCount()).isEqualTo(600);
    assertThat(ModelSummary.elman(random, false).parameterCount()).isEqualTo(36_193 + 64);
    assertThat(ModelSummary.bothWays(random).parameterCount()).isEqualTo(1_180_501 + 128);
    assertThat(ModelSummary.characters(random).parameterCount()).isEqualTo(1_636_432 + 2048);
  }

  @Test
  void aFrozenEmbeddingIsSaidToBe() {
    assertThat(ModelSummary.elman(random, true).toString())
        .containsPattern("embedding: Embedding +\\(2,20,32\\) +32,000  frozen\n")
        .containsPattern("output: Linear +\\(2,1\\) +33  trainable\n")
        .containsPattern("\ntrainable +4,257\nfrozen +32,000\n");
  }

  @Test
  void itsClaimsHold() {
    ModelSummary.main();
  }
}
