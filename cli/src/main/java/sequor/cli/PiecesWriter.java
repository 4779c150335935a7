package sequor.cli;

import java.io.PrintWriter;
import java.util.List;
import sequor.tasks.Answer;

/// Prints what is said of pieces of a text: on a terminal a line a text, with what is said in
/// color, and elsewhere a piece and what is said of it a line, with a blank line behind each text,
/// which is a file to learn from.
final class PiecesWriter {
  private static final List<Integer> COLORS = List.of(36, 33, 35, 32, 34, 31, 96, 93, 95, 92, 94);
  private static final String RESET = "\u001b[0m";

  private final PrintWriter out;
  private final boolean inColor;

  /// @param inColor whether a person sees it
  PiecesWriter(PrintWriter out, boolean inColor) {
    this.out = out;
    this.inColor = inColor;
  }

  void write(Answer answer) {
    if (inColor) {
      line(answer.pieces());
      return;
    }
    answer.pieces().forEach(piece -> out.println(piece.text() + "\t" + piece.said()));
    out.println();
  }

  /// Each different word that is said has a color of its own, as far as there are some.
  private void line(List<Answer.Piece> pieces) {
    var line = new StringBuilder();
    for (var piece : pieces) {
      int color = COLORS.get(Math.floorMod(piece.said().hashCode(), COLORS.size()));
      line.append(line.isEmpty() ? "" : " ").append(piece.text());
      line.append("\u001b[%dm/%s%s".formatted(color, piece.said(), RESET));
    }
    out.println(line);
  }
}
