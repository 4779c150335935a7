package sequor.text;

/// Puts a space before and behind each Han letter, so that each is a word, as BERT does.
public record HanWords() implements Transform {
  @Override
  public String name() {
    return "han_words";
  }

  @Override
  public String about() {
    return "each Han letter a word of its own";
  }

  @Override
  public MappedText apply(MappedText mapped) {
    return mapped.eachLetter(
        (spaced, c, start, end) -> {
          if (isHan(c)) {
            spaced.put(" ", start, end).copy(start, end).put(" ", start, end);
          } else {
            spaced.copy(start, end);
          }
        });
  }

  /// The blocks that BERT means, which are those of 2018.
  private static boolean isHan(int c) {
    return (c >= 0x4E00 && c <= 0x9FFF)
        || (c >= 0x3400 && c <= 0x4DBF)
        || (c >= 0x20000 && c <= 0x2A6DF)
        || (c >= 0x2A700 && c <= 0x2B73F)
        || (c >= 0x2B740 && c <= 0x2B81F)
        || (c >= 0x2B920 && c <= 0x2CEAF)
        || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0x2F800 && c <= 0x2FA1F);
  }
}
