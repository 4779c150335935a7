package sequor.json;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Where a value stands: a source, then steps through members and elements. It is only spelled out
/// when something is wrong there, as `config.json: model.layers[3]`.
///
/// @param step the source's or the member's name; empty for an element
/// @param index the element's index, or -1
record Place(@Nullable Place parent, String step, int index) {
  private static final int BRIEF = 60;
  private static final int NO_INDEX = -1;

  /// The place of a value that was built, not read.
  static final Place NOWHERE = of("json");

  static Place of(String source) {
    return new Place(null, source, NO_INDEX);
  }

  Place member(String name) {
    return new Place(this, name, NO_INDEX);
  }

  Place element(int index) {
    return new Place(this, "", index);
  }

  JsonObject object(Json value) {
    if (value instanceof JsonObject object) {
      return object;
    }
    throw wrong("an object", value, "write {…} here");
  }

  JsonArray array(Json value) {
    if (value instanceof JsonArray array) {
      return array;
    }
    throw wrong("an array", value, "write […] here");
  }

  String text(Json value) {
    if (value instanceof JsonText(String text)) {
      return text;
    }
    throw wrong("a text", value, "put it in double quotes");
  }

  boolean flag(Json value) {
    if (value instanceof JsonBool(boolean flag)) {
      return flag;
    }
    throw wrong("true or false", value, "write it without quotes");
  }

  double number(Json value, double min, double max) {
    if (value instanceof JsonNumber number
        && number.doubleValue() >= min
        && number.doubleValue() <= max) {
      return number.doubleValue();
    }
    boolean bounded = min > -Double.MAX_VALUE || max < Double.MAX_VALUE;
    String what = bounded ? "a number from " + min + " to " + max : "a number";
    throw wrong(what, value, advice(value));
  }

  long wholeNumber(Json value, long min, long max) {
    if (value instanceof JsonNumber number) {
      OptionalLong whole = number.wholeValue();
      if (whole.isPresent() && whole.getAsLong() >= min && whole.getAsLong() <= max) {
        return whole.getAsLong();
      }
    }
    throw wrong("a whole number from " + min + " to " + max, value, advice(value));
  }

  private static String advice(Json value) {
    return switch (value) {
      case JsonNumber _ -> "choose one in that range";
      case JsonText _ -> "write it as a number, without quotes";
      default -> "write a number here";
    };
  }

  private JsonException wrong(String expected, Json got, String advice) {
    return new JsonException(this, expected, describe(got), advice);
  }

  /// A value as an error shows it: containers by kind and size, all else as written.
  private static String describe(Json value) {
    return switch (value) {
      case JsonObject object -> "an object of " + object.size();
      case JsonArray array -> "an array of " + array.size();
      case JsonText(String text) -> quoteBriefly(text);
      default -> brief(value.toString());
    };
  }

  /// The text, cut to what fits an error.
  static String brief(String text) {
    if (text.length() <= BRIEF) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(BRIEF - 1)) ? BRIEF - 1 : BRIEF;
    return text.substring(0, end) + "…";
  }

  static String quoteBriefly(String text) {
    return JsonWriter.quote(brief(text));
  }

  @Override
  public String toString() {
    if (parent == null) {
      return step;
    }
    String path = parent.toString();
    String separator = parent.parent == null ? ": " : ".";
    return index == NO_INDEX
        ? path + separator + (isPlain(step) ? step : quoteBriefly(step))
        : path + (parent.parent == null ? ": " : "") + "[" + index + "]";
  }

  /// Whether a name cannot be mistaken for a path.
  private static boolean isPlain(String name) {
    return !name.isEmpty()
        && name.length() <= BRIEF
        && name.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || c == '-');
  }
}
