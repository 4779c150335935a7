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
    var apart = Normalization.apply(mapped, Normalizer.Form.NFD);
    String text = apart.text();
    var rest = new MappedText.Builder(apart);
    for (int start = 0, end; start < text.length(); start = end) {
      int c = text.codePointAt(start);
      end = start + Character.charCount(c);
      if (Character.getType(c) != Character.NON_SPACING_MARK) {
        rest.copy(start, end);
      }
    }
    return rest.text();
  }
}
