package sequor.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sequor.json.Json;
import sequor.json.JsonNull;
import sequor.json.JsonObject;
import sequor.json.JsonText;
import sequor.json.Nearest;

/// All that can be set of one thing: its sections, in order.
///
/// ```java
/// var schema =
///     Schema.of("model", Section.of(Model.class)).and("training", Section.of(Training.class));
/// var settings = schema.complete(written, places);
/// var model = settings.section("model").as(Model.class);
/// ```
///
/// A key may have moved: what was written under its old name is read under the new one.
public final class Schema {
  private final Map<String, Section> sections;
  private final List<Move> moved;

  /// @param values what is written instead of some values
  private record Move(String from, String to, Map<String, String> values) {}

  private Schema(Map<String, Section> sections, List<Move> moved) {
    this.sections = sections;
    this.moved = moved;
  }

  /// The schema without a section.
  public static Schema none() {
    return new Schema(Map.of(), List.of());
  }

  public static Schema of(String name, Section section) {
    return none().and(name, section);
  }

  /// And another section.
  public Schema and(String name, Section section) {
    var more = new LinkedHashMap<>(sections);
    more.put(name, section);
    return new Schema(more, moved);
  }

  /// A key that once stood elsewhere: `moved("training.class_balance", "loss.class_balance")`. What
  /// is written under both names is read under the new one.
  public Schema moved(String from, String to) {
    return moved(from, to, Map.of());
  }

  /// The same, of a key whose values had other names: `moved("model.naive_bayes", "model.ngrams",
  /// Map.of("true", "naive_bayes", "false", "none"))`.
  public Schema moved(String from, String to, Map<String, String> values) {
    var more = new ArrayList<>(moved);
    more.add(new Move(from, to, values));
    return new Schema(sections, more);
  }

  /// The sections by name, in order.
  public Map<String, Section> sections() {
    return sections;
  }

  /// What was written, and for all else the defaults.
  ///
  /// @throws SettingsException if something was written that is no key, or no value of its key
  public Settings complete(JsonObject written, Places places) {
    return complete(written, places, false);
  }

  /// What a model was saved with, and for keys that were made since the values they had before.
  ///
  /// @throws SettingsException if something is no key, or no value of its key
  public Settings restore(JsonObject saved, Places places) {
    return complete(saved, places, true);
  }

  private Settings complete(JsonObject written, Places places, boolean saved) {
    var current = renamed(written);
    var values = new LinkedHashMap<String, Json>();
    sections.forEach(
        (name, section) ->
            values.put(
                name,
                section
                    .complete(section(current, name, places), name + ".", places, saved)
                    .values()));
    for (var name : current.names()) {
      if (!sections.containsKey(name)) {
        throw new SettingsException(
            "%s: %s: no such key; there are %s%s"
                .formatted(
                    places.at(name),
                    name,
                    String.join(", ", sections.keySet()),
                    Nearest.hint(name, List.copyOf(sections.keySet()))));
      }
    }
    return new Settings(Json.ofMap(values), "", places);
  }

  private static JsonObject section(JsonObject written, String name, Places places) {
    return switch (written.members().getOrDefault(name, Json.object())) {
      case JsonObject section -> section;
      case JsonNull _ -> Json.object(); // all of its keys are commented out
      case JsonText(String text) when text.isEmpty() -> Json.object();
      case Json other ->
          throw new SettingsException(
              "%s: %s: expected a section with keys, got %s; write its keys below it, indented"
                  .formatted(places.at(name), name, other));
    };
  }

  private JsonObject renamed(JsonObject written) {
    var current = written;
    for (var move : moved) {
      current = renamed(current, move);
    }
    return current;
  }

  private static JsonObject renamed(JsonObject written, Move move) {
    String[] from = move.from.split("\\.", -1);
    String[] to = move.to.split("\\.", -1);
    if (!(written.members().get(from[0]) instanceof JsonObject old)
        || !old.names().contains(from[1])) {
      return written;
    }
    var before = old.value(from[1]);
    var named = move.values.get(before.toString());
    var value = named == null ? before : Json.of(named);
    var rest = old.without(from[1]);
    var without = // a section may have lost its last key
        rest.size() == 0 ? written.without(from[0]) : written.with(from[0], rest);
    var target = without.members().get(to[0]) instanceof JsonObject there ? there : Json.object();
    return target.names().contains(to[1])
        ? without
        : without.with(to[0], target.with(to[1], value));
  }
}
