package sequor.text;

import java.text.Normalizer;

/// Letters without their marks: `é` becomes `e`. What stands apart in NFD and is a mark that takes
/// no room is left out; Hebrew and Arabic lose their points too.
public record StripAccents() implements Transform {
  @Override
  public String name() {
    return "strip_accents";
  }

  @Override
  public String about() {
    return "letters without accents";
  }

  @Override
  public MappedText apply(MappedText mapped) {
    return new StripMarks().apply(Normalization.apply(mapped, Normalizer.Form.NFD));
  }
}
