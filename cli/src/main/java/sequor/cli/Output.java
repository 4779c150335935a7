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

  /// Prints a line for people only.
  void line(String text) {
    if (!json) {
      out().println(text);
    }
  }

  PrintWriter out() {
    return command.commandLine().getOut();
  }

  PrintWriter err() {
    return command.commandLine().getErr();
  }
}
