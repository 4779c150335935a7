package sequor.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import sequor.json.JsonException;
import sequor.recipes.RecipeException;
import sequor.store.StoreException;
import sequor.text.TextException;

/// The program `sequor`.
@Command(
    name = "sequor",
    description = "Sequence models for the JVM: train, evaluate and use them.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "VERB",
    subcommands = {
      TrainCommand.class,
      EvaluateCommand.class,
      PredictCommand.class,
      GenerateCommand.class,
      DataCommand.class,
      RunsCommand.class,
      DoctorCommand.class
    },
    footer = {
      "",
      "Begin with:",
      "  sequor train names",
      "  sequor predict runs/names Kowalski Nakamura"
    })
public final class Main implements Runnable {
  @CommandLine.Spec CommandLine.Model.CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the field
  Main() {}

  public static void main(String[] args) {
    var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(out, err, args));
  }

  /// Runs one command line and gives its exit code.
  static int run(PrintWriter out, PrintWriter err, String... args) {
    return new CommandLine(new Main())
        .setOut(out)
        .setErr(err)
        .setExecutionExceptionHandler((e, line, parsed) -> failed(e, err))
        .setAbbreviatedOptionsAllowed(false)
        .execute(args);
  }

  /// Without a verb the help is what was wanted.
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /// What a user did or a file holds is said in one line; anything else is our own fault, and its
  /// trace helps us.
  private static int failed(Exception e, PrintWriter err) {
    switch (e) {
      case RecipeException _,
          TextException _,
          JsonException _,
          StoreException _,
          IllegalArgumentException _,
          java.io.IOException _ ->
          err.println("sequor: " + reason(e));
      default -> {
        err.println("sequor: this is a fault in Sequor; please report it with the lines below.");
        e.printStackTrace(err);
      }
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static String reason(Exception e) {
    String message = e.getMessage();
    return e instanceof java.io.IOException || message == null
        ? e.getClass().getSimpleName() + ": " + message
        : message;
  }
}
