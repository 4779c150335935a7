package sequor.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import sequor.Seed;
import sequor.tensor.Ids;

class OrderMattersTest {
  @Test
  void theSentencesOfAPairHaveTheSameWordsAndDifferentClasses() {
    var sentences = OrderMatters.numbers(OrderMatters.pairs());

    var counts = sentences.ids().oneHot(12).sum(1); // (B,V)
    assertThat(counts.dim(0)).isEqualTo(50);
    for (int b = 0; b < 50; b += 2) {
      assertThat(counts.select(0, b).toArray()).isEqualTo(counts.select(0, b + 1).toArray());
      assertThat(sentences.ids().select(0, b)).isNotEqualTo(sentences.ids().select(0, b + 1));
    }
    assertThat(sentences.classes().slice(0, 0, 4)).isEqualTo(Ids.of(new int[] {1, 0, 1, 0}));
  }

  @Test
  void noSeedTakesABagOfWordsBeyondChance() {
    var pairs = OrderMatters.pairs();
    var train = OrderMatters.numbers(pairs.subList(0, 18));
    var test = OrderMatters.numbers(pairs.subList(18, 25));
    for (int seed = 2; seed < 5; seed++) {
      var random = new Seed(seed).generator();
      var bag = new OrderMatters.BagOfWords(random);

      assertThat(OrderMatters.accuracy(bag, train, test)).isEqualTo(0.5);
    }
  }

  @Test
  void itsClaimsHold() {
    OrderMatters.main();
  }
}
