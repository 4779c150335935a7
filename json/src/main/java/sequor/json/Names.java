package sequor.json;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;

/// How errors speak of names: a few of them, and the one that was probably meant.
final class Names {
  private static final int SHOWN = 12;

  private Names() {}

  static String list(Collection<String> names) {
    if (names.isEmpty()) {
      return "none";
    }
    String shown =
        names.stream().limit(SHOWN).map(Place::quoteBriefly).collect(Collectors.joining(", "));
    return names.size() <= SHOWN ? shown : shown + " and " + (names.size() - SHOWN) + " more";
  }

  static String suggest(String name, Collection<String> names, String otherwise) {
    return nearest(name, names)
        .map(near -> "did you mean " + Place.quoteBriefly(near) + "?")
        .orElse(otherwise);
  }

  /// The name within a third of its letters of the one given.
  private static Optional<String> nearest(String name, Collection<String> names) {
    int most = Math.max(1, name.length() / 3);
    return names.stream()
        .filter(other -> Math.abs(other.length() - name.length()) <= most && name.length() <= 64)
        .limit(1000) // an error is no place to compare a whole vocabulary
        .filter(other -> distance(name, other) <= most)
        .min(Comparator.comparingInt(other -> distance(name, other)));
  }

  /// Levenshtein's edit distance: letters to insert, delete or replace.
  private static int distance(String a, String b) {
    var row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
