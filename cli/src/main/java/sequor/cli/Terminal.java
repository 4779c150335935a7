package sequor.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Whether a person sits at the other end.
final class Terminal {
  private Terminal() {}

  /// Whether standard error is a terminal. Java says so of standard input and output only,
  /// together; where the system shows a process its own files, those say it of each.
  @SuppressWarnings("SystemConsoleNull") // since JDK 25 it is null again where there is none
  static boolean seesErrors() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd/2"))
          .toString()
          .matches("/dev/(tty|pts/).*");
    } catch (IOException | UnsupportedOperationException e) {
      var console = System.console();
      return console != null && console.isTerminal();
    }
  }
}
