package sequor.tasks.tag;

import java.util.ArrayList;
import java.util.List;

/// Spans as the script `conlleval` of the CoNLL shared tasks sees them (Tjong Kim Sang and Buchholz
/// 2000): whatever tags say is read as well as it can be, and nothing is an error. An `I` that goes
/// on with nothing begins a span, and so does a change of type.
final class Chunks {
  private Chunks() {}

  static List<TagSpan> of(List<String> tags) {
    var spans = new ArrayList<TagSpan>();
    var before = Mark.OUTSIDE;
    int from = -1; // no span is open
    for (int i = 0; i <= tags.size(); i++) {
      var mark = i < tags.size() ? Mark.of(tags.get(i)) : Mark.OUTSIDE;
      if (from >= 0 && ends(before, mark)) {
        spans.add(new TagSpan(before.type(), from, i));
        from = -1;
      }
      if (starts(before, mark)) {
        from = i;
      }
      before = mark;
    }
    return spans;
  }

  /// Whether a span that `before` belongs to ends before `mark`.
  private static boolean ends(Mark before, Mark mark) {
    return switch (before.letter()) {
      case 'E', 'S' -> true;
      case 'B', 'I' -> mark.is('B') || mark.is('S') || mark.outside() || !before.sameType(mark);
      case 'O' -> false;
      default -> !before.sameType(mark);
    };
  }

  /// Whether a span begins with `mark`.
  private static boolean starts(Mark before, Mark mark) {
    return switch (mark.letter()) {
      case 'B', 'S' -> true;
      case 'E', 'I' ->
          before.is('E') || before.is('S') || before.outside() || !before.sameType(mark);
      case 'O' -> false;
      default -> !before.sameType(mark);
    };
  }
}
