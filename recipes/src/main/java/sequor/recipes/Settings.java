package sequor.recipes;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import sequor.json.Json;
import sequor.json.JsonException;
import sequor.json.JsonObject;

/// One section of a recipe, read value by value. A value that is not what is needed is refused with
/// the file and line it was written in.
///
/// Every value is there: what a recipe leaves out has its task's default.
final class Settings {
  private final JsonObject values;
  private final String path;
  private final Function<String, String> places;

  private Settings(JsonObject values, String path, Function<String, String> places) {
    this.values = values;
    this.path = path;
    this.places = places;
  }

  /// The root section of `values`.
  ///
  /// @param places says of a dotted path where its value was written: `names.yaml:12`
  static Settings of(JsonObject values, Function<String, String> places) {
    return new Settings(Json.parseObject(values.toString(), ""), "", places); // see located
  }

  Settings section(String key) {
    return new Settings(read(key, () -> values.object(key)), path + key + ".", places);
  }

  String text(String key) {
    return read(key, () -> values.text(key));
  }

  String text(String key, Collection<String> choices) {
    return read(key, () -> values.text(key, choices));
  }

  /// One of the constants of an enum, written in small letters.
  <E extends Enum<E>> E choice(String key, Class<E> type) {
    var names = Stream.of(type.getEnumConstants()).map(Settings::written).toList();
    return type.getEnumConstants()[names.indexOf(text(key, names))];
  }

  static String written(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  int wholeNumber(String key, int min, int max) {
    return read(key, () -> values.wholeNumber(key, min, max));
  }

  float number(String key, double min, double max) {
    return (float) (double) read(key, () -> values.number(key, min, max));
  }

  boolean flag(String key) {
    return read(key, () -> values.flag(key));
  }

  List<Double> numbers(String key) {
    return read(key, () -> java.util.Arrays.stream(values.array(key).numbers()).boxed().toList());
  }

  JsonObject json() {
    return values;
  }

  /// An error about one value.
  RecipeException wrong(String key, String message, Object... arguments) {
    String where = places.apply(path + key) + ": " + path + key + ": ";
    return new RecipeException(where + message.formatted(arguments));
  }

  private <T> T read(String key, Supplier<T> reader) {
    try {
      return reader.get();
    } catch (JsonException e) {
      throw located(key, e);
    }
  }

  /// The source of the values has the empty name, so a message begins with `: model.cell: …` and
  /// only lacks the place before it.
  private RecipeException located(String key, JsonException e) {
    return new RecipeException(places.apply(path + key) + e.getMessage(), e);
  }
}
