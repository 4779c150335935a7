package sequor.cli;

import picocli.AutoComplete;

/// Prints what makes a shell, bash or zsh, complete the verbs and options of `sequor`; the build of
/// the distribution keeps it.
final class Completion {
  private Completion() {}

  /// Arguments: none.
  static void main(String[] args) {
    System.out.print(AutoComplete.bash("sequor", Main.commandLine()));
  }
}
