package sequor.text;

import java.text.Normalizer;

/// Each letter apart from its marks: `é` is `e` and an accent.
public record Nfd() implements Transform {
  @Override
  public String name() {
    return "nfd";
  }

  @Override
  public String about() {
    return "each letter apart from its marks";
  }

  @Override
  public MappedText apply(MappedText mapped) {
    return Normalization.apply(mapped, Normalizer.Form.NFD);
  }
}
