package sequor.tasks.embed;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Finds phrases: words that stand side by side much oftener than by chance.
///
/// ```
/// score(a,b) = (count(a b) − δ) / (count(a) · count(b)) · N       N words in the text
/// ```
///
/// A pair whose score is above the threshold is a phrase. Pairs are counted exactly, in a table of
/// a fixed size that spills to disk ([Cooccurrences]), and what is counted does not depend on
/// threads. For each pass, and for the counts in the end, the text is cut once more.
///
/// Source: Mikolov et al., *Distributed representations of words and phrases* (2013), section 4,
/// and its program word2phrase, from which N is.
final class PhraseLearner {
  private final Iterable<String> texts;
  private final PhraseSettings settings;
  private final int most;
  private final int least;

  /// @param most pairs in memory
  /// @param least how often a word or phrase occurs that gets a vector
  PhraseLearner(Iterable<String> texts, PhraseSettings settings, int most, int least) {
    this.texts = texts;
    this.settings = settings;
    this.most = most;
    this.least = least;
  }

  /// What cuts a text into words and phrases, most frequent first.
  Cutting learn(Cutting words) {
    var cutting = words;
    double threshold = settings.threshold();
    for (int pass = 0; pass < settings.passes(); pass++) {
      var pairs = pairs(Corpus.withGaps(texts, cutting), threshold);
      if (pairs.isEmpty()) {
        break;
      }
      cutting = cutting.with(pairs);
      threshold /= 2;
    }
    return cutting.phrases().isEmpty() ? words : frequent(cutting);
  }

  private List<Phrases.Pair> pairs(Corpus corpus, double threshold) {
    var counts = Cooccurrences.ofNeighbors(corpus, most);
    var lexicon = corpus.lexicon();
    var pairs = new ArrayList<Phrases.Pair>();
    for (long place = 0; place < counts.size(); place++) {
      int first = PairCounts.word(counts.key(place));
      int second = PairCounts.context(counts.key(place));
      double together = counts.count(place) - settings.discount();
      double byChance = (double) lexicon.count(first) * lexicon.count(second);
      if (together > 0 && together / byChance * corpus.words() > threshold) {
        pairs.add(new Phrases.Pair(lexicon.words().get(first), lexicon.words().get(second)));
      }
    }
    return pairs;
  }

  /// Words that hardly occur any more outside of phrases get no vector.
  private Cutting frequent(Cutting cutting) {
    var lexicon = Corpus.withGaps(texts, cutting).lexicon();
    var kept =
        IntStream.range(0, lexicon.size())
            .filter(word -> lexicon.count(word) >= least)
            .boxed()
            .sorted(Comparator.comparing(word -> -lexicon.count(word)))
            .map(lexicon.words()::get)
            .toList();
    return cutting.only(kept);
  }
}
