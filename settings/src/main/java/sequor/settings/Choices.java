package sequor.settings;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import sequor.json.Nearest;

/// All that can be chosen of one kind, by name.
///
/// @param <N> the kind
public final class Choices<N extends Named> {
  private final String kind;
  private final Map<String, N> all = new TreeMap<>();

  private Choices(String kind) {
    this.kind = kind;
  }

  /// @param kind what errors call it: `encoder`
  /// @param all as a service loader finds them
  /// @throws SettingsException if two have one name
  public static <N extends Named> Choices<N> of(String kind, Iterable<? extends N> all) {
    var choices = new Choices<N>(kind);
    for (N each : all) {
      var other = choices.all.put(each.name(), each);
      if (other != null) {
        throw new SettingsException(
            "%s '%s': expected one of that name, got %s and %s; rename one, or leave one out"
                .formatted(
                    kind, each.name(), other.getClass().getName(), each.getClass().getName()));
      }
    }
    return choices;
  }

  public List<String> names() {
    return List.copyOf(all.keySet());
  }

  public Collection<N> all() {
    return List.copyOf(all.values());
  }

  /// The one of that name.
  ///
  /// @throws SettingsException if there is none; the message names the nearest
  public N get(String name) {
    N found = all.get(name);
    if (found == null) {
      throw new SettingsException(
          "%s: expected one of %s, got \"%s\"%s"
              .formatted(kind, String.join(", ", names()), name, Nearest.hint(name, names())));
    }
    return found;
  }

  public boolean has(String name) {
    return all.containsKey(name);
  }
}
