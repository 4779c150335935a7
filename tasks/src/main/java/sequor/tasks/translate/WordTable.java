package sequor.tasks.translate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import sequor.text.Words;

/// Which word is most often the translation of which: IBM model 1, and nothing else. A text is
/// translated word by word, in the order it has; a word that no training pair has stays.
///
/// ```
/// t(e|f) ∝ Σ over pairs, e, f in them: t(e|f) / Σ_f' t(e|f')        by expectation–maximisation
/// ```
///
/// f' runs over the words of the source and the empty word. Source: Brown et al., *The mathematics
/// of statistical machine translation* (1993), section 4.2.
final class WordTable {
  private static final int ROUNDS = 5;
  private static final Words CUTTING = new Words(true, true, true);

  private final Map<String, String> best;
  private final boolean lowerCase;

  private WordTable(Map<String, String> best, boolean lowerCase) {
    this.best = best;
    this.lowerCase = lowerCase;
  }

  /// @param lowerCase whether letters become small
  static WordTable learn(List<Example> pairs, boolean lowerCase) {
    return new WordTable(new Learner(pairs, lowerCase).best(), lowerCase);
  }

  String translate(String text) {
    return words(text, lowerCase).stream()
        .map(word -> best.getOrDefault(word, word))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private static List<String> words(String text, boolean lowerCase) {
    return CUTTING.tokens(lowerCase ? text.toLowerCase(Locale.ROOT) : text);
  }

  /// Counts in rounds, over the pairs of words that stand in a pair of texts.
  private static final class Learner {
    private final Map<String, Integer> sources = new HashMap<>(Map.of("", 0)); // the empty word
    private final Map<String, Integer> targets = new HashMap<>();
    private final List<int[]> read = new ArrayList<>();
    private final List<int[]> said = new ArrayList<>();
    private final List<int[]> places = new ArrayList<>(); // of each pair of words in the table
    private final long[] together; // source and target word, in order
    private final double[] table; // t(e|f) of each

    Learner(List<Example> pairs, boolean lowerCase) {
      for (var pair : pairs) {
        var source = new ArrayList<>(List.of(""));
        source.addAll(words(pair.source(), lowerCase));
        read.add(ids(sources, source));
        said.add(ids(targets, words(pair.target(), lowerCase)));
      }
      together = together();
      table = new double[together.length];
      Arrays.fill(table, 1);
      for (int i = 0; i < read.size(); i++) {
        places.add(places(read.get(i), said.get(i)));
      }
      for (int round = 0; round < ROUNDS; round++) {
        learn();
      }
    }

    private static int[] ids(Map<String, Integer> known, List<String> words) {
      return words.stream()
          .mapToInt(word -> known.computeIfAbsent(word, _ -> known.size()))
          .toArray();
    }

    private static long key(int source, int target) {
      return (long) source << Integer.SIZE | target;
    }

    private long[] together() {
      var all = new HashMap<Long, Boolean>();
      for (int i = 0; i < read.size(); i++) {
        for (int f : read.get(i)) {
          for (int e : said.get(i)) {
            all.put(key(f, e), true);
          }
        }
      }
      return all.keySet().stream().mapToLong(key -> key).sorted().toArray();
    }

    private int[] places(int[] source, int[] target) {
      int[] found = new int[source.length * target.length];
      int n = 0;
      for (int e : target) {
        for (int f : source) {
          found[n++] = Arrays.binarySearch(together, key(f, e));
        }
      }
      return found;
    }

    private void learn() {
      double[] counts = new double[table.length];
      for (int i = 0; i < read.size(); i++) {
        int[] at = places.get(i);
        int width = read.get(i).length;
        for (int from = 0; from < at.length; from += width) {
          double sum = 0;
          for (int k = from; k < from + width; k++) {
            sum += table[at[k]];
          }
          for (int k = from; k < from + width; k++) {
            counts[at[k]] += table[at[k]] / sum;
          }
        }
      }
      for (int from = 0, to; from < counts.length; from = to) {
        double sum = 0;
        long source = together[from] >>> Integer.SIZE;
        for (to = from; to < counts.length && together[to] >>> Integer.SIZE == source; to++) {
          sum += counts[to];
        }
        for (int k = from; k < to; k++) {
          table[k] = counts[k] / sum;
        }
      }
    }

    /// The likeliest translation of each word; of equals the one that comes first in the alphabet.
    Map<String, String> best() {
      String[] source = names(sources);
      String[] target = names(targets);
      var best = new HashMap<String, Integer>();
      for (int k = 0; k < table.length; k++) {
        String word = source[(int) (together[k] >>> Integer.SIZE)];
        int place = k;
        best.merge(word, place, (known, one) -> isBetter(one, known, target) ? one : known);
      }
      var words = new HashMap<String, String>();
      best.forEach((word, k) -> words.put(word, target[(int) together[k]]));
      return words;
    }

    private boolean isBetter(int one, int known, String[] target) {
      int words = target[(int) together[one]].compareTo(target[(int) together[known]]);
      return table[one] > table[known] || (table[one] == table[known] && words < 0);
    }

    private static String[] names(Map<String, Integer> ids) {
      String[] names = new String[ids.size()];
      ids.forEach((name, id) -> names[id] = name);
      return names;
    }
  }
}
