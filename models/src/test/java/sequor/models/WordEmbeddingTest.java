package sequor.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;

class WordEmbeddingTest {
  private static final int UNKNOWN = 1;

  private static WordEmbedding embedding(WordEmbedding.Letters letters, float unknownRate) {
    var standard = WordEmbedding.Config.standard();
    var config =
        new WordEmbedding.Config(unknownRate, letters, 4, 3, 0, standard.longestWord(), 1, 5, 20);
    return new WordEmbedding(
        config,
        InputSize.ofIds(6, 0),
        7,
        InputSize.ofIds(9, 0),
        UNKNOWN,
        new long[] {0, 1, 1, 1, 1000, 1000},
        new SplittableRandom(3));
  }

  /// Two sentences of two words and one.
  private static Inputs inputs(int last) {
    return Inputs.of(
            Inputs.TEXT, Ids.of(new int[] {2, 4, 2, 0}, 2, 2), Spans.right(new int[] {2, 1}, 2))
        .and(
            WordEmbedding.LETTERS,
            Ids.of(new int[] {5, 6, 7, 8, last, 0, 5, 6, 7, 0, 0, 0}, 4, 3),
            Spans.right(new int[] {3, 1, 3, 0}, 3))
        .and(
            WordEmbedding.FEATURES,
            Ids.of(new int[] {3, 4, 5, 6, 7, 8, 3, 4, 5, 0, 0, 0}, 4, 3),
            Spans.right(new int[] {3, 3, 3, 0}, 3));
  }

  @Test
  void aWordIsTheSameWhereverItStands() {
    for (var letters : WordEmbedding.Letters.values()) {
      var embedding = embedding(letters, 0);
      var x = embedding.forward(inputs(0)); // (B,T,D)
      assertThat(x.shape().dims()).containsExactly(2, 2, embedding.width());
      float[] values = x.toArray();
      int width = embedding.width();
      for (int d = 0; d < width; d++) {
        assertThat(values[d]).isEqualTo(values[2 * width + d]);
        assertThat(values[3 * width + d]).as("padding").isZero();
      }
      assertThat(embedding.forward(inputs(7)).toArray()) // what is behind a word's end
          .containsExactly(values);
    }
  }

  @Test
  void wordsThatAreRareAreOftenUnknownInTraining() {
    var embedding = embedding(WordEmbedding.Letters.NONE, 1);
    var plain = embedding.forward(inputs(0)).toArray();
    int width = embedding.width();
    int rare = 0;
    int frequent = 0;
    var random = new Random(5);
    for (int i = 0; i < 400; i++) {
      try (var _ = Tape.open(random)) {
        float[] some = embedding.forward(inputs(0)).toArray();
        rare += some[0] == plain[0] ? 0 : 1;
        frequent += some[width] == plain[width] ? 0 : 1;
      }
    }
    assertThat(rare).isBetween(160, 240); // 1/(1+1) of the time
    assertThat(frequent).isLessThan(10); // 1/(1+1000)
  }

  @Test
  void rowsThatAreAlikeAreOne() {
    var rows =
        DistinctRows.of(
            Ids.of(new int[] {1, 2, 9, 9, 1, 2, 9, 3}, 4, 2),
            Spans.right(new int[] {2, 0, 2, 1}, 2));
    assertThat(rows.rows()).isEqualTo(Ids.of(new int[] {1, 2, 0, 0, 9, 0}, 3, 2));
    assertThat(rows.places().toArray()).containsExactly(0, 1, 0, 2);
    assertThat(rows.spans().length(2)).isEqualTo(1);
  }

  @Test
  void withoutAnEncoderVectorsStayAsTheyAre() {
    var none = new NoEncoder.Config().build(InputSize.ofNumbers(2), new SplittableRandom(1));
    var x = Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 2, 2, 2);
    var encoded = none.encode(new Inputs().and(Inputs.TEXT, x, Spans.right(new int[] {2, 1}, 2)));
    assertThat(none.hiddenSize()).isEqualTo(2);
    assertThat(encoded.hidden().toArray()).containsExactly(1, 2, 3, 4, 5, 6, 0, 0);
    assertThat(encoded.last().toArray()).containsExactly(3, 4, 5, 6);
  }
}
