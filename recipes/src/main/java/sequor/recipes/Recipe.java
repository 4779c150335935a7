package sequor.recipes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
  private final String source;
  private final List<String> overrides;
  private final Map<String, Object> values;
  private final Map<String, String> places;

  private Recipe(String name, String source, List<String> overrides, Layers layers) {
    this.name = name;
    this.source = source;
    this.overrides = List.copyOf(overrides);
    this.values = layers.values();
    this.places = layers.places();
  }

  /// The names of the recipes that come with Sequor.
  public static List<String> catalogue() {
    return CATALOGUE;
  }

  /// What a recipe can be for. Each is also the name of a recipe that has nothing but defaults, for
  /// data of one's own.
  public static List<String> tasks() {
    return TASKS;
  }

  /// The recipe of that name, or in that file, with some of its values replaced.
  ///
  /// @param nameOrFile a name of the catalogue, a task, or a path that ends with `.yaml` or `.yml`
  /// @param overrides each `key=value`, the key with dots: `model.hidden_size=64`
  /// @throws RecipeException if there is no such recipe, or it is not a recipe
  public static Recipe load(String nameOrFile, List<String> overrides) {
    if (nameOrFile.endsWith(".yaml") || nameOrFile.endsWith(".yml")) {
      var file = Path.of(nameOrFile);
      return parse(baseName(file), contents(file), file.toString(), overrides);
    }
    if (TASKS.contains(nameOrFile)) {
      return parse(nameOrFile, "task: " + nameOrFile, nameOrFile, overrides);
    }
    if (CATALOGUE.contains(nameOrFile)) {
      String file = nameOrFile + ".yaml";
      return parse(nameOrFile, resource("catalogue/" + file), file, overrides);
    }
    var names = Stream.concat(CATALOGUE.stream(), TASKS.stream()).toList();
    throw new RecipeException(
        "recipe: expected one of %s, or a .yaml file, found '%s'%s"
            .formatted(String.join(", ", names), nameOrFile, Nearest.hint(nameOrFile, names)));
  }

  /// @param source what errors call it
  static Recipe parse(String name, String yaml, String source, List<String> overrides) {
    var written = RecipeText.read(yaml, source);
    String task = task(written, source);
    var defaults = RecipeText.read(resource("tasks/" + task + ".yaml"), task + ".yaml");
    var layers = new Layers(defaults.values()).lay(written);
    overrides.forEach(layers::lay);
    var recipe = new Recipe(name, source, overrides, layers);
    if (!recipe.task().equals(task)) {
      throw new RecipeException(
          "--set: task: expected '%s', found '%s'; take a recipe of that task instead"
              .formatted(task, recipe.task()));
    }
    return recipe;
  }

  private static String task(RecipeText.Tree recipe, String source) {
    Object task = recipe.values().getOrDefault("task", "");
    if (task instanceof String name && TASKS.contains(name)) {
      return name;
    }
    throw new RecipeException(
        "%s: task: expected one of %s, found '%s'%s"
            .formatted(
                recipe.places().getOrDefault("task", source),
                String.join(", ", TASKS),
                task,
                Nearest.hint(task.toString(), TASKS)));
  }

  /// The task's name.
  public String task() {
    return settings().text("task");
  }

  /// Its name in the catalogue, or its file's; a mere task is called as the data it is for.
  public String name() {
    String file = settings().section("data").text("file");
    return TASKS.contains(name) && !file.isEmpty() ? baseName(Path.of(file)) : name;
  }

  /// One sentence about it.
  public String about() {
    return settings().text("about");
  }

  /// The command that trains it.
  String command() {
    var words = new ArrayList<>(List.of("sequor", "train"));
    words.add(source.equals(name + ".yaml") && CATALOGUE.contains(name) ? name : source);
    overrides.forEach(override -> words.addAll(List.of("--set", override)));
    return Shell.command(words);
  }

  /// All values, the defaults included, as a recipe of its own.
  public String resolved() {
    return RecipeText.write(values);
  }

  Settings settings() {
    return Settings.of(Json.ofMap(values), this::place);
  }

  /// Where a value was written; for a default the section, or else the recipe, that lacks it.
  private String place(String path) {
    int section = path.indexOf('.');
    String around = places.getOrDefault(section < 0 ? path : path.substring(0, section), source);
    return places.getOrDefault(path, around);
  }

  /// What `other` has different values for: `model.hidden_size (96, not 64)`; empty if nothing.
  String differences(Recipe other) {
    var differences = new ArrayList<String>();
    compare("", values, other.values, differences);
    return String.join(", ", differences);
  }

  private static void compare(String path, Map<?, ?> ours, Map<?, ?> theirs, List<String> found) {
    ours.forEach(
        (key, value) -> {
          var other = theirs.get(key);
          if (value instanceof Map<?, ?> section && other instanceof Map<?, ?> with) {
            compare(path + key + ".", section, with, found);
          } else if (!value.equals(other)) {
            found.add("%s (%s, not %s)".formatted(path + key, other, value));
          }
        });
  }

  /// A run directory calls its recipe `recipe.yaml`; then the folder says more.
  private static String baseName(Path file) {
    var path = file.toAbsolutePath();
    int last = path.getNameCount() - 1;
    String base =
        path.getName(last).toString().replaceAll("\\.(ya?ml|(csv|tsv|txt|tab)(\\.gz)?)$", "");
    return base.equals("recipe") && last > 0 ? path.getName(last - 1).toString() : base;
  }

  private static String contents(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new RecipeException("recipe: no file %s; check the path".formatted(file), e);
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
