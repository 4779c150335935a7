package sequor.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// Words that are made of symbols, how often each symbol occurs, and how often each pair of
/// neighbors does, while pairs are merged into symbols of their own.
final class PairCounts {
  /// Two neighbors.
  static final class Pair {
    final int left;
    final int right;
    private long count;
    private boolean merged;
    private int[] where = new int[4]; // words that it may stand in
    private int size;

    private Pair(int left, int right) {
      this.left = left;
      this.right = right;
    }

    /// How often it occurs.
    long count() {
      return count;
    }

    /// Whether it was merged before.
    boolean isMerged() {
      return merged;
    }

    private void in(int word) {
      if (size > 0 && where[size - 1] == word) {
        return;
      }
      if (size == where.length) {
        where = Arrays.copyOf(where, 2 * size);
      }
      where[size++] = word;
    }
  }

  private final List<String> symbols; // by number
  private final Map<String, Integer> numbers = new HashMap<>();
  private final int[][] words;
  private final long[] counts; // of words
  private long[] frequencies; // of symbols
  private final LongMap pairs = new LongMap(); // the number of each pair
  private final List<Pair> all = new ArrayList<>();

  /// @param letters the symbols to begin with; others are unknown
  /// @param cut the letters of a word
  PairCounts(
      List<TokenCounts.Counted> counted, List<String> letters, Function<String, List<String>> cut) {
    symbols = new ArrayList<>(letters);
    frequencies = new long[2 * letters.size() + 1];
    letters.forEach(letter -> numbers.put(letter, numbers.size()));
    words = new int[counted.size()][];
    counts = new long[counted.size()];
    for (int w = 0; w < words.length; w++) {
      words[w] =
          cut.apply(counted.get(w).token()).stream()
              .mapToInt(letter -> numbers.getOrDefault(letter, -1))
              .toArray();
      counts[w] = counted.get(w).count();
      count(w, counts[w]);
    }
  }

  /// The letters of words, the most frequent first.
  static List<String> letters(
      List<TokenCounts.Counted> words,
      Function<String, List<String>> cut,
      int leastFrequent,
      int most) {
    var counts = new HashMap<String, Long>();
    for (var word : words) {
      cut.apply(word.token()).forEach(letter -> counts.merge(letter, word.count(), Long::sum));
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

  List<String> symbols() {
    return symbols;
  }

  String symbol(int number) {
    return symbols.get(number);
  }

  int number(String symbol) {
    return numbers.getOrDefault(symbol, -1);
  }

  /// How often a symbol occurs.
  long frequency(int symbol) {
    return frequencies[symbol];
  }

  /// All pairs that there were so far.
  List<Pair> pairs() {
    return all;
  }

  /// Adds a word's symbols and pairs, so many times.
  private void count(int w, long times) {
    int[] word = words[w];
    for (int i = 0; i < word.length; i++) {
      if (word[i] < 0) {
        continue;
      }
      frequencies[word[i]] += times;
      if (i + 1 < word.length && word[i + 1] >= 0) {
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

  /// Makes a symbol of a pair wherever it stands.
  ///
  /// @param made the symbol, which there may be already
  /// @return the numbers of the pairs whose count may have changed, rising
  Set<Integer> merge(Pair pair, String made) {
    int symbol = numbers.computeIfAbsent(made, text -> symbols.size());
    if (symbol == symbols.size()) {
      symbols.add(made);
      if (symbol == frequencies.length) {
        frequencies = Arrays.copyOf(frequencies, 2 * symbol);
      }
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
    pair.merged = true;
    pair.where = new int[1];
    pair.size = 0;
    return changed;
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
