package sequor.cli;

/// Whether a person sits at the other end.
final class Terminal {
  private Terminal() {}

  /// Whether both standard input and output are a terminal.
  @SuppressWarnings("SystemConsoleNull") // since JDK 25 it is null again where there is none
  static boolean isThere() {
    var console = System.console();
    return console != null && console.isTerminal();
  }
}
