package sequor.text;

import java.util.Locale;

/// Small letters, by the rules of no particular language. It comes before [Nfc], since it can leave
/// a letter and its mark apart: `İ` becomes `i` and a dot above.
public record LowerCase() implements Transform {
  @Override
  public String name() {
    return "lower_case";
  }

  @Override
  public String about() {
    return "small letters";
  }

  @Override
  public MappedText apply(MappedText mapped) {
    String text = mapped.text();
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.length() == text.length()) {
      return mapped.withText(lower);
    }
    var result = new MappedText.Builder(mapped);
    for (int start = 0, end, at = 0; start < text.length(); start = end) {
      end = start + Character.charCount(text.codePointAt(start));
      // A Greek sigma is another one at a word's end: only its length can be told alone.
      int length = text.substring(start, end).toLowerCase(Locale.ROOT).length();
      result.put(lower.substring(at, at + length), start, end);
      at += length;
    }
    return result.text();
  }
}
