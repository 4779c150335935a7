package sequor.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Learns which pairs to merge: the most frequent pair of neighbors in all words, then the most
/// frequent of what that leaves, and so on (Sennrich, Haddow and Birch 2016, algorithm 1). Pairs
/// that are equally frequent are taken in the order of [String#compareTo], so that the same texts
/// give the same merges everywhere.
final class BpeLearner {
  private final List<String> symbols; // by number
  private final Map<String, Integer> numbers = new HashMap<>();
  private final int[][] words;
  private final long[] counts; // of words
  private final LongMap pairs = new LongMap(); // the number of each pair
  private final List<Pair> all = new ArrayList<>();
  private final PriorityQueue<Candidate> queue = new PriorityQueue<>();

  /// Two neighbors.
  private static final class Pair {
    final int left;
    final int right;
    long count;
    long offered; // the count with which it stands in the queue
    boolean merged;
    int[] where = new int[4]; // words that it may stand in
    int size;

    Pair(int left, int right) {
      this.left = left;
      this.right = right;
    }

    void in(int word) {
      if (size > 0 && where[size - 1] == word) {
        return;
      }
      if (size == where.length) {
        where = Arrays.copyOf(where, 2 * size);
      }
      where[size++] = word;
    }
  }

  /// A pair as it once was counted.
  private record Candidate(long count, String left, String right, Pair pair)
      implements Comparable<Candidate> {
    @Override
    public int compareTo(Candidate other) {
      int byCount = Long.compare(other.count, count);
      int byLeft = byCount != 0 ? byCount : left.compareTo(other.left);
      return byLeft != 0 ? byLeft : right.compareTo(other.right);
    }
  }

  private BpeLearner(List<TokenCounts.Counted> counted, List<String> letters) {
    symbols = new ArrayList<>(letters);
    letters.forEach(letter -> numbers.put(letter, numbers.size()));
    words = new int[counted.size()][];
    counts = new long[counted.size()];
    for (int w = 0; w < words.length; w++) {
      words[w] =
          counted
              .get(w)
              .token()
              .codePoints()
              .map(c -> numbers.getOrDefault(Character.toString(c), -1))
              .toArray();
      counts[w] = counted.get(w).count();
    }
  }

  /// @param size how many ids there are to be, the special ones included
  /// @param leastFrequent letters that are rarer are unknown; pairs must occur twice anyway
  static Bpe learn(List<TokenCounts.Counted> words, int size, int leastFrequent) {
    var specials = Specials.standard();
    int room = size - specials.tokens().size();
    var letters = letters(words, leastFrequent, room);
    var learner = new BpeLearner(words, letters);
    var merged = learner.merges(room, Math.max(2, leastFrequent));
    var vocabulary = Vocabulary.of(specials, learner.symbols);
    int[] merges =
        merged.stream()
            .flatMap(pair -> Stream.of(pair.left, pair.right))
            .mapToInt(number -> vocabulary.id(learner.symbols.get(number)))
            .toArray();
    return new Bpe(vocabulary, merges, Bpe.Options.NONE);
  }

  /// The letters, the most frequent first.
  static List<String> letters(List<TokenCounts.Counted> words, int leastFrequent, int most) {
    var counts = new HashMap<String, Long>();
    for (var word : words) {
      word.token()
          .codePoints()
          .forEach(c -> counts.merge(Character.toString(c), word.count(), Long::sum));
    }
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() >= leastFrequent)
        .map(entry -> new TokenCounts.Counted(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparingLong(TokenCounts.Counted::count)
                .reversed()
                .thenComparing(TokenCounts.Counted::token))
        .limit(most)
        .map(TokenCounts.Counted::token)
        .toList();
  }

  private List<Pair> merges(int room, int least) {
    for (int w = 0; w < words.length; w++) {
      count(w, counts[w]);
    }
    all.forEach(this::offer);
    var merges = new ArrayList<Pair>();
    while (symbols.size() < room) {
      var best = queue.poll();
      if (best == null || best.count < least) {
        break;
      }
      if (best.count == best.pair.count) { // not changed since
        if (!best.pair.merged) { // else two ways led to one piece, and it stands there again
          merges.add(best.pair);
        }
        merge(best.pair);
      }
    }
    return merges;
  }

  private void offer(Pair pair) {
    if (pair.count > 1 && pair.count != pair.offered) {
      pair.offered = pair.count;
      queue.add(new Candidate(pair.count, symbols.get(pair.left), symbols.get(pair.right), pair));
    }
  }

  /// Adds a word's pairs, so many times.
  private void count(int w, long times) {
    int[] word = words[w];
    for (int i = 0; i + 1 < word.length; i++) {
      if (word[i] >= 0 && word[i + 1] >= 0) {
        var pair = pair(word[i], word[i + 1]);
        pair.count += times;
        if (times > 0) {
          pair.in(w);
        }
      }
    }
  }

  private Pair pair(int left, int right) {
    long key = (long) left << 32 | right;
    int number = pairs.get(key);
    if (number < 0) {
      number = all.size();
      pairs.put(key, number);
      all.add(new Pair(left, right));
    }
    return all.get(number);
  }

  private void merge(Pair pair) {
    String made = symbols.get(pair.left) + symbols.get(pair.right);
    int symbol = numbers.computeIfAbsent(made, text -> symbols.size());
    if (symbol == symbols.size()) {
      symbols.add(made);
    }
    var changed = new TreeSet<Integer>();
    int[] where = Arrays.stream(pair.where, 0, pair.size).distinct().toArray();
    for (int w : where) {
      if (!holds(words[w], pair)) {
        continue;
      }
      touched(words[w], changed);
      count(w, -counts[w]);
      words[w] = merged(words[w], pair, symbol);
      count(w, counts[w]);
      touched(words[w], changed);
    }
    pair.count = 0;
    pair.offered = 0;
    pair.merged = true;
    pair.where = new int[1];
    pair.size = 0;
    changed.forEach(number -> offer(all.get(number)));
  }

  private static boolean holds(int[] word, Pair pair) {
    for (int i = 0; i + 1 < word.length; i++) {
      if (word[i] == pair.left && word[i + 1] == pair.right) {
        return true;
      }
    }
    return false;
  }

  private void touched(int[] word, Set<Integer> changed) {
    for (int i = 0; i + 1 < word.length; i++) {
      if (word[i] >= 0 && word[i + 1] >= 0) {
        changed.add(pairs.get((long) word[i] << 32 | word[i + 1]));
      }
    }
  }

  private static int[] merged(int[] word, Pair pair, int symbol) {
    int[] shorter = new int[word.length];
    int length = 0;
    for (int i = 0; i < word.length; i++) {
      boolean both = i + 1 < word.length && word[i] == pair.left && word[i + 1] == pair.right;
      shorter[length++] = both ? symbol : word[i];
      i += both ? 1 : 0;
    }
    return Arrays.copyOf(shorter, length);
  }
}
