package sequor.settings;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import sequor.json.Json;
import sequor.json.JsonArray;
import sequor.json.JsonBool;
import sequor.json.JsonNumber;
import sequor.json.JsonText;

/// One key: what it is called, what it may be and what it is when nobody says.
///
/// @param name in small letters: `hidden_size`
/// @param value the default
/// @param before the value of models that were saved before there was such a key
/// @param choices the texts that it may be; none for any
/// @param about for people
public record Key(
    String name,
    Type type,
    Json value,
    Json before,
    double min,
    double max,
    List<String> choices,
    String about) {
  /// What a value is.
  public enum Type {
    WHOLE("a whole number"),
    NUMBER("a number"),
    FLAG("true or false"),
    TEXT("a text"),
    NUMBERS("a list of numbers"),
    WHOLES("a list of whole numbers"),
    TEXTS("a list of texts");

    private final String words;

    Type(String words) {
      this.words = words;
    }
  }

  public Key {
    choices = List.copyOf(choices);
  }

  /// A key whose value is one of some texts.
  public static Key choice(String name, String value, List<String> choices, String about) {
    var chosen = Json.of(value);
    return new Key(
        name, Type.TEXT, chosen, chosen, -Double.MAX_VALUE, Double.MAX_VALUE, choices, about);
  }

  /// The keys of a record, in the order of its components.
  static List<Key> of(Class<? extends Record> settings) {
    var keys = new ArrayList<Key>();
    for (var component : settings.getRecordComponents()) {
      keys.add(of(component));
    }
    return keys;
  }

  private static Key of(RecordComponent component) {
    var setting = component.getAnnotation(Setting.class);
    if (setting == null) {
      throw new SettingsException(
          "%s: expected @Setting at the component %s, got none; say its default and what it is"
              .formatted(component.getDeclaringRecord().getName(), component.getName()));
    }
    var type = type(component);
    var choices =
        component.getType().isEnum()
            ? Stream.of(component.getType().getEnumConstants()).map(Key::written).toList()
            : List.of(setting.of());
    var value = parsed(setting.value(), type);
    boolean small = component.getType() == int.class || type == Type.WHOLES;
    return new Key(
        key(component.getName()),
        type,
        value,
        setting.before().isEmpty() ? value : parsed(setting.before(), type),
        small ? Math.max(setting.min(), Integer.MIN_VALUE) : setting.min(),
        small ? Math.min(setting.max(), Integer.MAX_VALUE) : setting.max(),
        choices,
        setting.about());
  }

  static Type type(RecordComponent component) {
    Class<?> type = component.getType();
    if (type == int.class || type == long.class) {
      return Type.WHOLE;
    }
    if (type == float.class || type == double.class) {
      return Type.NUMBER;
    }
    if (type == boolean.class) {
      return Type.FLAG;
    }
    if (type == String.class || type.isEnum()) {
      return Type.TEXT;
    }
    if (component.getGenericType() instanceof ParameterizedType list && type == List.class) {
      var element = list.getActualTypeArguments()[0];
      return element == Integer.class
          ? Type.WHOLES
          : element == Double.class ? Type.NUMBERS : Type.TEXTS;
    }
    throw new SettingsException(
        "%s.%s: expected a type that can be set, got %s; see Setting"
            .formatted(component.getDeclaringRecord().getName(), component.getName(), type));
  }

  /// `hiddenSize` as it is written in a file: `hidden_size`.
  static String key(String component) {
    return component.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  static String written(Object constant) {
    return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
  }

  private static Json parsed(String value, Type type) {
    return type == Type.TEXT ? Json.of(value) : Json.parse(value);
  }

  /// This key with another default.
  public Key withDefault(String value) {
    return new Key(name, type, parsed(value, type), before, min, max, choices, about);
  }

  /// This key with texts to choose from.
  Key withChoices(List<String> choices) {
    return new Key(name, type, value, before, min, max, choices, about);
  }

  /// What a value may be: `a whole number from 1 to 64`.
  String expected() {
    if (!choices.isEmpty()) {
      String what = type == Type.TEXTS ? "a list of some of " : "one of ";
      return what + String.join(", ", choices);
    }
    String from = min > -Double.MAX_VALUE ? " from " + number(min) : "";
    String to = max < Double.MAX_VALUE ? (from.isEmpty() ? " up to " : " to ") + number(max) : "";
    return type.words + from + to;
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  /// Whether the value is one that this key may have.
  boolean allows(Json value) {
    return switch (type) {
      case WHOLE -> isWhole(value);
      case NUMBER -> isNumber(value);
      case FLAG -> value instanceof JsonBool;
      case TEXT -> isText(value);
      case NUMBERS ->
          value instanceof JsonArray all && all.values().stream().allMatch(this::isNumber);
      case WHOLES ->
          value instanceof JsonArray all && all.values().stream().allMatch(this::isWhole);
      case TEXTS -> value instanceof JsonArray all && all.values().stream().allMatch(this::isText);
    };
  }

  private boolean isText(Json value) {
    return value instanceof JsonText(String text) && (choices.isEmpty() || choices.contains(text));
  }

  private boolean isWhole(Json value) {
    return value instanceof JsonNumber n && n.wholeValue().isPresent() && isNumber(n);
  }

  private boolean isNumber(Json value) {
    return value instanceof JsonNumber n && n.doubleValue() >= min && n.doubleValue() <= max;
  }
}
