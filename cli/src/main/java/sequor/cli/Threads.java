package sequor.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import sequor.recipes.Machine;

/// `--threads N`: how many threads compute. It changes the speed and no result.
final class Threads {
  @Spec(Target.MIXEE)
  CommandSpec command;

  @SuppressWarnings("NullAway.Init") // picocli sets the field
  Threads() {}

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Compute with N threads (default: as many as there are cores). Any number"
              + " gives the same results.")
  void threads(int count) {
    check(command, count);
    Machine.threads(count);
  }

  static void check(CommandSpec command, int count) {
    if (count < 1 || count > 1024) {
      throw new ParameterException(
          command.commandLine(), "--threads: expected 1 to 1024, got " + count);
    }
  }
}
