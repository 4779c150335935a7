package sequor.json;

import java.util.Collection;
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
    return Nearest.of(name, names)
        .map(near -> "did you mean " + Place.quoteBriefly(near) + "?")
        .orElse(otherwise);
  }
}
