package sequor.json;

import java.util.Map;

/// Values to text, on one line or indented.
final class JsonWriter {
  /// The longest array that the indented form keeps on one line.
  private static final int SHORT = 80;

  private final boolean indented;
  private final StringBuilder out = new StringBuilder();

  JsonWriter(boolean indented) {
    this.indented = indented;
  }

  String write(Json value) {
    write(value, 0);
    if (indented) {
      out.append('\n');
    }
    return out.toString();
  }

  static String quote(String text) {
    var writer = new JsonWriter(false);
    writer.text(text);
    return writer.out.toString();
  }

  static JsonException tooDeep() {
    return new JsonException(
        Place.NOWHERE,
        "at most " + Json.MAX_DEPTH + " nested arrays and objects",
        "more",
        "flatten the value, or look for one that holds itself");
  }

  /// `depth` counts the containers around the value.
  private void write(Json value, int depth) {
    switch (value) {
      case JsonObject object -> object(object, depth + 1);
      case JsonArray array -> array(array, depth + 1);
      case JsonText(String text) -> text(text);
      case JsonNumber(String literal) -> out.append(literal);
      case JsonBool(boolean flag) -> out.append(flag);
      case JsonNull _ -> out.append("null");
    }
  }

  private void object(JsonObject object, int depth) {
    requireDepth(depth);
    out.append('{');
    String separator = "";
    for (Map.Entry<String, Json> member : object.members().entrySet()) {
      out.append(separator);
      line(depth);
      text(member.getKey());
      out.append(indented ? ": " : ":");
      write(member.getValue(), depth);
      separator = ",";
    }
    close('}', depth - 1, object.size() == 0);
  }

  private void array(JsonArray array, int depth) {
    requireDepth(depth);
    if (indented && isShort(array)) {
      out.append(array);
      return;
    }
    out.append('[');
    String separator = "";
    for (Json value : array) {
      out.append(separator);
      line(depth);
      write(value, depth);
      separator = ",";
    }
    close(']', depth - 1, array.size() == 0);
  }

  private static void requireDepth(int depth) {
    if (depth > Json.MAX_DEPTH) {
      throw tooDeep();
    }
  }

  private void close(char bracket, int depth, boolean empty) {
    if (!empty) {
      line(depth);
    }
    out.append(bracket);
  }

  private void line(int depth) {
    if (indented) {
      out.append('\n').repeat("  ", depth);
    }
  }

  private static boolean isShort(JsonArray array) {
    int length = 2;
    for (Json value : array) {
      if (value instanceof JsonObject || value instanceof JsonArray) {
        return false;
      }
      length += value.toString().length() + 1;
      if (length > SHORT) {
        return false;
      }
    }
    return true;
  }

  private void text(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c < ' ' || c == '\u007f') {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
