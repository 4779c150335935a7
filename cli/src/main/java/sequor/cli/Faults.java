package sequor.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import sequor.SequorException;
import sequor.recipes.Shell;
import sequor.settings.SettingsException;

/// What went wrong, in one line on standard error, and the exit code that goes with it.
final class Faults {
  private static final String OURS =
      "this is a fault in Sequor, not in what you did; please report it with ";

  private final PrintWriter err;
  private final List<String> words;

  /// @param arguments of the command line
  Faults(PrintWriter err, String... arguments) {
    this.err = err;
    this.words = new ArrayList<>(List.of("sequor"));
    words.addAll(List.of(arguments));
  }

  /// The command line makes no sense.
  int misused(ParameterException e) {
    var command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    String misuse = Misuse.of(e);
    String end = misuse.endsWith("?") ? " " : "; ";
    err.println("%s: %s%s%s --help shows how".formatted(name, misuse, end, name));
    trace(e, command);
    return ExitCode.USAGE;
  }

  /// What a user did or a file holds is said in one line; anything else is our own fault.
  int failed(Throwable e, CommandLine command) {
    switch (e) {
      case InvalidPathException path ->
          say(
              "expected a path, got '%s' (%s); write another"
                  .formatted(path.getInput(), path.getReason()));
      case SequorException _ -> say(String.valueOf(e.getMessage()));
      case IllegalArgumentException _ when e.getMessage() != null -> say(e.getMessage());
      case UncheckedIOException _ when e.getCause() instanceof IOException io -> say(reason(io));
      case IOException io -> say(reason(io));
      case OutOfMemoryError _ ->
          say(
              "the memory that Java may use (%d MiB) is not enough; take a smaller"
                      .formatted(Runtime.getRuntime().maxMemory() >> 20)
                  + " training.batch_size or tokens.max_length (of bench --batch or --time), or give"
                  + " it more, as SEQUOR_JAVA_OPTS=-Xmx8g does");
      default -> report(e);
    }
    trace(e, command);
    return e instanceof SettingsException || e instanceof InvalidPathException
        ? ExitCode.USAGE
        : ExitCode.SOFTWARE;
  }

  private void say(String message) {
    err.println("sequor: " + message);
  }

  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> missing.getFile() + ": no such file; check the path";
      case AccessDeniedException denied ->
          denied.getFile() + ": may not be read or written; look at its rights";
      case FileSystemException other -> other.getMessage() + "; check the path and its disk";
      default -> e.getClass().getSimpleName() + ": " + e.getMessage();
    };
  }

  /// Writes what helps us into a file, which the user may send.
  private void report(Throwable e) {
    String report =
        "%s, Java %s, %s%n%s%n%s"
            .formatted(
                new Version().getVersion()[0],
                Runtime.version(),
                System.getProperty("os.name"),
                Shell.command(words),
                trace(e));
    try {
      var file = Files.createTempFile("sequor-fault-", ".txt");
      Files.writeString(file, report);
      say(OURS + file);
    } catch (IOException | RuntimeException _) {
      say(OURS + "this:\n" + report);
    }
  }

  private void trace(Throwable e, CommandLine command) {
    if (command.getMixins().get("output") instanceof Output output && output.verbose) {
      err.print(trace(e));
      err.flush();
    }
  }

  private static String trace(Throwable e) {
    var trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace, true));
    return trace.toString();
  }
}
