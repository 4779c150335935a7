package sequor.text;

import java.text.Normalizer;

/// One spelling for each letter: Unicode writes `é` in two ways, and a model should see one. NFC
/// joins what has a joined form; half a surrogate pair, which is no character and could not be
/// saved, becomes U+FFFD.
public record Nfc() implements Transform {
  @Override
  public String name() {
    return "nfc";
  }

  @Override
  public String about() {
    return "one spelling for each letter";
  }

  @Override
  public MappedText apply(MappedText mapped) {
    return Normalization.apply(mapped, Normalizer.Form.NFC);
  }
}
