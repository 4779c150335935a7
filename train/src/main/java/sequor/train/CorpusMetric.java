package sequor.train;

import java.util.List;

/// A score of texts beside texts that are right, from 0 to 100, which is no mean over sentences:
/// what is counted in each sentence is summed, and the score is made of the sums.
///
/// ```java
/// var bleu = Bleu.standard();
/// double score = bleu.corpus(hypotheses, references);      // 28.4
/// String how = bleu.signature(1);                          // nrefs:1|case:mixed|eff:no|tok:13a|…
/// ```
///
/// The scores are those of sacreBLEU 2 (Post, *A call for clarity in reporting BLEU scores*, 2018),
/// digit by digit, and the signature is its too, so that they can stand in one table with others'.
public sealed interface CorpusMetric permits Bleu, Chrf {
  /// The version of sacreBLEU whose scores these are.
  String VERSION = "2.6.0";

  /// What reports call it: `bleu` or `chrf`.
  String name();

  /// What there is to sum of a sentence.
  ///
  /// @param references one or more that are right, each of them
  long[] counts(String hypothesis, List<String> references);

  /// The score that sums come to.
  double score(long[] counts);

  /// How it was scored, in sacreBLEU's words.
  ///
  /// @param references how many each sentence has
  String signature(int references);

  /// The score of sentences with one reference each.
  ///
  /// @throws TrainException if there are not as many references as hypotheses
  default double corpus(List<String> hypotheses, List<String> references) {
    return score(sum(hypotheses, references));
  }

  /// What there is to sum of sentences with one reference each.
  ///
  /// @throws TrainException if there are not as many references as hypotheses
  default long[] sum(List<String> hypotheses, List<String> references) {
    if (hypotheses.size() != references.size()) {
      throw Check.wrong(
          "%s: %,d hypotheses and %,d references — each sentence needs one; pair them line by line",
          name(), hypotheses.size(), references.size());
    }
    long[] sum = counts("", List.of(""));
    for (int i = 0; i < hypotheses.size(); i++) {
      add(sum, counts(hypotheses.get(i), List.of(references.get(i))), 1);
    }
    return sum;
  }

  /// Adds the counts of a sentence that counts so many times.
  static void add(long[] sum, long[] counts, int times) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += times * counts[i];
    }
  }
}
