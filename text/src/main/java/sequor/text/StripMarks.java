package sequor.text;

/// Leaves out marks that take no room of their own and stand apart from their letters, as they do
/// in NFD; `é` as one letter stays.
public record StripMarks() implements Transform {
  @Override
  public String name() {
    return "strip_marks";
  }

  @Override
  public String about() {
    return "without marks that stand apart from letters";
  }

  @Override
  public MappedText apply(MappedText mapped) {
    String text = mapped.text();
    var rest = new MappedText.Builder(mapped);
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
