package sequor.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import sequor.tensor.GradientCheck;
import sequor.tensor.Ids;
import sequor.tensor.Tensor;

class TagCountsTest {
  private static final float CLOSE = 1e-5f;

  /// Word 1 was seen twice with tag 0 and once with tag 2, word 2 once with tag 1; word 0 never.
  private static final TagCounts.Table TABLE =
      new TagCounts.Table(
          new int[][] {{}, {0, 2}, {1}}, new int[][] {{}, {2, 1}, {1}}, new long[] {5, 4, 1});

  private final TagCounts counts = new TagCounts(TABLE);

  @Test
  void rareTagsThatAWordHadSayMost() {
    var scores = counts.scores(Ids.of(new int[] {1, 2, 0}, 1, 3)); // (1,3,3)
    assertThat(scores.shape().dims()).containsExactly(1, 3, 3);
    float[] all = scores.toArray();
    assertThat(all[0]).isEqualTo((float) Math.log1p(2 / 0.5), within(CLOSE));
    assertThat(all[1]).isZero();
    assertThat(all[2]).isEqualTo((float) Math.log1p(1 / 0.1), within(CLOSE));
    assertThat(all[4]).isEqualTo((float) Math.log1p(1 / 0.4), within(CLOSE));
    assertThat(all).endsWith(0, 0, 0); // of a word that was not seen
  }

  @Test
  void aWordIsLeftOutOfItsOwnCounts() {
    var words = Ids.of(new int[] {1, 1, 2, 0}, 1, 4);
    var targets = Ids.of(new int[] {0, 2, 1, -100}, 1, 4);
    float[] all = counts.scoresWithout(words, targets).toArray();
    assertThat(all[0]).isEqualTo((float) Math.log1p(1 / 0.5), within(CLOSE));
    assertThat(all[2]).isEqualTo((float) Math.log1p(1 / 0.1), within(CLOSE));
    assertThat(all[3]).isEqualTo((float) Math.log1p(2 / 0.5), within(CLOSE));
    assertThat(all[5]).isZero();
    assertThat(all).endsWith(0, 0, 0, 0, 0, 0); // seen only here, and padding
  }

  @Test
  void howMuchTheyCountIsLearnedForEachNumberOfTimes() {
    var words = Ids.of(new int[] {1, 2}, 1, 2);
    Tensor scale = Objects.requireNonNull(counts.parameters().get("scale"));
    GradientCheck.of(() -> counts.scores(words).tanh().sum()).with(counts.parameters()).run();
    scale.assign(new float[] {0.5f, 1, 2, 1, 1, 1}); // seen once, twice, three or four times …
    float[] all = counts.scores(words).toArray();
    assertThat(all[0]).isEqualTo(2 * (float) Math.log1p(2 / 0.5), within(CLOSE));
    assertThat(all[4]).isEqualTo(0.5f * (float) Math.log1p(1 / 0.4), within(CLOSE));
  }
}
