package sequor.text;

import java.nio.charset.StandardCharsets;
import java.util.List;
import sequor.json.Json;
import sequor.json.JsonObject;

/// Makes a text of the pieces of its words.
///
/// @param way how
/// @param mark what tells where words begin, or go on
/// @param first whether the text begins with a space that is not its own
/// @param bytes whether pieces such as `<0x0A>` are bytes
record Joiner(Way way, String mark, boolean first, boolean bytes) {
  enum Way {
    /// The mark is a space.
    SPACES,
    /// Pieces are bytes written as letters.
    BYTES,
    /// A piece with the mark goes on; all others begin a word.
    GOES_ON
  }

  static Joiner spaces() {
    return new Joiner(Way.SPACES, " ", true, false);
  }

  /// Pieces hold all of the text.
  static Joiner plain() {
    return new Joiner(Way.SPACES, " ", false, false);
  }

  String join(List<String> pieces) {
    return switch (way) {
      case SPACES -> withoutFirst(spelled(pieces).replace(mark, " "));
      case BYTES -> withoutFirst(Bytes.read(String.join("", pieces)));
      case GOES_ON -> words(pieces);
    };
  }

  private String withoutFirst(String text) {
    return first && text.startsWith(" ") ? text.substring(1) : text;
  }

  private String words(List<String> pieces) {
    var text = new StringBuilder();
    for (var piece : pieces) {
      boolean goesOn = piece.startsWith(mark) && piece.length() > mark.length();
      text.append(goesOn || text.isEmpty() ? "" : " ");
      text.append(goesOn && !text.isEmpty() ? piece.substring(mark.length()) : piece);
    }
    return text.toString();
  }

  /// The pieces as one text, what is given by its bytes included.
  private String spelled(List<String> pieces) {
    if (!bytes) {
      return String.join("", pieces);
    }
    var text = new StringBuilder();
    byte[] some = new byte[pieces.size()];
    int count = 0;
    for (var piece : pieces) {
      int value = Bytes.value(piece);
      if (value >= 0) {
        some[count++] = (byte) value;
      } else {
        text.append(new String(some, 0, count, StandardCharsets.UTF_8)).append(piece);
        count = 0;
      }
    }
    return text.append(new String(some, 0, count, StandardCharsets.UTF_8)).toString();
  }

  JsonObject json() {
    return Json.object()
        .with("way", way.name())
        .with("mark", mark)
        .with("first", first)
        .with("bytes", bytes);
  }

  static Joiner of(JsonObject json) {
    json.requireOnly("way", "mark", "first", "bytes");
    var ways = List.of(Way.SPACES.name(), Way.BYTES.name(), Way.GOES_ON.name());
    return new Joiner(
        Way.valueOf(json.text("way", ways)),
        json.text("mark"),
        json.flag("first"),
        json.flag("bytes"));
  }
}
