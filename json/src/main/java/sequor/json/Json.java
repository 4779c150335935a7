package sequor.json;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A JSON value: an object, an array, a text, a number, true or false, or null.
///
/// Values are immutable and compare by content. A `switch` over the six kinds is complete.
public sealed interface Json
    permits JsonObject, JsonArray, JsonText, JsonNumber, JsonBool, JsonNull {

  /// How deep arrays and objects may nest, read or written.
  int MAX_DEPTH = 64;

  /// How many characters a text may have: above the 100 MB that a safetensors header may take.
  int MAX_LENGTH = 128 << 20;

  /// How many values a text may hold, so that a small file cannot ask for a large memory: at worst
  /// some 350 MB. A vocabulary of 250,000 with 500,000 merges, each a pair, fits.
  int MAX_VALUES = 2 << 20;

  /// Reads a whole text.
  ///
  /// @throws JsonException if the text is not exactly one JSON value within the limits, has the
  ///   same name twice in an object, half of a surrogate pair, or a number beyond a double
  static Json parse(String text) {
    return parse(text, "json");
  }

  /// Reads a whole text; `source` (a file name, say) opens every error about it.
  ///
  /// @throws JsonException as [#parse(String)]
  static Json parse(String text, String source) {
    return new JsonParser(text, source).parse();
  }

  /// Reads a whole text in UTF-8.
  ///
  /// @throws JsonException as [#parse(String)], and if the bytes are not UTF-8 or begin with a byte
  ///   order mark
  static Json parse(byte[] utf8, String source) {
    return parse(JsonParser.decode(utf8, source), source);
  }

  /// Reads a whole text that must be an object.
  ///
  /// @throws JsonException as [#parse(String)], and if the value is not an object
  static JsonObject parseObject(String text, String source) {
    return Place.of(source).object(parse(text, source));
  }

  /// Reads a whole text in UTF-8 that must be an object.
  ///
  /// @throws JsonException as [#parse(byte\[\], String)], and if the value is not an object
  static JsonObject parseObject(byte[] utf8, String source) {
    return Place.of(source).object(parse(utf8, source));
  }

  /// The object without members, to build on with [JsonObject#with].
  static JsonObject object() {
    return JsonObject.EMPTY;
  }

  /// The array of these values, each as [#of] takes it.
  static JsonArray array(@Nullable Object... values) {
    return JsonConverter.array(Arrays.asList(values));
  }

  /// The JSON of a plain Java value: null, a Json, a Boolean, a Number, a text, a Map with texts
  /// for keys, an Iterable, or an array of numbers or objects.
  ///
  /// Floats and doubles are written with the fewest digits that read back to the same value. JSON
  /// has no word for NaN and the infinities: they become null, so that a diverged loss shows in a
  /// log as missing and does not stop the run; a reader that needs a number says so.
  ///
  /// @throws JsonException if the value, or one inside it, is of another kind, holds half of a
  ///   surrogate pair, or nests deeper than [#MAX_DEPTH]
  static Json of(@Nullable Object value) {
    return JsonConverter.convert(value, 0);
  }

  /// The object with these members in the map's order, each value as [#of] takes it.
  static JsonObject ofMap(Map<String, ?> members) {
    return JsonConverter.object(members);
  }

  /// The array of these values, each as [#of] takes it.
  static JsonArray ofList(List<?> values) {
    return JsonConverter.array(values);
  }

  /// This value on one line, without spaces.
  @Override
  String toString();

  /// This value over several lines, two spaces a level, ending with a line break. Short arrays of
  /// plain values stay on one line.
  default String pretty() {
    return new JsonWriter(true).write(this);
  }
}
