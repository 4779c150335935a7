package sequor.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sequor.InOrder;

/// How often each token occurs in texts, in a bounded memory: when it is full, the rarest tokens
/// are forgotten, so that those which are frequent are counted all the same (lossy counting, Manku
/// and Motwani 2002, with a bound on memory instead of one on the error).
final class TokenCounts {
  /// Characters of different tokens that are held unless said otherwise: some 200 MB.
  static final long MOST_HELD = 48_000_000;

  private static final int LONGEST_WORD = 100;
  private static final int COST = 16; // of a token, in characters, beside its own

  private final long most;
  private final Map<String, Long> counts = new HashMap<>();
  private long held;
  private long forgotten;
  private long rare = 1;

  /// @param most characters that are held
  TokenCounts(long most) {
    this.most = most;
  }

  /// The counts of the words of texts. What has no spaces is counted in parts of 100 characters.
  static TokenCounts ofWords(PreTokenizer words, Iterable<String> texts, long most) {
    var counts = new TokenCounts(most);
    InOrder.forEach(texts, String::length, words::words, cut -> cut.forEach(counts::addParts));
    return counts;
  }

  private void addParts(String word) {
    for (int start = 0, end; start < word.length(); start = end) {
      end = Math.min(word.length(), start + LONGEST_WORD);
      if (end < word.length() && Character.isLowSurrogate(word.charAt(end))) {
        end--;
      }
      add(word.substring(start, end));
    }
  }

  void add(String token) {
    if (counts.merge(token, 1L, Long::sum) == 1) {
      held += token.length() + COST;
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

  record Counted(String token, long count) {}

  /// The tokens, the most frequent first, and those equally frequent in the order of
  /// [String#compareTo].
  List<Counted> tokens() {
    var all = new ArrayList<Counted>(counts.size());
    counts.forEach((token, count) -> all.add(new Counted(token, count)));
    all.sort(Comparator.comparingLong(Counted::count).reversed().thenComparing(Counted::token));
    return all;
  }

  /// What a user should know.
  ///
  /// @param what they were counted for: "when pieces of words were learned"
  Optional<String> notice(String what) {
    return forgotten == 0
        ? Optional.empty()
        : Optional.of(
            "the words of the training texts do not fit into memory: %,d of them, all rare, did not"
                    .formatted(forgotten)
                + " count "
                + what);
  }
}
