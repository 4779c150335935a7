package sequor.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
    footer = {
      "",
      "Begin with:",
      "  sequor train names",
      "  sequor predict runs/names Kowalski Nakamura",
      "Every verb has --help and --json."
    })
public final class Main implements Runnable {
  private static final List<Class<?>> VERBS =
      List.of(
          TrainCommand.class,
          EvaluateCommand.class,
          PredictCommand.class,
          GenerateCommand.class,
          DataCommand.class,
          RunsCommand.class,
          BenchCommand.class,
          DoctorCommand.class);

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
    var line = new CommandLine(new Main());
    verbs(args).forEach(line::addSubcommand); // first, since what is set below is set for them too
    line.setOut(out)
        .setErr(err)
        .setParameterExceptionHandler((e, words) -> Faults.misused(e))
        .setExecutionExceptionHandler((e, command, parsed) -> Faults.failed(e, err))
        .setAbbreviatedOptionsAllowed(false);
    Optional.ofNullable(line.getSubcommands().get("train"))
        .ifPresent(
            train ->
                train
                    .getHelpSectionMap()
                    .put(UsageMessageSpec.SECTION_KEY_FOOTER, help -> TrainCommand.recipes()));
    try {
      return line.execute(args);
    } catch (OutOfMemoryError e) {
      return Faults.failed(e, err);
    }
  }

  /// The verb that is called, or all where none is: to learn what all of them can takes longer than
  /// a prediction does.
  private static List<Class<?>> verbs(String... args) {
    for (var verb : VERBS) {
      if (args.length > 0 && verb.getAnnotation(Command.class).name().equals(args[0])) {
        return List.of(verb);
      }
    }
    return VERBS;
  }

  /// Without a verb the help is what was wanted.
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
