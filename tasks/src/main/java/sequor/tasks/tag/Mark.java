package sequor.tasks.tag;

/// A tag such as `B-PER` taken apart.
///
/// @param letter `O B I E S`, of `L` and `U` (BILOU) their like `E` and `S`; [#OTHER] for a tag of
///   another kind
/// @param type what stands behind the first hyphen
record Mark(char letter, String type) {
  static final char OTHER = '?';

  /// What stands before a sentence and after it.
  static final Mark OUTSIDE = new Mark('O', "");

  static Mark of(String tag) {
    int hyphen = tag.indexOf('-');
    var head = hyphen < 0 ? tag : tag.substring(0, hyphen);
    char letter =
        switch (head) {
          case "O", "B", "I", "E", "S" -> head.charAt(0);
          case "L" -> 'E';
          case "U" -> 'S';
          default -> OTHER;
        };
    return letter == 'O' && hyphen < 0
        ? OUTSIDE
        : new Mark(letter, hyphen < 0 ? "" : tag.substring(hyphen + 1));
  }

  boolean is(char other) {
    return letter == other;
  }

  boolean outside() {
    return letter == 'O';
  }

  boolean sameType(Mark other) {
    return type.equals(other.type);
  }
}
