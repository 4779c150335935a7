package sequor.text;

import java.util.ArrayDeque;

/// Leaves out what stands in brackets, brackets included; a space stays in its place, so that no
/// two words become one. Brackets inside others go with them; one that has no partner, as that of
/// `:)`, stays.
///
/// ```
/// a film (2001) of [some] note   →   a film   of   note
/// ```
public record Brackets() implements Transform {
  private static final String OPENING = "([{（［｛【〔〈《「『";
  private static final String CLOSING = ")]}）］｝】〕〉》」』";

  @Override
  public String name() {
    return "brackets";
  }

  @Override
  public String about() {
    return "without what stands in brackets";
  }

  @Override
  public MappedText apply(MappedText mapped) {
    String text = mapped.text();
    int[] ends = partners(text);
    var rest = new MappedText.Builder(mapped);
    for (int at = 0; at < text.length(); ) {
      if (ends[at] > 0) {
        rest.put(" ", at, ends[at]);
        at = ends[at];
      } else {
        rest.copy(at, at + 1);
        at++;
      }
    }
    return rest.text();
  }

  /// Of each bracket that opens, where the one that closes it ends; 0 for all else.
  private static int[] partners(String text) {
    int[] ends = new int[text.length()];
    var open = new ArrayDeque<Integer>();
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      int closing = CLOSING.indexOf(c);
      if (OPENING.indexOf(c) >= 0) {
        open.push(at);
      } else if (closing >= 0
          && !open.isEmpty()
          && text.charAt(open.peek()) == OPENING.charAt(closing)) {
        ends[open.pop()] = at + 1;
      }
    }
    return ends;
  }
}
