package sequor.cli;

import java.io.PrintWriter;
import java.util.Locale;

/// One line on a terminal that says how far a piece of work is, how fast, and when it will be done.
/// Elsewhere it shows nothing.
final class ProgressBar {
  private static final int WIDTH = 24;
  private static final long BETWEEN = 100_000_000; // ns; faster than that nobody reads
  private static final String CLEAR = "\r\u001b[2K";

  private final PrintWriter out;
  private final boolean terminal;
  private long begun;
  private long shown;

  ProgressBar(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /// `done` of `total` are done; 1 starts the clock.
  void show(String what, int done, int total, String detail) {
    long now = System.nanoTime();
    if (done <= 1) {
      begun = now;
    }
    if (!terminal || (now - shown < BETWEEN && done < total)) {
      return;
    }
    shown = now;
    int filled = (int) ((long) WIDTH * done / total);
    double seconds = (now - begun) / 1e9;
    String rate =
        done > 1 && seconds > 0
            ? String.format(
                Locale.ROOT,
                "  %.1f/s  %.0f s left",
                (done - 1) / seconds,
                (total - done) * seconds / (done - 1))
            : "";
    out.print(
        "%s%s %s%s %d/%d  %s%s"
            .formatted(
                CLEAR,
                what,
                "█".repeat(filled),
                "░".repeat(WIDTH - filled),
                done,
                total,
                detail,
                rate));
    out.flush();
  }

  /// Makes room for a line.
  void clear() {
    if (terminal) {
      out.print(CLEAR);
      out.flush();
    }
  }
}
