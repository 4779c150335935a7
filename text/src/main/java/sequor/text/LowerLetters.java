package sequor.text;

import java.util.Locale;

/// Small letters, each by itself: unlike [LowerCase] it writes every Greek sigma as `σ`, as
/// published tokenizers do.
public record LowerLetters() implements Transform {
  @Override
  public String name() {
    return "lower_letters";
  }

  @Override
  public String about() {
    return "small letters, also where one depends on its neighbors";
  }

  @Override
  public MappedText apply(MappedText mapped) {
    return mapped.eachLetter(
        (small, c, start, end) -> {
          if (c == 0x130) {
            small.put("i\u0307", start, end);
          } else if (Character.toLowerCase(c) == c) {
            small.copy(start, end);
          } else {
            small.put(Character.toString(c).toLowerCase(Locale.ROOT), start, end);
          }
        });
  }
}
