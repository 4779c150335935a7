package sequor.recipes;

import java.util.List;
import java.util.Map;
import java.util.Set;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.settings.SettingsException;

/// `key=value`, laid over what a recipe says.
final class Overrides {
  /// The option that they are given by, which errors name as their place.
  static final String SET = "--set";

  private Overrides() {}

  /// Lays one, such as `model.cell=lstm`, over what was written.
  ///
  /// @param sections the keys that hold others
  /// @param places gains that of the value
  /// @throws SettingsException if it is not of that form
  static JsonObject lay(
      JsonObject written, String override, Set<String> sections, Map<String, String> places) {
    int equals = override.indexOf('=');
    if (equals < 1) {
      throw new SettingsException(
          "--set: expected key=value, such as model.hidden_size=64, got '%s'; write it so"
              .formatted(override));
    }
    var value = RecipeText.value(override.substring(equals + 1), SET);
    return lay(written, override.substring(0, equals), value, SET, sections, places);
  }

  /// Lays a value over what was written.
  ///
  /// @param path its dotted key
  /// @param place where it was written
  /// @param sections the keys that hold others
  /// @param places gains that of the value
  static JsonObject lay(
      JsonObject written,
      String path,
      Json value,
      String place,
      Set<String> sections,
      Map<String, String> places) {
    for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
      String around = path.substring(0, dot);
      if (!sections.contains(around)) { // it may be no key at all
        places.put(around, place);
      }
    }
    places.put(path, place);
    return lay(written, List.of(path.split("\\.", -1)), value);
  }

  private static JsonObject lay(JsonObject written, List<String> keys, Json value) {
    String key = keys.getFirst();
    if (keys.size() == 1) {
      return written.with(key, value);
    }
    var section = written.members().get(key) instanceof JsonObject there ? there : Json.object();
    return written.with(key, lay(section, keys.subList(1, keys.size()), value));
  }
}
