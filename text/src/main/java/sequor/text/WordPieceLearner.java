package sequor.text;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Learns pieces for [WordPiece]: begins with the letters, and merges again and again the neighbors
/// that belong together most, those that occur together most often beside how often each occurs.
///
/// ```
/// score(a b) = N(a b) / (N(a) · N(b))
/// ```
///
/// That is the pair which makes the words most probable when it becomes one piece, with each piece
/// as probable as it is frequent (Schuster and Nakajima 2012, section 3; the score as Hugging
/// Face's course writes it). Of equal scores the more frequent pair is taken, then the first by
/// [String#compareTo], so that the same texts give the same pieces everywhere.
///
/// For one left neighbor a, the order of its pairs does not depend on N(a). So each has a queue of
/// its own, and when N(b) falls, only the pairs with b on their right are put there anew.
final class WordPieceLearner {
  private static final double CLOSE = 1e-12;
  private static final int MANY = 64; // candidates that a queue may hold, however few are left

  private final PairCounts counts;
  private final String prefix;
  private final int least;
  private final List<Queue> queues = new ArrayList<>(); // of each symbol as a left neighbor
  private final List<List<PairCounts.Pair>> lefts = new ArrayList<>(); // with it on their right
  private int known; // pairs that are in these lists

  /// A pair as it once was counted.
  ///
  /// @param right how often its right neighbor occurred
  /// @param text both, which decides where all else is equal
  private record Candidate(long count, long right, String text, PairCounts.Pair pair)
      implements Comparable<Candidate> {
    @Override
    public int compareTo(Candidate other) {
      return compare(1, other, 1); // their left neighbor is the same
    }

    /// The better one first.
    ///
    /// @param left how often its left neighbor occurs
    int compare(long left, Candidate other, long otherLeft) {
      int byScore = -compareScore(left, other, otherLeft);
      int byCount = byScore != 0 ? byScore : Long.compare(other.count, count);
      return byCount != 0 ? byCount : text.compareTo(other.text);
    }

    /// Equal scores are really equal: what is too close for floating point is multiplied out.
    private int compareScore(long left, Candidate other, long otherLeft) {
      double one = (double) count * other.right * otherLeft;
      double two = (double) other.count * right * left;
      return Math.abs(one - two) > CLOSE * one
          ? Double.compare(one, two)
          : product(count, other.right, otherLeft).compareTo(product(other.count, right, left));
    }

    private static BigInteger product(long a, long b, long c) {
      return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)).multiply(BigInteger.valueOf(c));
    }
  }

  /// The pairs of one left neighbor.
  private static final class Queue {
    PriorityQueue<Candidate> candidates = new PriorityQueue<>();
    final List<PairCounts.Pair> pairs = new ArrayList<>();
  }

  private WordPieceLearner(
      List<TokenCounts.Counted> words, List<String> letters, String prefix, int least) {
    this.counts = new PairCounts(words, letters, word -> letters(word, prefix));
    this.prefix = prefix;
    this.least = least;
  }

  /// The letters of a word, those within it with the prefix.
  private static List<String> letters(String word, String prefix) {
    var letters = new ArrayList<String>();
    word.codePoints()
        .mapToObj(Character::toString)
        .forEach(letter -> letters.add(letters.isEmpty() ? letter : prefix + letter));
    return letters;
  }

  /// @param size how many ids there are to be, the special ones included
  /// @param leastFrequent letters that are rarer are unknown, and pairs are not merged; those must
  ///   occur twice anyway
  /// @param prefix of pieces that go on
  /// @param longest the most characters of a word
  static WordPiece learn(
      List<TokenCounts.Counted> words, int size, int leastFrequent, String prefix, int longest) {
    var specials = Specials.standard();
    int room = size - specials.tokens().size();
    var letters = PairCounts.letters(words, word -> letters(word, prefix), leastFrequent, room);
    var learner = new WordPieceLearner(words, letters, prefix, Math.max(2, leastFrequent));
    learner.merge(room);
    return new WordPiece(Vocabulary.of(specials, learner.counts.symbols()), prefix, longest);
  }

  private void merge(int room) {
    takeNew();
    while (counts.symbols().size() < room) {
      var best = best();
      if (best == null) {
        return;
      }
      String right = counts.symbol(best.right).substring(prefix.length());
      String made = counts.symbol(best.left) + right;
      var changed = counts.merge(best, made);
      takeNew();
      changed.forEach(number -> offer(counts.pairs().get(number)));
      for (int symbol : new int[] {best.left, best.right, counts.number(made)}) {
        lefts.get(symbol).forEach(this::offer); // it occurs less often now, or more
      }
    }
  }

  /// Makes room for symbols and pairs that there were not before.
  private void takeNew() {
    while (queues.size() < counts.symbols().size()) {
      queues.add(new Queue());
      lefts.add(new ArrayList<>());
    }
    for (; known < counts.pairs().size(); known++) {
      var pair = counts.pairs().get(known);
      queues.get(pair.left).pairs.add(pair);
      lefts.get(pair.right).add(pair);
      offer(pair);
    }
  }

  private void offer(PairCounts.Pair pair) {
    if (pair.count() < least) {
      return;
    }
    var queue = queues.get(pair.left);
    if (queue.candidates.size() > MANY + 4 * queue.pairs.size()) {
      var left = new PriorityQueue<Candidate>();
      queue.pairs.stream()
          .filter(each -> each.count() >= least)
          .forEach(each -> left.add(candidate(each)));
      queue.candidates = left; // all of them, this one too
    } else {
      queue.candidates.add(candidate(pair));
    }
  }

  private Candidate candidate(PairCounts.Pair pair) {
    String text = counts.symbol(pair.left) + " " + counts.symbol(pair.right);
    return new Candidate(pair.count(), counts.frequency(pair.right), text, pair);
  }

  /// The pair with the highest score; null if none is frequent enough.
  private PairCounts.@Nullable Pair best() {
    Candidate best = null;
    long bestLeft = 0;
    for (int left = 0; left < queues.size(); left++) {
      var top = top(queues.get(left));
      long frequency = counts.frequency(left);
      if (top != null && (best == null || top.compare(frequency, best, bestLeft) < 0)) {
        best = top;
        bestLeft = frequency;
      }
    }
    return best == null ? null : best.pair;
  }

  /// The best pair of a left neighbor; what was counted otherwise since is thrown away.
  private @Nullable Candidate top(Queue queue) {
    var top = queue.candidates.peek();
    while (top != null && !isOfToday(top)) {
      queue.candidates.poll();
      top = queue.candidates.peek();
    }
    return top;
  }

  private boolean isOfToday(Candidate candidate) {
    return candidate.count == candidate.pair.count()
        && candidate.right == counts.frequency(candidate.pair.right);
  }
}
