package sequor.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// Learns pieces and their probabilities: begins with many frequent parts of words, makes the texts
/// as probable as it can (EM), throws out a quarter of the pieces, those that the texts lose least
/// by, and so on until few enough are left (Kudo 2018, section 3.2).
///
/// With f(x) the count of word x, α and β the sums of all ways up to and from a place:
///
/// ```
/// E   c(s) = Σ f(x) · α(start) p(s) β(end) / Z(x)   over all places of s in x
/// M   p(s) = exp(ψ(c(s)) − ψ(Σ c))                  with the digamma function ψ, as SentencePiece
/// ```
///
/// Sums have a fixed order and logarithms are [StrictMath]'s, so that the same texts give the same
/// pieces everywhere. Letters are never thrown out.
final class UnigramLearner {
  private static final int LONGEST = 16; // letters of a piece
  private static final int MOST_PARTS = 1_000_000; // that are counted at a time
  private static final int SEEDS = 10; // pieces to begin with, for each that is wanted
  private static final double KEPT = 0.75;
  private static final double LEAST = 0.5; // expected count

  private final List<TokenCounts.Counted> words;
  private final int letters; // the first pieces are letters
  private List<String> pieces;
  private double[] scores; // log-probabilities

  private UnigramLearner(List<TokenCounts.Counted> words, List<String> letters, int seeds) {
    this.words = words;
    this.letters = letters.size();
    var counts = parts(words);
    var begin = new ArrayList<>(letters);
    var known = new HashSet<>(letters);
    counts.entrySet().stream()
        .filter(entry -> entry.getValue() > 1 && isWhole(entry.getKey(), known))
        .sorted(
            Comparator.<Map.Entry<String, Long>>comparingLong(
                    entry -> -entry.getValue() * entry.getKey().length())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(seeds)
        .forEach(entry -> begin.add(entry.getKey()));
    pieces = begin;
    double[] first = new double[begin.size()];
    long[] seen = seen(words, begin, counts);
    double all = StrictMath.log((double) Arrays.stream(seen).sum());
    Arrays.setAll(first, i -> StrictMath.log((double) Math.max(1, seen[i])) - all);
    scores = first;
  }

  /// @param size how many ids there are to be, the special ones included
  /// @param leastFrequent letters that are rarer are unknown
  static Unigram learn(List<TokenCounts.Counted> words, int size, int leastFrequent) {
    var specials = Specials.standard();
    int room = size - specials.tokens().size();
    var letters = BpeLearner.letters(words, leastFrequent, room);
    var learner =
        new UnigramLearner(words, letters, (int) Math.min(2_000_000, (long) SEEDS * room));
    learner.learn(room);
    var vocabulary = Vocabulary.of(specials, learner.pieces);
    double[] scores = new double[vocabulary.size()];
    for (int i = 0; i < learner.pieces.size(); i++) {
      scores[specials.tokens().size() + i] = learner.scores[i];
    }
    return new Unigram(vocabulary, scores, false);
  }

  private void learn(int room) {
    while (true) {
      step();
      step();
      if (pieces.size() <= room) {
        return;
      }
      boolean last = pieces.size() <= room * 1.1;
      prune(last ? room : Math.max(room, (int) (KEPT * pieces.size())));
      if (last) {
        step();
        return;
      }
    }
  }

  // Where it begins

  /// Parts of at least two letters and how often they occur, in a bounded memory.
  private static Map<String, Long> parts(List<TokenCounts.Counted> words) {
    var counts = new HashMap<String, Long>();
    long rare = 1;
    for (var word : words) {
      String text = word.token();
      int[] at = places(text);
      for (int start = 0; start + 2 < at.length; start++) {
        for (int end = start + 2; end < at.length && end - start <= LONGEST; end++) {
          counts.merge(text.substring(at[start], at[end]), word.count(), Long::sum);
        }
      }
      while (counts.size() > MOST_PARTS) {
        int before = counts.size();
        long most = rare;
        counts.values().removeIf(count -> count <= most);
        rare *= counts.size() > before / 2 ? 2 : 1;
      }
    }
    return counts;
  }

  /// Where each letter begins, and the end.
  private static int[] places(String text) {
    return IntStream.rangeClosed(0, text.length())
        .filter(at -> at == 0 || at == text.length() || !Character.isLowSurrogate(text.charAt(at)))
        .toArray();
  }

  private static boolean isWhole(String part, Set<String> letters) {
    return part.codePoints().allMatch(c -> letters.contains(Character.toString(c)));
  }

  private long[] seen(
      List<TokenCounts.Counted> words, List<String> begin, Map<String, Long> counts) {
    var ofLetters = new HashMap<String, Long>();
    for (var word : words) {
      word.token()
          .codePoints()
          .forEach(c -> ofLetters.merge(Character.toString(c), word.count(), Long::sum));
    }
    return IntStream.range(0, begin.size())
        .mapToLong(i -> (i < letters ? ofLetters : counts).getOrDefault(begin.get(i), 0L))
        .toArray();
  }

  // One step of EM

  private void step() {
    double[] expected = new double[pieces.size()];
    var lattice = new Lattice(trie(), scores);
    for (var word : words) {
      lattice.expect(word.token(), word.count(), expected);
    }
    var kept = IntStream.range(0, expected.length).filter(i -> i < letters || expected[i] >= LEAST);
    int[] left = kept.toArray();
    double all = 0;
    for (int i : left) {
      all += Math.max(LEAST, expected[i]);
    }
    double logAll = digamma(all);
    double[] next = new double[left.length];
    for (int i = 0; i < left.length; i++) {
      next[i] = digamma(Math.max(LEAST, expected[left[i]])) - logAll;
    }
    keep(left);
    scores = next;
  }

  private void keep(int[] left) {
    var fewer = new ArrayList<String>(left.length);
    double[] scoresLeft = new double[left.length];
    for (int i = 0; i < left.length; i++) {
      fewer.add(pieces.get(left[i]));
      scoresLeft[i] = scores[left[i]];
    }
    pieces = fewer;
    scores = scoresLeft;
  }

  private Trie trie() {
    return Trie.of(pieces, IntStream.range(0, pieces.size()).toArray());
  }

  /// Keeps those whose loss would cost most: how often a piece is used, times how much less
  /// probable it is when it is cut otherwise.
  private void prune(int most) {
    var lattice = new Lattice(trie(), scores);
    long[] used = new long[pieces.size()];
    for (var word : words) {
      for (int piece : lattice.best(word.token(), -1)) {
        used[piece] += word.count();
      }
    }
    double[] loss = new double[pieces.size()];
    for (int i = 0; i < loss.length; i++) {
      if (i < letters) {
        loss[i] = Double.POSITIVE_INFINITY;
      } else if (used[i] > 0) {
        double otherwise = 0;
        for (int piece : lattice.best(pieces.get(i), i)) {
          otherwise += scores[piece];
        }
        loss[i] = used[i] * (scores[i] - otherwise);
      }
    }
    int[] left =
        IntStream.range(0, loss.length)
            .boxed()
            .sorted(
                Comparator.<Integer>comparingDouble(i -> -loss[i])
                    .thenComparing(i -> pieces.get(i)))
            .limit(Math.max(most, letters))
            .mapToInt(i -> i)
            .sorted()
            .toArray();
    keep(left);
  }

  /// ψ(x), by its asymptotic series for x ≥ 7 and ψ(x) = ψ(x + 1) − 1/x below.
  static double digamma(double x) {
    double below = 0;
    double at = x;
    for (; at < 7; at++) {
      below -= 1 / at;
    }
    at -= 0.5;
    double square = 1 / (at * at);
    double series = square * (1 / 24.0 + square * (-7 / 960.0 + square * (31 / 8064.0)));
    return below + StrictMath.log(at) + series - square * square * square * square * 127 / 30720.0;
  }
}
