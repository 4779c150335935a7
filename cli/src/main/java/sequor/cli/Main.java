package sequor.cli;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.UsageMessageSpec;

/// The program `sequor`.
@Command(
    name = "sequor",
    description = "Sequence models for the JVM: train, evaluate and use them.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "VERB",
    commandListHeading = "%nVerbs:%n",
    subcommands = {
      TrainCommand.class,
      EvaluateCommand.class,
      PredictCommand.class,
      GenerateCommand.class,
      DataCommand.class,
      RunsCommand.class,
      BenchCommand.class,
      DoctorCommand.class
    },
    footer = {
      "",
      "Begin with:",
      "  sequor train names",
      "  sequor predict runs/names Kowalski Nakamura",
      "Every verb has --help and --json."
    })
public final class Main implements Runnable {
  @CommandLine.Spec CommandLine.Model.CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the field
  Main() {}

  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT); // files and numbers look the same everywhere
    var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(out, err, args));
  }

  /// Runs one command line and gives its exit code.
  static int run(PrintWriter out, PrintWriter err, String... args) {
    var line =
        new CommandLine(new Main())
            .setOut(out)
            .setErr(err)
            .setParameterExceptionHandler((e, words) -> Faults.misused(e))
            .setExecutionExceptionHandler((e, command, parsed) -> Faults.failed(e, err))
            .setAbbreviatedOptionsAllowed(false);
    requireNonNull(line.getSubcommands().get("train"))
        .getHelpSectionMap()
        .put(UsageMessageSpec.SECTION_KEY_FOOTER, help -> TrainCommand.recipes());
    try {
      return line.execute(args);
    } catch (OutOfMemoryError e) {
      return Faults.failed(e, err);
    }
  }

  /// Without a verb the help is what was wanted.
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
