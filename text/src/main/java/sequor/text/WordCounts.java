package sequor.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How often each word occurs in texts, in a bounded memory: when it is full, the rarest words are
/// forgotten, so that those which are frequent are counted all the same.
///
/// What has no spaces is counted in parts of 100 characters.
final class WordCounts {
  private static final int LONGEST = 100;
  private static final int COST = 16; // of a word, in characters, beside its own

  private final long most;
  private final Map<String, Long> counts = new HashMap<>();
  private long held;
  private long forgotten;
  private long rare = 1;

  /// @param most characters that are held
  private WordCounts(long most) {
    this.most = most;
  }

  static WordCounts of(PreTokenizer words, Iterable<String> texts, long most) {
    var counts = new WordCounts(most);
    for (var text : texts) {
      for (var word : words.cut(text)) {
        counts.addParts(word.text());
      }
    }
    return counts;
  }

  private void addParts(String word) {
    for (int start = 0, end; start < word.length(); start = end) {
      end = Math.min(word.length(), start + LONGEST);
      if (end < word.length() && Character.isLowSurrogate(word.charAt(end))) {
        end--;
      }
      add(word.substring(start, end));
    }
  }

  private void add(String word) {
    if (counts.merge(word, 1L, Long::sum) == 1) {
      held += word.length() + COST;
      while (held > most) {
        forget();
      }
    }
  }

  private void forget() {
    long before = held;
    counts
        .entrySet()
        .removeIf(
            entry -> {
              boolean goes = entry.getValue() <= rare;
              if (goes) {
                held -= entry.getKey().length() + COST;
                forgotten += entry.getValue();
              }
              return goes;
            });
    if (held > before / 2) {
      rare *= 2;
    }
  }

  /// A word and how often it occurs.
  record Counted(String word, long count) {}

  /// The words, the most frequent first, and those equally frequent in the order of
  /// [String#compareTo].
  List<Counted> words() {
    var all = new ArrayList<Counted>(counts.size());
    counts.forEach((word, count) -> all.add(new Counted(word, count)));
    all.sort(Comparator.comparingLong(Counted::count).reversed().thenComparing(Counted::word));
    return all;
  }

  /// What a user should know.
  Optional<String> notice() {
    return forgotten == 0
        ? Optional.empty()
        : Optional.of(
            "the words of the training texts do not fit into memory: %,d of them, all rare, did not"
                    .formatted(forgotten)
                + " count when pieces of words were learned");
  }
}
