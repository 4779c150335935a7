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
    return mapped.eachLetter(
        (rest, c, start, end) -> {
          if (Character.getType(c) != Character.NON_SPACING_MARK) {
            rest.copy(start, end);
          }
        });
  }
}
