package sequor.tasks.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TargetsTest {
  private static final Lexicon FIVE =
      new Lexicon(List.of("a", "b", "c", "d", "e"), new long[] {40, 30, 15, 10, 5});

  /// The code of Huffman's paper for these counts: 1, 2, 3, 4 and 4 turns.
  @Test
  void frequentWordsHaveShortWays() {
    var tree = new HuffmanTree(FIVE);
    assertThat(tree.rows()).isEqualTo(4);
    assertThat(tree.most()).isEqualTo(4);
    int[] rows = new int[4];
    float[] turns = new float[4];
    double all = 0;
    int[] lengths = new int[5];
    for (int word = 0; word < 5; word++) {
      lengths[word] = tree.put(word, new Draws(), rows, turns, 0);
      all += Math.pow(2, -lengths[word]);
      assertThat(rows[0]).isEqualTo(3); // the root was made last
      for (int k = 0; k < lengths[word]; k++) {
        assertThat(turns[k]).isIn(0f, 1f);
      }
    }
    assertThat(lengths).containsExactly(1, 2, 3, 4, 4);
    assertThat(all).isEqualTo(1); // Kraft: no way leads nowhere
  }

  @Test
  void aTreeOfTwoWordsHasOneTurn() {
    var tree = new HuffmanTree(new Lexicon(List.of("a", "b"), new long[] {2, 1}));
    float[] turn = new float[1];
    assertThat(tree.put(0, new Draws(), new int[1], turn, 0)).isEqualTo(1);
    float first = turn[0];
    tree.put(1, new Draws(), new int[1], turn, 0);
    assertThat(turn[0]).isEqualTo(1 - first);
  }

  @Test
  void wordsAreDrawnByTheirCountsToThreeQuarters() {
    var sampling = new NegativeSampling(FIVE, 5, 0.75);
    int[] times = new int[5];
    var draws = new Draws().at(9, 0);
    int all = 200_000;
    for (int i = 0; i < all; i++) {
      times[sampling.draw(draws)]++;
    }
    double sum = 0;
    for (int word = 0; word < 5; word++) {
      sum += Math.pow((double) FIVE.count(word), 0.75);
    }
    for (int word = 0; word < 5; word++) {
      double expected = Math.pow((double) FIVE.count(word), 0.75) / sum;
      assertThat(times[word] / (double) all).isCloseTo(expected, within(0.005));
    }
  }

  @Test
  void theWordItselfIsNotDrawn() {
    var sampling = new NegativeSampling(FIVE, 5, 0.75);
    int[] rows = new int[6];
    float[] targets = new float[6];
    for (int i = 0; i < 1000; i++) {
      assertThat(sampling.put(0, new Draws().at(1, i), rows, targets, 0)).isEqualTo(6);
      assertThat(rows[0]).isZero();
      assertThat(targets).containsExactly(1, 0, 0, 0, 0, 0);
      for (int k = 1; k < 6; k++) {
        assertThat(rows[k]).isBetween(1, 4);
      }
    }
  }

  @Test
  void frequentWordsAreKeptSeldom() {
    float[] kept = FIVE.kept(0.05);
    assertThat(kept[0]).isCloseTo((float) (Math.sqrt(0.05 / 0.4) + 0.05 / 0.4), within(1e-6f));
    assertThat(kept[4]).isEqualTo(1);
    assertThat(FIVE.kept(0)).containsOnly(1);
  }
}
