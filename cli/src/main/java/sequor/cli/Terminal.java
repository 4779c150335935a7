package sequor.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Whether a person sits at the other end.
final class Terminal {
  private static final int WIDE = 100;
  private static final int LEAST_WIDE = 40;

  private Terminal() {}

  /// Whether standard error is a terminal. Java says so of standard input and output only,
  /// together; where the system shows a process its own files, those say it of each.
  static boolean seesErrors() {
    return sees(2);
  }

  /// Whether standard output is a terminal that shows colors, and nobody asked for none
  /// (no-color.org).
  static boolean seesColors() {
    return sees(1) && System.getenv("NO_COLOR") == null;
  }

  /// How many places a line has, as far as the shell says so.
  static int width() {
    try {
      return Math.max(LEAST_WIDE, Integer.parseInt(System.getenv().getOrDefault("COLUMNS", "")));
    } catch (NumberFormatException e) {
      return WIDE;
    }
  }

  /// Whether standard input is a keyboard.
  static boolean isTyped() {
    return sees(0);
  }

  @SuppressWarnings("SystemConsoleNull") // since JDK 25 it is null again where there is none
  private static boolean sees(int descriptor) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
          .toString()
          .matches("/dev/(tty|pts/).*");
    } catch (IOException | UnsupportedOperationException e) {
      var console = System.console();
      return console != null && console.isTerminal();
    }
  }
}
