package sequor.text;

/// Leaves out what is neither letter nor digit nor white space; a space stays in its place, so that
/// no two words become one. Marks belong to their letters, and so do the joiners of Persian and
/// Indian words; a soft hyphen leaves nothing.
///
/// ```
/// it's 3.5 – really!   →   it s 3 5   really
/// ```
public record SpecialCharacters() implements Transform {
  private static final int SOFT_HYPHEN = 0xAD;
  private static final int NON_JOINER = 0x200C;
  private static final int JOINER = 0x200D;

  @Override
  public String name() {
    return "special_characters";
  }

  @Override
  public String about() {
    return "letters, digits and spaces only";
  }

  @Override
  public MappedText apply(MappedText mapped) {
    String text = mapped.text();
    var rest = new MappedText.Builder(mapped);
    boolean letter = false; // before
    for (int start = 0, end; start < text.length(); start = end) {
      int c = text.codePointAt(start);
      end = start + Character.charCount(c);
      boolean joins = letter && (c == JOINER || c == NON_JOINER);
      if (isLetter(c) || joins || Whitespace.isSpace(c)) {
        rest.copy(start, end);
      } else if (c != SOFT_HYPHEN) {
        rest.put(" ", start, end);
      }
      letter = isLetter(c);
    }
    return rest.text();
  }

  /// Whether it is a letter, a mark or a digit.
  static boolean isLetter(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.LETTER_NUMBER,
          Character.OTHER_NUMBER ->
          true;
      default -> Character.isLetterOrDigit(c);
    };
  }
}
