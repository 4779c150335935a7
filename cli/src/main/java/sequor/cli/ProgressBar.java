package sequor.cli;

import java.io.PrintWriter;
import java.util.Locale;

/// One line on a terminal that says how far a training is, how fast, and when all of it will be
/// done. Elsewhere it shows nothing.
final class ProgressBar {
  private static final int WIDTH = 24;
  private static final long BETWEEN = 100_000_000; // ns; faster than that nobody reads
  private static final String CLEAR = "\r\u001b[2K";

  private final PrintWriter out;
  private final boolean terminal;
  private long begun;
  private long shown;
  private double first; // how much was done when the clock began

  ProgressBar(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /// Where a training stands.
  ///
  /// @param epoch from 1
  /// @param epochs at most
  /// @param done how many batches of this epoch
  /// @param total how many it has; 0 if that is not known
  record Place(int epoch, int epochs, int done, int total) {
    /// How many epochs are done, in parts of one.
    private double all() {
      return epoch - 1 + (total == 0 ? 0 : (double) done / total);
    }
  }

  /// Shows where a training stands; the first call starts the clock.
  void show(Place place, String detail) {
    long now = System.nanoTime();
    if (begun == 0) {
      begun = now;
      first = place.all();
    }
    if (!terminal || (now - shown < BETWEEN && place.done < place.total)) {
      return;
    }
    shown = now;
    out.print(CLEAR + "epoch %d/%d ".formatted(place.epoch, place.epochs));
    if (place.total > 0) {
      int filled = (int) ((long) WIDTH * place.done / place.total);
      out.print("█".repeat(filled) + "░".repeat(WIDTH - filled) + " ");
      out.print("%d/%d".formatted(place.done, place.total));
    } else {
      out.print("batch %d".formatted(place.done));
    }
    out.print("  " + detail + left(place, (now - begun) / 1e9));
    out.flush();
  }

  /// The time until the last epoch, which early stopping may spare.
  private String left(Place place, double seconds) {
    double done = place.all() - first;
    if (done <= 0 || seconds < 1) {
      return "";
    }
    double left = (place.epochs - place.all()) * seconds / done;
    return left < 120
        ? String.format(Locale.ROOT, "  %.0f s left", left)
        : String.format(Locale.ROOT, "  %.0f min left", left / 60);
  }

  /// Shows what is being done.
  void say(String what) {
    if (terminal) {
      out.print(CLEAR + what);
      out.flush();
    }
  }

  /// Makes room for a line.
  void clear() {
    if (terminal) {
      out.print(CLEAR);
      out.flush();
    }
  }
}
