package sequor.text;

import java.text.Normalizer;

/// As [Nfd], and what only looks otherwise is the same: `ﬁ` is `fi`, `①` is `1`.
public record Nfkd() implements Transform {
  @Override
  public String name() {
    return "nfkd";
  }

  @Override
  public String about() {
    return "as nfd, and ﬁ is fi, ① is 1";
  }

  @Override
  public MappedText apply(MappedText mapped) {
    return Normalization.apply(mapped, Normalizer.Form.NFKD);
  }
}
