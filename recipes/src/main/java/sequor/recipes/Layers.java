package sequor.recipes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sequor.json.Nearest;

/// The values of a recipe, laid over its task's defaults layer by layer, and where each one that is
/// no default was written.
///
/// The defaults are also the list of the keys there are: a layer replaces values and adds none.
final class Layers {
  private final Map<String, String> places = new LinkedHashMap<>();
  private Map<String, Object> values;

  Layers(Map<String, Object> defaults) {
    this.values = defaults;
  }

  Map<String, Object> values() {
    return values;
  }

  /// Where the value of a dotted path was written; no entry for a default.
  Map<String, String> places() {
    return places;
  }

  /// @throws RecipeException if a key is none of the defaults', or a section is put for a value
  Layers lay(RecipeText.Tree layer) {
    values = merged(values, layer.values(), layer, "");
    return this;
  }

  /// Lays one `key=value`, such as `model.cell=lstm`, over all others.
  Layers lay(String override) {
    int equals = override.indexOf('=');
    if (equals < 1) {
      throw new RecipeException(
          "--set: expected key=value, such as model.hidden_size=64, found '%s'"
              .formatted(override));
    }
    String[] keys = override.substring(0, equals).split("\\.", -1);
    Object value = RecipeText.value(override.substring(equals + 1), "--set");
    var written = new LinkedHashMap<String, String>();
    for (int i = keys.length - 1; i >= 0; i--) {
      written.put(String.join(".", List.of(keys).subList(0, i + 1)), "--set");
      value = new LinkedHashMap<>(Map.of(keys[i], value));
    }
    @SuppressWarnings("unchecked") // there is at least one key, so a map was made last
    var tree = (Map<String, Object>) value;
    return lay(new RecipeText.Tree(tree, written));
  }

  private Map<String, Object> merged(
      Map<String, Object> base, Map<String, Object> changes, RecipeText.Tree layer, String path) {
    var merged = new LinkedHashMap<>(base);
    changes.forEach(
        (key, value) -> {
          String full = path + key;
          String place = layer.place(full);
          if (!base.containsKey(key)) {
            throw unknown(place, path, key, base);
          }
          merged.put(key, replaced(base.getOrDefault(key, ""), value, layer, full));
          places.put(full, place);
        });
    return merged;
  }

  private Object replaced(Object old, Object value, RecipeText.Tree layer, String path) {
    if (old instanceof Map<?, ?> section) {
      if (value.equals("")) {
        return old; // a section whose keys are all commented out
      }
      if (!(value instanceof Map<?, ?> inner)) {
        throw new RecipeException(
            "%s: %s: expected a section with keys %s, found '%s'"
                .formatted(layer.place(path), path, list(section), value));
      }
      return merged(tree(section), tree(inner), layer, path + ".");
    }
    if (value instanceof Map<?, ?> inner) {
      throw new RecipeException(
          "%s: %s: expected a value such as '%s', found a section with keys %s"
              .formatted(layer.place(path), path, old, list(inner)));
    }
    // A column may be called 2024, a label no.
    boolean word = old instanceof String && (value instanceof Long || value instanceof Boolean);
    return word ? value.toString() : value;
  }

  private static RecipeException unknown(
      String place, String path, String key, Map<String, Object> base) {
    return new RecipeException(
        "%s: %s: no such key%s; there are %s%s"
            .formatted(
                place,
                path + key,
                path.isEmpty() ? "" : " in " + path.substring(0, path.length() - 1),
                list(base),
                Nearest.hint(key, base.keySet())));
  }

  private static String list(Map<?, ?> section) {
    var names = new ArrayList<String>();
    section.keySet().forEach(key -> names.add(key.toString()));
    return String.join(", ", names);
  }

  @SuppressWarnings("unchecked") // a map in a tree is always a map of this kind
  private static Map<String, Object> tree(Map<?, ?> map) {
    return (Map<String, Object>) map;
  }
}
