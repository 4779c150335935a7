package sequor.train;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How many of a translation's words, pairs, triples and quadruples of words stand in the reference
/// too (Papineni et al. 2002), as sacreBLEU counts.
///
/// ```
/// BLEU = 100 · BP · exp(¼ · Σₙ ln pₙ),   pₙ = matches of n words / n-grams of the hypotheses, n = 1 … 4
/// BP = min(1, exp(1 − reference length / hypothesis length))
/// ```
///
/// Smoothing is `exp` (Chen and Cherry 2014, method 3): the k-th order without a match counts as
/// `1/2ᵏ` matches. Without any match at all the score is 0. A corpus whose sentences are all
/// shorter than four words has no quadruples, and scores 0; for a single sentence the orders that
/// it has are enough (effective order).
///
/// @param tokenizer what is a word
/// @param lowerCase whether letters become small before
public record Bleu(BleuTokenizer tokenizer, boolean lowerCase) implements CorpusMetric {
  private static final int ORDER = 4;
  private static final int HYPOTHESIS = 2 * ORDER; // where its length is counted
  private static final int REFERENCE = HYPOTHESIS + 1;
  private static final double LOG_OF_ZERO = -9_999_999_999.0;

  /// What a score is made of.
  ///
  /// @param precisions in per cent, of 1 to 4 words
  /// @param brevityPenalty from 0 to 1
  /// @param hypothesisLength in tokens
  /// @param referenceLength in tokens
  public record Score(
      double score,
      List<Double> precisions,
      double brevityPenalty,
      long hypothesisLength,
      long referenceLength) {
    public Score {
      precisions = List.copyOf(precisions);
    }

    /// As sacreBLEU prints it: `66.12 92.9/83.3/70.0/62.5 (BP = 0.867 ratio = 0.875 hyp_len = 14
    /// ref_len = 16)`.
    @Override
    public String toString() {
      double ratio = referenceLength == 0 ? 0 : (double) hypothesisLength / referenceLength;
      return String.format(
          Locale.ROOT,
          "%.2f %.1f/%.1f/%.1f/%.1f (BP = %.3f ratio = %.3f hyp_len = %d ref_len = %d)",
          score,
          precisions.get(0),
          precisions.get(1),
          precisions.get(2),
          precisions.get(3),
          brevityPenalty,
          ratio,
          hypothesisLength,
          referenceLength);
    }
  }

  /// Tokens as mteval-v13a cuts them, letters as they are: sacreBLEU's own default.
  public static Bleu standard() {
    return new Bleu(BleuTokenizer.THIRTEEN_A, false);
  }

  public Bleu withTokenizer(BleuTokenizer other) {
    return new Bleu(other, lowerCase);
  }

  /// One that takes large and small letters for the same.
  public Bleu lowerCased() {
    return new Bleu(tokenizer, true);
  }

  @Override
  public String name() {
    return "bleu";
  }

  /// Matches and n-grams of 1 to 4 words, by turns, and the lengths of hypothesis and reference: of
  /// several references that which is nearest, the shorter of two as near.
  @Override
  public long[] counts(String hypothesis, List<String> references) {
    var words = tokens(hypothesis);
    var right = references.stream().map(this::tokens).toList();
    long[] counts = new long[REFERENCE + 1];
    for (int n = 1; n <= ORDER; n++) {
      var most = new HashMap<List<String>, Integer>();
      for (var reference : right) {
        grams(reference, n).forEach((gram, count) -> most.merge(gram, count, Math::max));
      }
      for (var gram : grams(words, n).entrySet()) {
        counts[2 * n - 1] += gram.getValue();
        counts[2 * n - 2] += Math.min(gram.getValue(), most.getOrDefault(gram.getKey(), 0));
      }
    }
    counts[HYPOTHESIS] = words.size();
    counts[REFERENCE] = nearest(words.size(), right);
    return counts;
  }

  private List<String> tokens(String text) {
    String line = lowerCase ? text.toLowerCase(Locale.ROOT) : text;
    return tokenizer.tokens(PythonText.stripEnd(line));
  }

  private static Map<List<String>, Integer> grams(List<String> words, int n) {
    var grams = new HashMap<List<String>, Integer>();
    for (int i = 0; i + n <= words.size(); i++) {
      grams.merge(List.copyOf(words.subList(i, i + n)), 1, Integer::sum);
    }
    return grams;
  }

  private static int nearest(int length, List<List<String>> references) {
    int nearest = references.getFirst().size();
    for (var reference : references) {
      int off = Math.abs(reference.size() - length) - Math.abs(nearest - length);
      if (off < 0 || (off == 0 && reference.size() < nearest)) {
        nearest = reference.size();
      }
    }
    return nearest;
  }

  @Override
  public double score(long[] counts) {
    return of(counts, false).score();
  }

  /// The score of a corpus of sentences with one reference each, and what it is made of.
  public Score of(List<String> hypotheses, List<String> references) {
    return of(sum(hypotheses, references), false);
  }

  /// The score that sums come to, and what it is made of.
  public Score scoreOf(long[] counts) {
    return of(counts, false);
  }

  /// The score of one sentence, of as many orders as it has words.
  public Score sentence(String hypothesis, String... references) {
    return of(counts(hypothesis, List.of(references)), true);
  }

  private static Score of(long[] counts, boolean effectiveOrder) {
    long length = counts[HYPOTHESIS];
    long reference = counts[REFERENCE];
    double penalty =
        length >= reference ? 1 : length == 0 ? 0 : Math.exp(1 - (double) reference / length);
    double[] precisions = new double[ORDER];
    int order = ORDER;
    boolean any = counts[0] + counts[2] + counts[4] + counts[6] > 0;
    double smoothing = 1;
    for (int n = 0; any && n < ORDER && counts[2 * n + 1] > 0; n++) {
      order = effectiveOrder ? n + 1 : order;
      boolean matches = counts[2 * n] > 0;
      smoothing *= matches ? 1 : 2;
      double of = counts[2 * n + 1];
      precisions[n] = matches ? 100 * counts[2 * n] / of : 100 / (smoothing * of);
    }
    double logs = 0;
    for (int n = 0; n < order; n++) {
      logs += precisions[n] == 0 ? LOG_OF_ZERO : Math.log(precisions[n]);
    }
    double score = any ? penalty * Math.exp(logs / order) : 0;
    var each = List.of(precisions[0], precisions[1], precisions[2], precisions[3]);
    return new Score(score, each, penalty, length, reference);
  }

  @Override
  public String signature(int references) {
    return "nrefs:%d|case:%s|eff:no|tok:%s|smooth:exp|version:%s"
        .formatted(references, lowerCase ? "lc" : "mixed", tokenizer.code(), VERSION);
  }
}
