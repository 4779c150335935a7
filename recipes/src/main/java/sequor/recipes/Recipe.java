package sequor.recipes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sequor.json.Json;
import sequor.json.JsonArray;
import sequor.json.JsonBool;
import sequor.json.JsonNumber;
import sequor.json.JsonObject;
import sequor.json.JsonText;
import sequor.json.Nearest;
import sequor.settings.Places;
import sequor.settings.Section;
import sequor.settings.Settings;
import sequor.settings.SettingsException;
import sequor.tasks.Task;

/// What to train on which data, and how: one commented YAML file.
///
/// A recipe says only what differs from its task's defaults; those, and what every key is, stand in
/// the task's [Task#schema]. Values can be overridden by `key=value`. A key that does not exist or
/// a value that makes no sense is refused before anything is trained.
public final class Recipe {
  /// What says where that is which a model begins with or learns from.
  private static final List<String> BEGINNINGS =
      List.of("model.vectors", "model.pretrained", "loss.teacher");

  private final String name;
  private final String variant; // empty: of none
  private final String source;
  private final List<String> overrides;
  private final Task task;
  private final String about;
  private final Figures figures;
  private final Variants variants;
  private final Settings settings;

  private Recipe(
      String name,
      String variant,
      String source,
      List<String> overrides,
      Task task,
      String about,
      Figures figures,
      Variants variants,
      Settings settings) {
    this.name = name;
    this.variant = variant;
    this.source = source;
    this.overrides = List.copyOf(overrides);
    this.task = task;
    this.about = about;
    this.figures = figures;
    this.variants = variants;
    this.settings = settings;
  }

  /// The names of the recipes that come with Sequor.
  public static List<String> catalogue() {
    return RecipeFiles.resource("catalogue/names.txt").lines().toList();
  }

  /// What a recipe can be for. Each is also the name of a recipe that has nothing but defaults, for
  /// data of one's own.
  public static List<String> tasks() {
    return Task.all().names();
  }

  /// The recipe of that name, or in that file, with some of its values replaced.
  ///
  /// @param nameOrFile a name of the catalogue, a task, or a path that ends with `.yaml` or `.yml`
  /// @param overrides each `key=value`, the key with dots: `model.hidden_size=64`
  /// @throws SettingsException if there is no recipe of that name, or what it says makes no sense
  /// @throws RecipeException if there is no such file
  public static Recipe load(String nameOrFile, List<String> overrides) {
    return load(nameOrFile, "", overrides);
  }

  private static Recipe load(String nameOrFile, String variant, List<String> overrides) {
    if (nameOrFile.endsWith(".yaml") || nameOrFile.endsWith(".yml")) {
      var file = RecipeFiles.path(nameOrFile);
      String yaml = RecipeFiles.contents(file);
      return parse(RecipeFiles.baseName(file), variant, yaml, file.toString(), overrides);
    }
    if (tasks().contains(nameOrFile)) {
      return parse(nameOrFile, variant, "task: " + nameOrFile, nameOrFile, overrides);
    }
    if (catalogue().contains(nameOrFile)) {
      return parse(nameOrFile, variant, text(nameOrFile), nameOrFile + ".yaml", overrides);
    }
    var names = Stream.concat(catalogue().stream(), tasks().stream()).toList();
    throw new SettingsException(
        "recipe: expected one of %s, or a .yaml file, got '%s'%s"
            .formatted(String.join(", ", names), nameOrFile, Nearest.hint(nameOrFile, names)));
  }

  /// The override that gives a key a text, whatever YAML would read in it: `data.text='no'`.
  public static String override(String key, String text) {
    return key + "=" + quoted(text);
  }

  /// The words of `--set` that give a key a list of texts, whatever stands in them.
  public static String override(String key, List<String> texts) {
    return texts.stream().map(Recipe::quoted).collect(Collectors.joining(", ", key + "=[", "]"));
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /// A recipe of the catalogue as its file stands, comments included.
  public static String text(String name) {
    return RecipeFiles.resource("catalogue/" + name + ".yaml");
  }

  /// @param source what errors call it
  static Recipe parse(String name, String yaml, String source, List<String> overrides) {
    return parse(name, "", yaml, source, overrides);
  }

  private static Recipe parse(
      String name, String variant, String yaml, String source, List<String> overrides) {
    var tree = RecipeText.read(yaml, source);
    var written = tree.values();
    var places = new LinkedHashMap<>(tree.places());
    var task = task(written, places, source);
    var sections = task.schema().sections().keySet();
    var variants = Variants.of(written, places(tree.places(), source));
    written = written.without("variants");
    if (!variant.isEmpty()) {
      written = variants.lay(written, variant, sections, places);
      variants = Variants.none();
    }
    for (var override : overrides) {
      written = Overrides.lay(written, override, sections, places);
    }
    if (!task(written, places, source).equals(task)) {
      throw new SettingsException(
          "--set: task: expected '%s', got another; take a recipe of that task instead"
              .formatted(task.name()));
    }
    var where = places(places, source);
    var figures = figures(written, where);
    var rest = written.without("task").without("about").without("figures");
    var settings = task.schema().complete(rest, where);
    String about = about(written, places, source);
    return new Recipe(name, variant, source, overrides, task, about, figures, variants, settings);
  }

  private static Figures figures(JsonObject recipe, Places places) {
    return switch (recipe.members().getOrDefault("figures", Json.object())) {
      case JsonObject written ->
          Figures.of(Section.of(Figures.class).complete(written, "figures.", places));
      default ->
          throw new SettingsException(
              "%s: figures: expected a section, got a value; write metric, book, best and goal below"
                  .formatted(places.at("figures")));
    };
  }

  private static String about(JsonObject recipe, Map<String, String> places, String source) {
    return switch (recipe.members().getOrDefault("about", Json.of(""))) {
      case JsonText(String text) -> text;
      case JsonNumber number -> number.literal();
      case JsonBool flag -> flag.toString();
      case Json other ->
          throw new SettingsException(
              "%s: about: expected a sentence, got %s; write one"
                  .formatted(
                      places.getOrDefault("about", source),
                      other instanceof JsonObject ? "a section" : "a list"));
    };
  }

  private static Task task(JsonObject recipe, Map<String, String> places, String source) {
    var all = Task.all();
    var task = recipe.members().getOrDefault("task", Json.of(""));
    if (task instanceof JsonText(String name) && all.has(name)) {
      return all.get(name);
    }
    throw new SettingsException(
        "%s: task: expected one of %s, got %s%s"
            .formatted(
                places.getOrDefault("task", source),
                String.join(", ", all.names()),
                task,
                Nearest.hint(String.valueOf(task).replace("\"", ""), all.names())));
  }

  /// Where a value was written; for a default the section, or else the recipe, that lacks it.
  private static Places places(Map<String, String> places, String source) {
    return path -> {
      int section = path.indexOf('.');
      String around = section < 0 ? path : path.substring(0, section);
      return places.getOrDefault(path, places.getOrDefault(around, source));
    };
  }

  public Task task() {
    return task;
  }

  /// Its name in the catalogue, or its file's; a mere task is called as the data it is for.
  public String name() {
    String file = settings.section("data").text("file");
    String own =
        tasks().contains(name) && !file.isEmpty() ? RecipeFiles.baseName(Path.of(file)) : name;
    return variant.isEmpty() ? own : own + "-" + variant;
  }

  /// One sentence about it.
  public String about() {
    return about;
  }

  /// What is known for its data, and what it is to reach.
  public Figures figures() {
    return figures;
  }

  /// The keys of what its user must bring to it: data of their own, or a file or a run that it
  /// begins with and that is not where it says; usually none.
  public List<String> missing() {
    var missing = new ArrayList<String>();
    var data = settings.section("data");
    if (data.text("set").isEmpty() && data.text("file").isEmpty()) {
      missing.add("data.file");
    }
    var flat = flat();
    for (var key : BEGINNINGS) {
      if (flat.get(key) instanceof JsonText(String path)
          && !path.isEmpty()
          && !Files.exists(Path.of(path))) {
        missing.add(key);
      }
    }
    return missing;
  }

  /// Every value, the defaults included.
  public Settings settings() {
    return settings;
  }

  /// Trainings of this recipe that are to be read side by side, which differ in some values;
  /// usually there are none.
  ///
  /// @throws SettingsException if what one of them says makes no sense
  public List<Recipe> variants() {
    return variants.names().stream().map(this::variant).toList();
  }

  /// What is trained where this recipe is asked for: its variants, or, without any, itself.
  ///
  /// @throws SettingsException if what one of them says makes no sense
  public List<Recipe> trainings() {
    var variants = variants();
    return variants.isEmpty() ? List.of(this) : variants;
  }

  /// One of its variants.
  ///
  /// @throws SettingsException if there is none of that name, or what it says makes no sense
  public Recipe variant(String name) {
    return load(origin(), name, overrides);
  }

  /// Its name among the variants of its recipe; empty where it is none of them.
  public String variant() {
    return variant;
  }

  /// This recipe with more of its values replaced.
  public Recipe with(List<String> more) {
    var all = new ArrayList<>(overrides);
    all.addAll(more);
    return load(origin(), variant, all);
  }

  /// What [#load] makes it of.
  private String origin() {
    boolean ours = source.equals(name + ".yaml") && catalogue().contains(name);
    return ours ? name : source;
  }

  /// The command that trains it.
  String command() {
    var words = new ArrayList<>(List.of("sequor", "train"));
    words.add(origin());
    if (!variant.isEmpty()) {
      words.addAll(List.of("--variant", variant));
    }
    overrides.forEach(override -> words.addAll(List.of(Overrides.SET, override)));
    return Shell.command(words);
  }

  /// All values, the defaults included, as a commented recipe of its own.
  public String resolved() {
    return RecipeWriter.write(task, about, figures, variants, settings);
  }

  /// Every value by its dotted key, such as `model.hidden_size`.
  public SequencedMap<String, Json> flat() {
    var flat = new LinkedHashMap<String, Json>();
    flatten("", settings.values(), flat);
    return flat;
  }

  private static void flatten(String path, JsonObject values, Map<String, Json> flat) {
    values
        .members()
        .forEach(
            (key, value) -> {
              if (value instanceof JsonObject section) {
                flatten(path + key + ".", section, flat);
              } else {
                flat.put(path + key, value);
              }
            });
  }

  /// What `other` has different values for: `model.hidden_size (96, not 64)`; empty if nothing.
  public String differences(Recipe other) {
    var theirs = other.flat();
    var found = new ArrayList<String>();
    flat()
        .forEach(
            (key, value) -> {
              var before = theirs.get(key);
              if (!isSame(value, before)) {
                found.add("%s (%s, not %s)".formatted(key, before, value));
              }
            });
    return String.join(", ", found);
  }

  /// Numbers may be written in several ways.
  static boolean isSame(Json a, @Nullable Json b) {
    return switch (a) {
      case JsonNumber x when b instanceof JsonNumber y -> x.doubleValue() == y.doubleValue();
      case JsonArray x when b instanceof JsonArray y && x.values().size() == y.values().size() ->
          IntStream.range(0, x.values().size())
              .allMatch(i -> isSame(x.values().get(i), y.values().get(i)));
      default -> a.equals(b);
    };
  }
}
