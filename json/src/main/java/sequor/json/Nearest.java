package sequor.json;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/// How an error speaks of a name that does not exist: by the one that was probably meant.
public final class Nearest {
  private static final int MOST_SHOWN = 40;
  private static final int MOST_COMPARED = 1000; // an error is no place to compare a vocabulary
  private static final int LONGEST = 64;

  private Nearest() {}

  /// `; did you mean "x"?` with the nearest of `names`, or nothing when none is near.
  public static String hint(String wrong, Collection<String> names) {
    return of(wrong, names).map(near -> "; did you mean \"" + near + "\"?").orElse("");
  }

  /// The nearest of `names` within a third of the letters, or two.
  static Optional<String> of(String wrong, Collection<String> names) {
    Optional<String> best = Optional.empty();
    if (wrong.length() > LONGEST) {
      return best;
    }
    int least = Math.max(2, wrong.length() / 3) + 1; // further away than this is another word
    for (String name : names.stream().limit(MOST_COMPARED).toList()) {
      int distance = distance(fold(wrong), fold(name), least);
      if (distance < least) {
        least = distance;
        best = Optional.of(name);
      }
    }
    return best;
  }

  /// The error for a name that is none of `names`.
  public static String unknown(String what, String wrong, Collection<String> names) {
    String hint = hint(wrong, names);
    return "expected a %s (%s), got \"%s\"%s"
        .formatted(what, list(names), wrong, hint.isEmpty() ? "; take one of these" : hint);
  }

  private static String list(Collection<String> names) {
    String shown = String.join(", ", names.stream().limit(MOST_SHOWN).toList());
    return names.size() > MOST_SHOWN ? shown + ", … (" + names.size() + " in all)" : shown;
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /// Levenshtein's edit distance, or `limit` when it is at least that.
  private static int distance(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) >= limit) {
      return limit;
    }
    int[] above = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int swap = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(swap, 1 + Math.min(above[j], row[j - 1]));
      }
      int[] free = above;
      above = row;
      row = free;
    }
    return above[b.length()];
  }
}
