package sequor.settings;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import sequor.SequorException;
import sequor.json.Json;
import sequor.json.JsonArray;
import sequor.json.JsonBool;
import sequor.json.JsonNumber;
import sequor.json.JsonObject;
import sequor.json.JsonText;

/// Values that were checked: every key of a section is there and has a value that it may have.
///
/// @param values by key
/// @param path what stands before each key in an error: `model.`
/// @param places where they were written
public record Settings(JsonObject values, String path, Places places) {

  /// The defaults of a record.
  public static <R extends Record> R defaults(Class<R> settings) {
    return Section.of(settings).complete(Json.object(), "", Places.NOWHERE).as(settings);
  }

  /// The values of a record, as a section would have them.
  public static JsonObject json(Record settings) {
    var json = Json.object();
    for (var component : settings.getClass().getRecordComponents()) {
      json = json.with(Key.key(component.getName()), written(settings, component));
    }
    return json;
  }

  /// Makes sure that numbers which a program wrote are what its keys allow, as those of a recipe
  /// are.
  ///
  /// @return the same
  /// @throws SettingsException naming the first that is not
  public static <R extends Record> R require(R settings) {
    for (var component : settings.getClass().getRecordComponents()) {
      var key = component.getAnnotation(Setting.class);
      if (key != null && written(settings, component) instanceof Number number) {
        double value = number.doubleValue();
        if (!(value >= key.min() && value <= key.max())) {
          throw new SettingsException(
              "%s: expected a number from %s to %s, got %s; set another"
                  .formatted(component.getName(), shown(key.min()), shown(key.max()), number));
        }
      }
    }
    return settings;
  }

  private static String shown(double limit) {
    return limit == Math.rint(limit) && Math.abs(limit) < 1e15
        ? Long.toString((long) limit)
        : Double.toString(limit);
  }

  private static Object written(Record settings, RecordComponent component) {
    try {
      Object value = component.getAccessor().invoke(settings);
      return component.getType().isEnum() ? Key.written(value) : value;
    } catch (ReflectiveOperationException e) {
      throw new SettingsException(
          "%s: expected a public record in an exported package, got %s; make it public"
              .formatted(settings.getClass().getName(), e.getClass().getSimpleName()),
          e);
    }
  }

  /// A section below this one.
  public Settings section(String name) {
    return new Settings(values.object(name), path + name + ".", places);
  }

  public boolean has(String name) {
    return values.names().contains(name);
  }

  /// A single text.
  public String text(String name) {
    return values.text(name);
  }

  /// These values as the record that says what they are.
  ///
  /// @throws SequorException as the record's constructor does
  public <R extends Record> R as(Class<R> settings) {
    RecordComponent[] components = settings.getRecordComponents();
    var arguments = new Object[components.length];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = value(values.value(Key.key(components[i].getName())), components[i]);
    }
    return made(settings, components, arguments);
  }

  private static Object value(Json value, RecordComponent component) {
    Class<?> type = component.getType();
    return switch (value) {
      case JsonNumber number when type == int.class -> (int) number.doubleValue();
      case JsonNumber number when type == long.class -> number.wholeValue().orElseThrow();
      case JsonNumber number when type == float.class -> (float) number.doubleValue();
      case JsonNumber number -> number.doubleValue();
      case JsonBool flag -> flag.value();
      case JsonText text when type.isEnum() -> constant(type, text.value());
      case JsonText text -> text.value();
      case JsonArray array -> list(array, Key.type(component));
      default -> throw new IllegalStateException("checked values hold no " + value);
    };
  }

  private static Object constant(Class<?> type, String name) {
    return Stream.of(type.getEnumConstants())
        .filter(constant -> Key.written(constant).equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<?> list(JsonArray array, Key.Type type) {
    return switch (type) {
      case WHOLES -> Arrays.stream(array.numbers()).mapToObj(n -> (int) n).toList();
      case NUMBERS -> Arrays.stream(array.numbers()).boxed().toList();
      default -> array.texts();
    };
  }

  private static <R extends Record> R made(
      Class<R> settings, RecordComponent[] components, Object[] arguments) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<R> constructor = settings.getDeclaredConstructor(types);
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof SequorException wrong) {
        throw wrong;
      }
      throw new SettingsException(
          "%s: %s".formatted(settings.getName(), String.valueOf(e.getCause())), e);
    } catch (ReflectiveOperationException e) {
      throw new SettingsException(
          "%s: expected a public record in an exported package, got %s; make it public"
              .formatted(settings.getName(), e.getClass().getSimpleName()),
          e);
    }
  }

  /// An error about one value.
  public SettingsException wrong(String key, String message, Object... arguments) {
    return new SettingsException(
        places.at(path + key) + ": " + path + key + ": " + message.formatted(arguments));
  }
}
