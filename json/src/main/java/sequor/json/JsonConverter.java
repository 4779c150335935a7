package sequor.json;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Plain Java values to JSON.
final class JsonConverter {
  private JsonConverter() {}

  static JsonObject object(Map<?, ?> map) {
    return object(map, 0);
  }

  static JsonArray array(Iterable<?> values) {
    return array(values, 0);
  }

  /// `depth` counts the containers around the value, so that a map that holds itself is an error.
  static Json convert(@Nullable Object value, int depth) {
    if (depth > Json.MAX_DEPTH) {
      throw JsonWriter.tooDeep();
    }
    return switch (value) {
      case null -> JsonNull.NULL;
      case Json json -> json;
      case Boolean flag -> flag ? JsonBool.TRUE : JsonBool.FALSE;
      case Number number -> number(number);
      case CharSequence text -> new JsonText(text.toString());
      case Character letter -> new JsonText(letter.toString());
      case Enum<?> constant -> new JsonText(constant.name());
      case Map<?, ?> map -> object(map, depth);
      case Iterable<?> values -> array(values, depth);
      case Object array when array.getClass().isArray() -> elements(array, depth);
      default ->
          throw new JsonException(
              Place.NOWHERE,
              "null, a Json, Boolean, Number, text, Map, Iterable or array",
              "a " + value.getClass().getName(),
              "convert it first");
    };
  }

  private static Json number(Number number) {
    return switch (number) {
      case Integer _, Long _, Short _, Byte _, BigInteger _ -> new JsonNumber(number.toString());
      case BigDecimal decimal -> new JsonNumber(decimal.toString());
      case Float f -> Float.isFinite(f) ? new JsonNumber(Float.toString(f)) : JsonNull.NULL;
      default -> {
        double d = number.doubleValue();
        yield Double.isFinite(d) ? new JsonNumber(Double.toString(d)) : JsonNull.NULL;
      }
    };
  }

  private static JsonObject object(Map<?, ?> map, int depth) {
    var members = new LinkedHashMap<String, Json>();
    map.forEach(
        (name, value) -> {
          if (!(name instanceof String text)) {
            throw new JsonException(
                Place.NOWHERE,
                "a text for a name",
                Place.brief(String.valueOf(name)),
                "convert the map's keys to String");
          }
          JsonText.requireWhole(text);
          members.put(text, convert(value, depth + 1));
        });
    return new JsonObject(members, Place.NOWHERE);
  }

  private static JsonArray array(Iterable<?> values, int depth) {
    var converted = new ArrayList<Json>();
    for (Object value : values) {
      converted.add(convert(value, depth + 1));
    }
    return new JsonArray(converted, Place.NOWHERE);
  }

  private static JsonArray elements(Object array, int depth) {
    var converted = new ArrayList<Json>();
    for (int i = 0; i < Array.getLength(array); i++) {
      converted.add(convert(Array.get(array, i), depth + 1));
    }
    return new JsonArray(converted, Place.NOWHERE);
  }
}
