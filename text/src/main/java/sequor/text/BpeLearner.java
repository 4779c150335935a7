package sequor.text;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/// Learns which pairs to merge: the most frequent pair of neighbors in all words, then the most
/// frequent of what that leaves, and so on (Sennrich, Haddow and Birch 2016, algorithm 1). Pairs
/// that are equally frequent are taken in the order of [String#compareTo], so that the same texts
/// give the same merges everywhere.
final class BpeLearner {
  private final PairCounts counts;
  private final PriorityQueue<Candidate> queue = new PriorityQueue<>();

  /// A pair as it once was counted.
  private record Candidate(long count, String left, String right, PairCounts.Pair pair)
      implements Comparable<Candidate> {
    @Override
    public int compareTo(Candidate other) {
      int byCount = Long.compare(other.count, count);
      int byLeft = byCount != 0 ? byCount : left.compareTo(other.left);
      return byLeft != 0 ? byLeft : right.compareTo(other.right);
    }
  }

  private BpeLearner(List<TokenCounts.Counted> words, List<String> letters) {
    counts = new PairCounts(words, letters, BpeLearner::letters);
  }

  private static List<String> letters(String word) {
    return word.codePoints().mapToObj(Character::toString).toList();
  }

  /// @param size how many ids there are to be, the special ones included
  /// @param leastFrequent letters that are rarer are unknown; pairs must occur twice anyway
  static Bpe learn(List<TokenCounts.Counted> words, int size, int leastFrequent) {
    var specials = Specials.standard();
    int room = size - specials.tokens().size();
    var learner = new BpeLearner(words, letters(words, leastFrequent, room));
    var merged = learner.merges(room, Math.max(2, leastFrequent));
    var vocabulary = Vocabulary.of(specials, learner.counts.symbols());
    int[] merges =
        merged.stream()
            .flatMap(pair -> Stream.of(pair.left, pair.right))
            .mapToInt(number -> vocabulary.id(learner.counts.symbol(number)))
            .toArray();
    return new Bpe(vocabulary, merges, Bpe.Options.NONE);
  }

  /// The letters, the most frequent first.
  static List<String> letters(List<TokenCounts.Counted> words, int leastFrequent, int most) {
    return PairCounts.letters(words, BpeLearner::letters, leastFrequent, most);
  }

  private List<PairCounts.Pair> merges(int room, int least) {
    counts.pairs().forEach(this::offer);
    var merges = new ArrayList<PairCounts.Pair>();
    while (counts.symbols().size() < room) {
      var best = queue.poll();
      if (best == null || best.count < least) {
        break;
      }
      if (best.count == best.pair.count()) { // not changed since
        if (!best.pair.isMerged()) { // else two ways led to one piece, and it stands there again
          merges.add(best.pair);
        }
        String made = counts.symbol(best.pair.left) + counts.symbol(best.pair.right);
        counts.merge(best.pair, made).forEach(number -> offer(counts.pairs().get(number)));
      }
    }
    return merges;
  }

  private void offer(PairCounts.Pair pair) {
    if (pair.count() > 1) {
      queue.add(
          new Candidate(pair.count(), counts.symbol(pair.left), counts.symbol(pair.right), pair));
    }
  }
}
