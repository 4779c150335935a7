package sequor.text;

/// Half a surrogate pair, which is no character and could not be saved, becomes U+FFFD.
public record WholeCharacters() implements Transform {
  @Override
  public String name() {
    return "whole_characters";
  }

  @Override
  public String about() {
    return "half a surrogate pair becomes U+FFFD";
  }

  @Override
  public MappedText apply(MappedText mapped) {
    return isWhole(mapped.text()) ? mapped : mapped.withText(repaired(mapped.text()));
  }

  /// Whether no surrogate stands without its other half.
  static boolean isWhole(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (isHalf(text.codePointAt(i))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  private static String repaired(String text) {
    var whole = new StringBuilder(text.length());
    text.codePoints().map(c -> isHalf(c) ? 0xFFFD : c).forEach(whole::appendCodePoint);
    return whole.toString();
  }

  private static boolean isHalf(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
