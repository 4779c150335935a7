package sequor.tasks.embed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sequor.InOrder;
import sequor.data.DataException;
import sequor.data.Source;
import sequor.json.Json;
import sequor.settings.Places;
import sequor.text.Tokenizer;

/// What tells two words apart: how much likelier a third word stands near the one than near the
/// other.
///
/// ```
/// P(k|i) = X(i,k) / Σ X(i,·),   ratio = P(k|i) / P(k|j)
/// ```
///
/// X counts words around a word, one k places away 1/k. A ratio far above 1 belongs to the first
/// word, one far below to the second, and one about 1 to both or to neither.
///
/// Source: Pennington, Socher and Manning, *GloVe* (2014), table 1.
///
/// @param firstCount how often the first word occurs
/// @param ratios of the words that were asked for, in their order
public record WordRatios(
    String first, String second, long firstCount, long secondCount, List<Ratio> ratios) {
  public WordRatios {
    ratios = List.copyOf(ratios);
  }

  /// What one word says.
  ///
  /// @param ofFirst P(word|first)
  /// @param ofSecond P(word|second)
  /// @param ratio of both; infinite or not a number where the second is 0
  public record Ratio(String word, double ofFirst, double ofSecond, double ratio) {}

  /// Goes through texts, whose words are cut as those of the task are: in small letters.
  ///
  /// @param window words on each side
  /// @throws DataException if one of both words does not occur
  public static WordRatios of(
      Source<String> texts, String first, String second, List<String> probes, int window) {
    var settings = new EmbedTask().schema().complete(Json.object(), Places.NOWHERE);
    var tokenizer =
        Tokenizer.learn(
            settings.section("tokens"),
            List.of(String.join(" ", first, second, "", String.join(" ", probes))));
    String one = spelled(tokenizer, first);
    String other = spelled(tokenizer, second);
    var counting = new Counting(one, other, window);
    InOrder.forEach(texts.iterable(), String::length, tokenizer::tokens, counting::add);
    counting.requireBoth();
    var ratios = new ArrayList<Ratio>();
    for (var probe : probes) {
      ratios.add(counting.ratio(spelled(tokenizer, probe)));
    }
    return new WordRatios(one, other, counting.seen[0], counting.seen[1], ratios);
  }

  private static String spelled(Tokenizer tokenizer, String word) {
    var tokens = tokenizer.tokens(word);
    return tokens.size() == 1 ? tokens.getFirst() : word;
  }

  private static final class Counting {
    private final List<String> words;
    private final int window;
    private final long[] seen = new long[2];
    private final double[] sums = new double[2];
    private final List<Map<String, Double>> near = List.of(new HashMap<>(), new HashMap<>());

    Counting(String first, String second, int window) {
      this.words = List.of(first, second);
      this.window = window;
    }

    void add(List<String> text) {
      for (int at = 0; at < text.size(); at++) {
        int which = words.indexOf(text.get(at));
        if (which < 0) {
          continue;
        }
        seen[which]++;
        int to = Math.min(text.size() - 1, at + window);
        for (int other = Math.max(0, at - window); other <= to; other++) {
          if (other != at) {
            double count = 1.0 / Math.abs(other - at);
            sums[which] += count;
            near.get(which).merge(text.get(other), count, Double::sum);
          }
        }
      }
    }

    void requireBoth() {
      for (int which = 0; which < 2; which++) {
        if (sums[which] == 0) {
          throw new DataException(
              "cooccur: expected words that stand beside others in the text, got \"%s\" %,d times; ask for another"
                  .formatted(words.get(which), seen[which]));
        }
      }
    }

    Ratio ratio(String word) {
      double[] p = new double[2];
      Arrays.setAll(p, which -> near.get(which).getOrDefault(word, 0.0) / sums[which]);
      return new Ratio(word, p[0], p[1], p[0] / p[1]);
    }
  }
}
