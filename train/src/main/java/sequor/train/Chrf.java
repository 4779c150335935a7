package sequor.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How many n-grams of characters translation and reference have in common (Popović 2015), as
/// sacreBLEU counts: it forgives endings, and asks nobody what a word is.
///
/// ```
/// chrF = 100 · (1 + β²) · P·R / (β²·P + R),   β = 2
/// ```
///
/// P is the mean over n of the share of the hypotheses' n-grams that match, and R that of the
/// references', over the orders that both have. White space is left out. With words, n-grams of
/// words count as further orders (chrF++, Popović 2017).
///
/// @param characters the longest n-gram of characters
/// @param words the longest n-gram of words; 0 for none
/// @param lowerCase whether letters become small before
public record Chrf(int characters, int words, boolean lowerCase) implements CorpusMetric {
  private static final double BETA_SQUARED = 4;
  private static final String SIGNS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

  public Chrf {
    Check.positive("chrf", "the longest n-gram of characters", characters);
    if (words < 0) {
      throw Check.wrong("chrf: n-grams of words up to %d — must be 0 or more; take 0", words);
    }
  }

  /// Up to 6 characters, no words: sacreBLEU's own default.
  public static Chrf standard() {
    return new Chrf(6, 0, false);
  }

  /// One that takes large and small letters for the same.
  public Chrf lowerCased() {
    return new Chrf(characters, words, true);
  }

  @Override
  public String name() {
    return words == 0 ? "chrf" : "chrf" + "+".repeat(words);
  }

  /// For each order: the n-grams of the hypothesis, those of the reference, and the matches; of
  /// several references that with which the sentence scores best.
  @Override
  public long[] counts(String hypothesis, List<String> references) {
    var said = grams(hypothesis);
    long[] best = new long[0];
    double bestScore = -1;
    for (var reference : references) {
      long[] counts = matches(said, grams(reference));
      double score = score(counts);
      if (score > bestScore) {
        best = counts;
        bestScore = score;
      }
    }
    return best;
  }

  private static long[] matches(
      List<Map<List<String>, Integer>> said, List<Map<List<String>, Integer>> right) {
    long[] counts = new long[3 * said.size()];
    for (int n = 0; n < said.size(); n++) {
      var known = right.get(n);
      for (var gram : said.get(n).entrySet()) {
        counts[3 * n] += known.isEmpty() ? 0 : gram.getValue();
        counts[3 * n + 2] += Math.min(gram.getValue(), known.getOrDefault(gram.getKey(), 0));
      }
      counts[3 * n + 1] = known.values().stream().mapToLong(count -> count).sum();
    }
    return counts;
  }

  /// Those of each order, characters first.
  private List<Map<List<String>, Integer>> grams(String text) {
    String line = lowerCase ? text.toLowerCase(Locale.ROOT) : text;
    var letters =
        String.join("", PythonText.split(line)).codePoints().mapToObj(Character::toString).toList();
    var all = new ArrayList<Map<List<String>, Integer>>();
    for (int n = 1; n <= characters; n++) {
      all.add(grams(letters, n));
    }
    var cut = words == 0 ? List.<String>of() : cut(line);
    for (int n = 1; n <= words; n++) {
      all.add(grams(cut, n));
    }
    return all;
  }

  private static Map<List<String>, Integer> grams(List<String> pieces, int n) {
    var grams = new HashMap<List<String>, Integer>();
    for (int i = 0; i + n <= pieces.size(); i++) {
      grams.merge(List.copyOf(pieces.subList(i, i + n)), 1, Integer::sum);
    }
    return grams;
  }

  /// Words, with a sign at their end, or else at their beginning, apart.
  private static List<String> cut(String line) {
    var cut = new ArrayList<String>();
    for (var word : PythonText.split(line)) {
      int last = word.length() - 1;
      if (word.codePointCount(0, word.length()) > 1 && isSign(word.charAt(last))) {
        cut.addAll(List.of(word.substring(0, last), word.substring(last)));
      } else if (word.codePointCount(0, word.length()) > 1 && isSign(word.charAt(0))) {
        cut.addAll(List.of(word.substring(0, 1), word.substring(1)));
      } else {
        cut.add(word);
      }
    }
    return cut;
  }

  private static boolean isSign(char c) {
    return SIGNS.indexOf(c) >= 0;
  }

  @Override
  public double score(long[] counts) {
    double precision = 0;
    double recall = 0;
    int orders = 0;
    for (int n = 0; n < counts.length; n += 3) {
      if (counts[n] > 0 && counts[n + 1] > 0) {
        precision += (double) counts[n + 2] / counts[n];
        recall += (double) counts[n + 2] / counts[n + 1];
        orders++;
      }
    }
    if (precision + recall == 0) {
      return 0;
    }
    precision /= orders;
    recall /= orders;
    double both = (1 + BETA_SQUARED) * precision * recall;
    return 100 * (both / (BETA_SQUARED * precision + recall));
  }

  @Override
  public String signature(int references) {
    return "nrefs:%d|case:%s|eff:yes|nc:%d|nw:%d|space:no|version:%s"
        .formatted(references, lowerCase ? "lc" : "mixed", characters, words, VERSION);
  }
}
