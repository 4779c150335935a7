package sequor.text;

/// Leaves out what nobody sees: control characters, soft hyphens, joiners, U+FFFD and U+0000. Each
/// kind of white space becomes a space.
public record ControlCharacters() implements Transform {
  @Override
  public String name() {
    return "control_characters";
  }

  @Override
  public String about() {
    return "without control characters; each white space is a space";
  }

  @Override
  public MappedText apply(MappedText mapped) {
    return mapped.eachLetter(
        (rest, c, start, end) -> {
          if (c == '\t' || c == '\n' || c == '\r' || (Whitespace.isSpace(c) && !isControl(c))) {
            rest.put(" ", start, end);
          } else if (c != 0xFFFD && !isControl(c)) {
            rest.copy(start, end);
          }
        });
  }

  private static boolean isControl(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }
}
