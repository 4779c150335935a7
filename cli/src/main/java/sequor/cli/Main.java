package sequor.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
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
  private static final String ENCODING = "sun.jnu.encoding"; // of arguments and file names

  private static final List<Class<?>> VERBS =
      List.of(
          TrainCommand.class,
          ReproduceCommand.class,
          EvaluateCommand.class,
          ScoreCommand.class,
          PredictCommand.class,
          GenerateCommand.class,
          ChatCommand.class,
          TokenizeCommand.class,
          InspectCommand.class,
          NeighborsCommand.class,
          SimilarityCommand.class,
          AnalogyCommand.class,
          DoesntMatchCommand.class,
          CooccurCommand.class,
          ProjectCommand.class,
          DataCommand.class,
          RecipeCommand.class,
          RunsCommand.class,
          BenchCommand.class,
          DoctorCommand.class);

  @CommandLine.Spec CommandLine.Model.CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the field
  Main() {}

  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT); // files and numbers look the same everywhere
    var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(new FileOutputStream(FileDescriptor.out), err, args));
  }

  /// Runs one command line; results that cannot be written are a failure.
  static int run(OutputStream to, PrintWriter err, String... args) {
    var results = new Results(to);
    var out = new PrintWriter(new BufferedOutputStream(results), true, StandardCharsets.UTF_8);
    int code = run(out, err, args);
    out.flush();
    var missing = results.missing();
    missing.ifPresent(
        reason ->
            err.printf(
                "sequor: standard output: expected to write all results, got %s; look at its disk%n",
                reason));
    return missing.isPresent() ? CommandLine.ExitCode.SOFTWARE : code;
  }

  /// Runs one command line and gives its exit code.
  static int run(PrintWriter out, PrintWriter err, String... args) {
    if (Arrays.stream(args).anyMatch(Main::isMisread)) {
      err.println(
          "sequor: expected arguments in the encoding of the locale (%s), got other letters; set"
                  .formatted(System.getProperty(ENCODING))
              + " LC_ALL=C.UTF-8");
      return CommandLine.ExitCode.USAGE;
    }
    var line = commandLine(args); // with its verbs, since what is set below is set for them too
    var faults = new Faults(err, args);
    line.setOut(out)
        .setErr(err)
        .registerConverter(Path.class, Path::of)
        .setParameterExceptionHandler((e, words) -> faults.misused(e))
        .setExecutionExceptionHandler((e, command, parsed) -> faults.failed(e, command))
        .setAbbreviatedOptionsAllowed(false)
        .setExpandAtFiles(false); // a text may begin with @
    Optional.ofNullable(line.getSubcommands().get("train"))
        .ifPresent(
            train ->
                train
                    .getHelpSectionMap()
                    .put(UsageMessageSpec.SECTION_KEY_FOOTER, help -> TrainCommand.recipes()));
    try {
      return line.execute(args);
    } catch (Error e) { // memory that runs out; all others are ours
      return faults.failed(e, line);
    }
  }

  /// The program and the verb that is called, or all verbs.
  static CommandLine commandLine(String... args) {
    var line = new CommandLine(new Main());
    verbs(args).forEach(line::addSubcommand);
    return line;
  }

  /// Whether Java could not read all letters of an argument. Where the locale is UTF-8, the sign
  /// for that is a letter like any other.
  private static boolean isMisread(String argument) {
    return argument.contains("\uFFFD") && !"UTF-8".equalsIgnoreCase(System.getProperty(ENCODING));
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
