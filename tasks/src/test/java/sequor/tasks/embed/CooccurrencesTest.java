package sequor.tasks.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import sequor.text.TokenSettings;
import sequor.text.Tokenizer;
import sequor.text.Whitespace;

class CooccurrencesTest {
  private static Corpus corpus(List<String> texts) {
    return Corpus.of(
        texts, Cutting.of(Tokenizer.learn(new Whitespace(), TokenSettings.standard(), texts)));
  }

  /// By hand: `a b c a` with a window of 2, and another text that does not reach over.
  @Test
  void aWordKPlacesAwayCountsOneKth() {
    var pairs = Cooccurrences.of(corpus(List.of("a b c a", "b a a")), 2, 1000);
    var counts = new HashMap<String, Float>();
    for (long i = 0; i < pairs.size(); i++) {
      long key = pairs.key(i);
      counts.put(PairCounts.word(key) + " " + PairCounts.context(key), pairs.count(i));
    }
    // a 0, b 1, c 2: a-b 1, a-c ½, b-c 1, b-a ½, c-a 1; b-a 1, b-a ½, a-a 1
    assertThat(counts)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "0 1", 3f, "1 0", 3f, "0 2", 1.5f, "2 0", 1.5f, "1 2", 1f, "2 1", 1f, "0 0", 2f));
  }

  @Test
  void aFullTableIsWrittenAndMerged() {
    var random = new Random(1);
    var texts = new ArrayList<String>();
    for (int i = 0; i < 200; i++) {
      var text = new StringJoiner(" ");
      for (int w = 0; w < 30; w++) {
        text.add("w" + (int) (60 * Math.abs(random.nextGaussian())));
      }
      texts.add(text.toString());
    }
    var corpus = corpus(texts);
    var whole = Cooccurrences.of(corpus, 5, 1 << 20);
    var pieces = Cooccurrences.of(corpus, 5, 500);
    assertThat(pieces.size()).isEqualTo(whole.size()).isGreaterThan(5000);
    for (long i = 0; i < whole.size(); i++) {
      assertThat(pieces.key(i)).isEqualTo(whole.key(i));
      assertThat(pieces.count(i)).isCloseTo(whole.count(i), within(1e-3f));
    }
    for (int stripe = 0; stripe < 256; stripe++) {
      assertThat(pieces.start(stripe)).isEqualTo(whole.start(stripe));
      for (long i = whole.start(stripe); i < whole.start(stripe + 1); i++) {
        assertThat(PairCounts.stripe(whole.key(i))).isEqualTo(stripe);
      }
    }
    assertThat(whole.start(256)).isEqualTo(whole.size());
  }

  @Test
  void aKeyTellsItsPair() {
    var random = new Random(2);
    for (int i = 0; i < 10_000; i++) {
      int word = random.nextInt(PairCounts.MOST_WORDS);
      int context = random.nextInt(PairCounts.MOST_WORDS);
      long key = PairCounts.key(word, context);
      assertThat(PairCounts.word(key)).isEqualTo(word);
      assertThat(PairCounts.context(key)).isEqualTo(context);
      assertThat(PairCounts.stripe(key)).isEqualTo(word % 16 * 16 + context % 16);
    }
  }
}
