package sequor.text;

import java.text.Normalizer;

/// As [Nfc], and what only looks otherwise is the same: `ﬁ` is `fi`, `①` is `1`.
public record Nfkc() implements Transform {
  @Override
  public String name() {
    return "nfkc";
  }

  @Override
  public String about() {
    return "as nfc, and ﬁ is fi, ① is 1";
  }

  @Override
  public MappedText apply(MappedText mapped) {
    return Normalization.apply(mapped, Normalizer.Form.NFKC);
  }
}
