package sequor.json;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Named values in the order they were written. Equality does not look at the order.
///
/// The typed readers name the member that is not what they need, with its whole path: `config.json:
/// model.hidden_size: expected a whole number from 1 to 1048576, got "abc"; …`.
public final class JsonObject implements Json {
  static final JsonObject EMPTY = new JsonObject(Map.of(), Place.NOWHERE);

  private final Map<String, Json> members;
  private final Place place;

  /// Takes the map over: nobody else may change it.
  JsonObject(Map<String, Json> members, Place place) {
    this.members = Collections.unmodifiableMap(members);
    this.place = place;
  }

  /// This object with one member more, or with that member replaced. Copies: for thousands of
  /// members fill a map and give it to [Json#ofMap].
  ///
  /// @param value as [Json#of] takes it
  public JsonObject with(String name, @Nullable Object value) {
    JsonText.requireWhole(name);
    var more = new LinkedHashMap<>(members);
    more.put(name, Json.of(value));
    return new JsonObject(more, place);
  }

  /// This object with all members of another, which replace those of the same name.
  public JsonObject with(JsonObject other) {
    var more = new LinkedHashMap<>(members);
    more.putAll(other.members);
    return new JsonObject(more, place);
  }

  /// This object without that member, if there was one.
  public JsonObject without(String name) {
    var fewer = new LinkedHashMap<>(members);
    fewer.remove(name);
    return new JsonObject(fewer, place);
  }

  public int size() {
    return members.size();
  }

  /// The members, unmodifiable, in the order they were written.
  public Map<String, Json> members() {
    return members;
  }

  /// The names, in the order they were written.
  public Set<String> names() {
    return members.keySet();
  }

  /// Whether the member is there and is not null.
  public boolean has(String name) {
    Json value = members.get(name);
    return value != null && !(value instanceof JsonNull);
  }

  /// The member, of any kind.
  ///
  /// @throws JsonException if there is no such member; the message names the nearest one
  public Json value(String name) {
    Json value = members.get(name);
    if (value == null) {
      throw new JsonException(
          place,
          "a member " + Place.quoteBriefly(name),
          Names.list(names()),
          Names.suggest(name, names(), "add it"));
    }
    return value;
  }

  /// The member as a text.
  ///
  /// @throws JsonException if the member is missing or not a text
  public String text(String name) {
    return at(name).text(value(name));
  }

  /// The member as one of the texts it may be.
  ///
  /// @throws JsonException if the member is missing or not one of these texts
  public String text(String name, Collection<String> choices) {
    String text = text(name);
    if (!choices.contains(text)) {
      throw new JsonException(
          at(name),
          "one of " + Names.list(choices),
          Place.quoteBriefly(text),
          Names.suggest(text, choices, "choose one of them"));
    }
    return text;
  }

  /// The member as true or false.
  ///
  /// @throws JsonException if the member is missing or not true or false
  public boolean flag(String name) {
    return at(name).flag(value(name));
  }

  /// The member as a number.
  ///
  /// @throws JsonException if the member is missing or not a number
  public double number(String name) {
    return number(name, -Double.MAX_VALUE, Double.MAX_VALUE);
  }

  /// The member as a number in a range.
  ///
  /// @throws JsonException if the member is missing or not a number from `min` to `max`
  public double number(String name, double min, double max) {
    return at(name).number(value(name), min, max);
  }

  /// The member as a whole number in a range.
  ///
  /// @throws JsonException if the member is missing or not a whole number from `min` to `max`
  public int wholeNumber(String name, int min, int max) {
    return (int) at(name).wholeNumber(value(name), min, max);
  }

  /// The member as a whole number in a range.
  ///
  /// @throws JsonException if the member is missing or not a whole number from `min` to `max`
  public long wholeNumber(String name, long min, long max) {
    return at(name).wholeNumber(value(name), min, max);
  }

  /// The member as an object.
  ///
  /// @throws JsonException if the member is missing or not an object
  public JsonObject object(String name) {
    return at(name).object(value(name));
  }

  /// The member as an array.
  ///
  /// @throws JsonException if the member is missing or not an array
  public JsonArray array(String name) {
    return at(name).array(value(name));
  }

  /// The member as texts.
  ///
  /// @throws JsonException if the member is missing or not an array of texts
  public List<String> texts(String name) {
    return array(name).texts();
  }

  /// Refuses members that nobody would read: a misspelt setting must not be a silent default.
  ///
  /// @throws JsonException if there is a member of another name; the message names the nearest one
  public JsonObject requireOnly(String... known) {
    for (String name : names()) {
      if (!Arrays.asList(known).contains(name)) {
        throw new JsonException(
            place,
            "only " + Names.list(Arrays.asList(known)),
            "a member " + Place.quoteBriefly(name),
            Names.suggest(name, Arrays.asList(known), "remove it"));
      }
    }
    return this;
  }

  private Place at(String name) {
    return place.member(name);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonObject that && members.equals(that.members);
  }

  @Override
  public int hashCode() {
    return members.hashCode();
  }

  @Override
  public String toString() {
    return new JsonWriter(false).write(this);
  }
}
