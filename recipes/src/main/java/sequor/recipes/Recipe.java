package sequor.recipes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import sequor.json.Json;
import sequor.json.Nearest;

/// What to train on which data, and how: one commented YAML file.
///
/// A recipe says only what differs from its task's defaults; those stand, each with a comment, in a
/// file of their own, which is also the list of the keys there are. Values can be overridden by
/// `key=value`. A key that does not exist or a value that makes no sense is refused before anything
/// is trained.
public final class Recipe {
  private static final List<String> CATALOGUE =
      List.of(
          "names",
          "surname-elman",
          "surname-best",
          "surname-generate",
          "surname-generate-conditioned");
  private static final List<String> TASKS = List.of("classify", "model-language");

  private final String name;
  private final Map<String, Object> values;
  private final Map<String, String> places;

  private Recipe(String name, Map<String, Object> values, Map<String, String> places) {
    this.name = name;
    this.values = values;
    this.places = places;
  }

  /// The names of the recipes that come with Sequor.
  public static List<String> catalogue() {
    return CATALOGUE;
  }

  /// The recipe of that name, or in that file, with some of its values replaced.
  ///
  /// @param nameOrFile a name of the catalogue, or a path that ends with `.yaml` or `.yml`
  /// @param overrides each `key=value`, the key with dots: `model.hidden_size=64`
  /// @throws RecipeException if there is no such recipe, or it is not a recipe
  public static Recipe load(String nameOrFile, List<String> overrides) {
    if (nameOrFile.endsWith(".yaml") || nameOrFile.endsWith(".yml")) {
      var file = Path.of(nameOrFile);
      return parse(baseName(file), contents(file), file.toString(), overrides);
    }
    if (!CATALOGUE.contains(nameOrFile)) {
      throw new RecipeException(
          "recipe: expected one of %s, or a .yaml file, found '%s'%s"
              .formatted(
                  String.join(", ", CATALOGUE), nameOrFile, Nearest.hint(nameOrFile, CATALOGUE)));
    }
    String file = nameOrFile + ".yaml";
    return parse(nameOrFile, resource("catalogue/" + file), file, overrides);
  }

  /// @param source what errors call it
  static Recipe parse(String name, String yaml, String source, List<String> overrides) {
    var tree = RecipeText.read(yaml, source);
    Object task = tree.values().getOrDefault("task", "");
    if (!(task instanceof String text) || !TASKS.contains(text)) {
      throw new RecipeException(
          "%s: task: expected one of %s, found '%s'%s"
              .formatted(
                  tree.places().getOrDefault("task", source),
                  String.join(", ", TASKS),
                  task,
                  Nearest.hint(task.toString(), TASKS)));
    }
    var defaults = RecipeText.read(resource("tasks/" + text + ".yaml"), text + ".yaml");
    var places = new LinkedHashMap<>(defaults.places());
    var merged = merged(defaults.values(), tree, "", places);
    for (String override : overrides) {
      var set = override(override);
      merged = merged(merged, set, "", places);
    }
    return new Recipe(name, merged, places);
  }

  /// The task's name.
  public String task() {
    return settings().text("task");
  }

  /// Its name in the catalogue, or its file's.
  public String name() {
    return name;
  }

  /// One sentence about it.
  public String about() {
    return settings().text("about");
  }

  /// All values, the defaults included, as a recipe of its own.
  public String resolved() {
    return RecipeText.write(values);
  }

  Settings settings() {
    return Settings.of(Json.ofMap(values), path -> places.getOrDefault(path, name));
  }

  /// `base` with the values of `changes`, whose keys must all be there.
  private static Map<String, Object> merged(
      Map<String, Object> base, RecipeText.Tree changes, String path, Map<String, String> places) {
    var merged = new LinkedHashMap<>(base);
    changes
        .values()
        .forEach(
            (key, value) -> {
              String full = path + key;
              String place = changes.places().getOrDefault(full, full);
              if (!base.containsKey(key)) {
                throw new RecipeException(
                    "%s: expected one of %s, found '%s'%s"
                        .formatted(
                            place,
                            base.keySet().stream()
                                .map(k -> path + k)
                                .collect(Collectors.joining(", ")),
                            full,
                            Nearest.hint(key, base.keySet())));
              }
              merged.put(key, replaced(base.get(key), value, changes, full, place, places));
              places.put(full, place);
            });
    return merged;
  }

  @SuppressWarnings("unchecked") // a map in a tree is always a map of this kind
  private static Object replaced(
      Object old,
      Object value,
      RecipeText.Tree changes,
      String path,
      String place,
      Map<String, String> places) {
    if (old instanceof Map<?, ?> section) {
      if (!(value instanceof Map<?, ?> inner)) {
        throw new RecipeException(
            "%s: %s: expected a section with keys %s, found '%s'"
                .formatted(place, path, section.keySet(), value));
      }
      var deeper = new RecipeText.Tree((Map<String, Object>) inner, changes.places());
      return merged((Map<String, Object>) section, deeper, path + ".", places);
    }
    if (value instanceof Map<?, ?> inner) {
      throw new RecipeException(
          "%s: %s: expected a value such as '%s', found keys %s"
              .formatted(place, path, old, inner.keySet()));
    }
    return value;
  }

  /// `model.cell=lstm` as a tree.
  private static RecipeText.Tree override(String override) {
    int equals = override.indexOf('=');
    if (equals < 1) {
      throw new RecipeException(
          "--set: expected key=value, such as model.hidden_size=64, found '%s'"
              .formatted(override));
    }
    String path = override.substring(0, equals);
    Object value = RecipeText.value(override.substring(equals + 1), "--set " + path);
    var places = new LinkedHashMap<String, String>();
    String[] keys = path.split("\\.", -1);
    for (int i = keys.length - 1; i > 0; i--) {
      value = new LinkedHashMap<>(Map.of(keys[i], value));
    }
    var prefix = new StringBuilder();
    for (String key : keys) {
      prefix.append(prefix.isEmpty() ? "" : ".").append(key);
      places.put(prefix.toString(), "--set " + path);
    }
    return new RecipeText.Tree(new LinkedHashMap<>(Map.of(keys[0], value)), places);
  }

  private static String baseName(Path file) {
    return file.getFileName().toString().replaceAll("\\.ya?ml$", "");
  }

  private static String contents(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new RecipeException(
          "recipe: expected a readable UTF-8 file, found %s (%s); check the path"
              .formatted(file, e.getClass().getSimpleName()),
          e);
    }
  }

  private static String resource(String path) {
    try (InputStream in = Recipe.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + path + " is missing from this build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
