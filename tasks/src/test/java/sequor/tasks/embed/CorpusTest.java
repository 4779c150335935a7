package sequor.tasks.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import sequor.text.TokenSettings;
import sequor.text.Tokenizer;
import sequor.text.Whitespace;

class CorpusTest {
  private static Corpus of(List<String> texts) {
    return Corpus.of(
        texts,
        Cutting.of(
            Tokenizer.learn(new Whitespace(), TokenSettings.standard(), List.of("a a a b b c"))));
  }

  @Test
  void textsAreNumbersAndWhatIsUnknownIsLeftOut() {
    var corpus = of(List.of("a b", "x y", "c x a", ""));
    int[] numbers = new int[6];
    assertThat(corpus.size()).isEqualTo(6);
    corpus.read(0, numbers, 6);
    assertThat(numbers).containsExactly(0, 1, Corpus.END, 2, 0, Corpus.END);
    assertThat(corpus.words()).isEqualTo(7);
    assertThat(corpus.lexicon().words()).containsExactly("a", "b", "c");
    assertThat(corpus.lexicon().counts()).containsExactly(2, 1, 1);
  }

  /// More than stays in memory.
  @Test
  void aLongTextGoesToAFile() {
    String text = String.join(" ", Collections.nCopies(1000, "a b c b"));
    var corpus = of(Collections.nCopies(1100, text));
    assertThat(corpus.size()).isEqualTo(1100 * 4001L);
    int[] numbers = new int[5];
    corpus.read(1099 * 4001L - 1, numbers, 5);
    assertThat(numbers).containsExactly(Corpus.END, 0, 1, 2, 1);
    assertThat(corpus.lexicon().count(1)).isEqualTo(2_200_000);
  }

  @Test
  void windowsEndWithTheText() {
    var kept = new Kept(new float[] {1, 1, 1}, 2, 16);
    kept.take(new int[] {0, 1, 2, -1, 0, 1, -1}, 7, 1, new Draws());
    assertThat(kept.count()).isEqualTo(7);
    for (int place : new int[] {0, 1, 2}) {
      assertThat(kept.from(place)).isBetween(Math.max(0, place - 2), Math.max(0, place - 1));
      assertThat(kept.to(place)).isBetween(Math.min(3, place + 2), 3);
    }
    assertThat(kept.from(4)).isEqualTo(4);
    assertThat(kept.to(5)).isEqualTo(6);
  }
}
