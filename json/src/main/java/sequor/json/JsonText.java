package sequor.json;

/// A text of whole Unicode characters.
public record JsonText(String value) implements Json {
  /// Holds a text.
  ///
  /// @throws JsonException if the value holds half of a surrogate pair
  public JsonText {
    requireWhole(value);
  }

  @Override
  public String toString() {
    return new JsonWriter(false).write(this);
  }

  /// Half of a surrogate pair has no UTF-8, so a file could not hold it.
  static void requireWhole(String text) {
    int lone = loneSurrogate(text);
    if (lone >= 0) {
      throw new JsonException(
          Place.NOWHERE,
          "a text of whole characters",
          "half of a surrogate pair, %s, at %d".formatted(unicode(text.charAt(lone)), lone),
          "drop it or replace it by U+FFFD");
    }
  }

  /// Where the first half of a pair stands alone, or -1.
  static int loneSurrogate(String text) {
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      if (Character.getType(text.codePointAt(i)) == Character.SURROGATE) {
        return i;
      }
    }
    return -1;
  }

  static String unicode(char c) {
    return "U+%04X".formatted((int) c);
  }
}
