package sequor.recipes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.json.Nearest;
import sequor.settings.Places;
import sequor.settings.SettingsException;

/// Trainings of one recipe that are to be read side by side: for each a name, and what it has other
/// values for.
///
/// ```yaml
/// variants:
///   rnn: {model.cell: elman}
///   gru: {model.cell: gru, training.epochs: 5}
/// ```
///
/// @param all what each changes, by dotted key
/// @param places where that was written
record Variants(Map<String, JsonObject> all, Places places) {
  private static final String KEY = "variants";

  Variants {
    all = new LinkedHashMap<>(all); // in their order
  }

  static Variants none() {
    return new Variants(Map.of(), Places.NOWHERE);
  }

  /// @throws SettingsException if they are not of that form
  static Variants of(JsonObject recipe, Places places) {
    var all = new LinkedHashMap<String, JsonObject>();
    if (recipe.has(KEY)) {
      var written = section(recipe.value(KEY), places, KEY);
      for (var name : written.names()) {
        if (!name.matches("[\\p{L}\\p{N}][\\p{L}\\p{N}_.-]*")) { // it becomes a folder's
          throw new SettingsException(
              "%s: %s: expected names of letters, digits and -, got '%s'; call it otherwise"
                  .formatted(places.at(KEY), KEY, name));
        }
        all.put(name, section(written.value(name), places, KEY + "." + name));
      }
    }
    return new Variants(all, places);
  }

  private static JsonObject section(Json value, Places places, String path) {
    if (value instanceof JsonObject section) {
      return section;
    }
    throw new SettingsException(
        "%s: %s: expected names with changes below, such as gru: {model.cell: gru}, got a value;"
                .formatted(places.at(path), path)
            + " write them so");
  }

  List<String> names() {
    return List.copyOf(all.keySet());
  }

  /// What a recipe says, with the changes of one variant laid over it.
  ///
  /// @param sections the keys that hold others
  /// @param gained the places of the values, which are added to it
  /// @throws SettingsException if there is no such variant
  JsonObject lay(
      JsonObject written, String name, Set<String> sections, Map<String, String> gained) {
    var changes = all.get(name);
    if (changes == null) {
      throw new SettingsException(
          "--variant: expected %s, got '%s'%s"
              .formatted(
                  all.isEmpty()
                      ? "none, for the recipe has no variants"
                      : "one of " + String.join(", ", names()),
                  name,
                  Nearest.hint(name, names())));
    }
    var laid = written;
    for (var path : changes.names()) {
      String place = places.at("%s.%s.%s".formatted(KEY, name, path));
      laid = Overrides.lay(laid, path, changes.value(path), place, sections, gained);
    }
    return laid;
  }
}
