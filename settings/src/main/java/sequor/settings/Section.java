package sequor.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import sequor.json.Json;
import sequor.json.JsonArray;
import sequor.json.JsonBool;
import sequor.json.JsonNull;
import sequor.json.JsonNumber;
import sequor.json.JsonObject;
import sequor.json.JsonText;
import sequor.json.Nearest;

/// The keys that stand together, and those that come with what one of them chooses.
///
/// ```java
/// Section.of(Head.class).choosing("encoder", "recurrent", "what reads the text", encoders);
/// ```
public final class Section {
  private final List<Key> keys;
  private final Map<String, Choices<?>> choosers; // by key

  private Section(List<Key> keys, Map<String, Choices<?>> choosers) {
    this.keys = keys;
    this.choosers = choosers;
  }

  /// No keys yet.
  public static Section none() {
    return new Section(List.of(), Map.of());
  }

  /// The keys of a record.
  public static Section of(Class<? extends Record> settings) {
    return new Section(Key.of(settings), Map.of());
  }

  /// And those of another.
  public Section and(Class<? extends Record> settings) {
    return and(Key.of(settings));
  }

  private Section and(List<Key> more) {
    var all = new ArrayList<>(keys);
    all.addAll(more);
    return new Section(List.copyOf(all), choosers);
  }

  /// And one that chooses, with the keys of what is chosen.
  public Section choosing(String key, String value, String about, Choices<?> choices) {
    var more = new LinkedHashMap<>(choosers);
    more.put(key, choices);
    var all = new ArrayList<>(keys);
    all.add(Key.choice(key, value, choices.names(), about));
    return new Section(all, more);
  }

  /// This section where the texts of a key are chosen from some choices, and bring their keys
  /// along: a single text or a list of them.
  ///
  /// @throws SettingsException if there is no such key
  public Section choosing(String key, Choices<?> choices) {
    requireKey(key);
    var more = new LinkedHashMap<>(choosers);
    more.put(key, choices);
    return new Section(
        keys.stream()
            .map(each -> each.name().equals(key) ? each.withChoices(choices.names()) : each)
            .toList(),
        more);
  }

  private void requireKey(String name) {
    if (keys.stream().noneMatch(key -> key.name().equals(name))) {
      throw new SettingsException(
          "default: " + Nearest.unknown("key", name, keys.stream().map(Key::name).toList()));
    }
  }

  /// This section where one default is another.
  ///
  /// @throws SettingsException if there is no such key
  public Section withDefault(String name, String value) {
    requireKey(name);
    return new Section(
        keys.stream().map(key -> key.name().equals(name) ? key.withDefault(value) : key).toList(),
        choosers);
  }

  /// The keys there are when these values were written, each choice followed by its own.
  public List<Key> keys(JsonObject written) {
    var all = new ArrayList<Key>();
    for (var key : keys) {
      all.add(key);
      var choices = choosers.get(key.name());
      if (choices != null) {
        for (var name : chosen(written.members().getOrDefault(key.name(), key.value()))) {
          if (choices.has(name)) {
            all.addAll(Key.of(choices.get(name).settings()));
          }
        }
      }
    }
    return all;
  }

  /// The different names that a value chooses.
  private static Set<String> chosen(Json value) {
    var names = new LinkedHashSet<String>();
    var values = value instanceof JsonArray array ? array.values() : List.of(value);
    for (var each : values) {
      if (each instanceof JsonText(String name)) {
        names.add(name);
      }
    }
    return names;
  }

  /// What a model was saved with, and for keys that were made since the values they had before.
  ///
  /// @throws SettingsException if something is no key, or no value of its key
  public Settings restore(JsonObject saved, String path, Places places) {
    return complete(saved, path, places, true);
  }

  /// What was written, and for all else the defaults.
  ///
  /// @throws SettingsException if something was written that is no key, or no value of its key
  public Settings complete(JsonObject written, String path, Places places) {
    return complete(written, path, places, false);
  }

  /// @param saved whether it was written by a release that may not have had all the keys
  Settings complete(JsonObject written, String path, Places places, boolean saved) {
    var values = new LinkedHashMap<String, Json>();
    for (var key : keys(written)) {
      var value = written.members().get(key.name());
      values.put(
          key.name(),
          value == null ? (saved ? key.before() : key.value()) : checked(key, value, path, places));
    }
    for (var name : written.names()) {
      if (!values.containsKey(name)) {
        throw unknown(name, List.copyOf(values.keySet()), path, places);
      }
    }
    return new Settings(Json.ofMap(values), path, places);
  }

  private static Json checked(Key key, Json value, String path, Places places) {
    var read =
        switch (key.type()) {
          case TEXT -> text(value);
          case TEXTS -> texts(value);
          default -> value;
        };
    if (key.allows(read)) {
      return read;
    }
    throw new SettingsException(
        "%s: %s: expected %s, got %s; %s"
            .formatted(
                places.at(path + key.name()),
                path + key.name(),
                key.expected(),
                shown(value),
                advice(key, value)));
  }

  /// A column may be called 2024, and a label true.
  private static Json text(Json value) {
    return switch (value) {
      case JsonNumber number -> Json.of(number.literal());
      case JsonBool flag -> Json.of(flag.toString());
      case JsonNull _ -> Json.of("");
      default -> value;
    };
  }

  private static Json texts(Json value) {
    return value instanceof JsonArray array
        ? Json.ofList(array.values().stream().map(Section::text).toList())
        : value;
  }

  private static String shown(Json value) {
    String text = value instanceof JsonObject ? "a section" : value.toString();
    return text.length() > 80 ? text.substring(0, 80) + "…" : text;
  }

  private static String advice(Key key, Json value) {
    String text = value instanceof JsonText(String written) ? written : "";
    return switch (key.type()) {
      case WHOLE, NUMBER -> ofNumber(value, text);
      case FLAG -> "write true or false";
      case NUMBERS, WHOLES -> "write a list, such as " + key.value();
      case TEXTS -> ofTexts(key, value);
      case TEXT -> {
        String hint = Nearest.hint(text, key.choices());
        String otherwise = key.choices().isEmpty() ? "write a text" : "choose one of them";
        yield hint.isEmpty() ? otherwise : hint.substring("; ".length());
      }
    };
  }

  private static String ofTexts(Key key, Json value) {
    if (!(value instanceof JsonArray array) || key.choices().isEmpty()) {
      return "write a list, such as " + key.value();
    }
    return array.values().stream()
        .flatMap(each -> each instanceof JsonText(String name) ? Stream.of(name) : Stream.empty())
        .filter(name -> !key.choices().contains(name))
        .findFirst()
        .map(name -> "there is no \"" + name + "\"" + Nearest.hint(name, key.choices()))
        .orElse("write a list of their names");
  }

  private static String ofNumber(Json value, String text) {
    if (text.matches("-?\\d+,\\d+")) {
      return "write a point: " + text.replace(',', '.');
    }
    return switch (value) {
      case JsonNumber _ -> "choose one in that range";
      case JsonText _ -> "write it as a number, without quotes";
      default -> "write a number here";
    };
  }

  private SettingsException unknown(String name, List<String> names, String path, Places places) {
    String hint = Nearest.hint(name, names);
    return new SettingsException(
        "%s: %s: no such key%s; there are %s%s"
            .formatted(
                places.at(path + name),
                path + name,
                path.isEmpty() ? "" : " in " + path.substring(0, path.length() - 1),
                String.join(", ", names),
                hint.isEmpty() ? elsewhere(name) : hint));
  }

  /// Of which other choices it is a key.
  private String elsewhere(String name) {
    for (var chooser : choosers.entrySet()) {
      var having =
          chooser.getValue().all().stream()
              .filter(
                  other ->
                      Key.of(other.settings()).stream().anyMatch(key -> key.name().equals(name)))
              .map(Named::name)
              .toList();
      if (!having.isEmpty()) {
        return "; it is a key of %s: %s".formatted(chooser.getKey(), String.join(", ", having));
      }
    }
    return "";
  }
}
