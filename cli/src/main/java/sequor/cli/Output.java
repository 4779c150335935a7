package sequor.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import sequor.json.JsonObject;

/// Where a command's results go, as text or as JSON; every command has it.
final class Output {
  @Option(
      names = "--json",
      description = "Print one JSON object a result on standard output, and nothing else there.")
  boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print results only, neither progress nor warnings.")
  boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      description = "Show the stack trace of what goes wrong.")
  boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Spec(Target.MIXEE)
  CommandSpec command;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  Output() {}

  /// Prints a result: the object, or the text a person reads.
  void result(JsonObject object, String text) {
    out().println(json ? object.toString() : text);
  }

  /// Prints a line for people on the way to the result, on standard error.
  void line(String text) {
    if (!json && !quiet) {
      err().println(text);
    }
  }

  /// Warns a person, on standard error.
  void warn(String message) {
    if (!quiet) {
      err().println("warning: " + message);
    }
  }

  PrintWriter out() {
    return command.commandLine().getOut();
  }

  PrintWriter err() {
    return command.commandLine().getErr();
  }
}
