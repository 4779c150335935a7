package sequor.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import sequor.SequorException;
import sequor.json.Nearest;

/// What went wrong, in one line on standard error, and the exit code that goes with it.
final class Faults {
  private Faults() {}

  /// The command line makes no sense.
  static int misused(ParameterException e) {
    var command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    String misuse = misuse(e);
    String end = misuse.endsWith("?") ? " " : "; ";
    command.getErr().println("%s: %s%s%s --help shows how".formatted(name, misuse, end, name));
    return CommandLine.ExitCode.USAGE;
  }

  private static String misuse(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      String word = unmatched.getUnmatched().getFirst();
      var command = e.getCommandLine();
      var verbs = command.getSubcommands();
      if (unmatched.isUnknownOption()) {
        var options = command.getCommandSpec().optionsMap().keySet();
        String hint =
            word.startsWith("--") ? Nearest.hint(word, options) : ""; // a letter is like any
        return "no option \"%s\"%s".formatted(word, hint);
      }
      return verbs.isEmpty()
          ? "nothing is to follow, found \"%s\"".formatted(word)
          : "no verb \"%s\"%s".formatted(word, Nearest.hint(word, verbs.keySet()));
    }
    String message = Optional.ofNullable(e.getMessage()).orElse("something is missing").strip();
    return Character.toLowerCase(message.charAt(0))
        + message
            .substring(1)
            .replaceFirst("is not an? (int|long)$", "is not a whole number")
            .replaceFirst("is not a double$", "is not a number");
  }

  /// What a user did or a file holds is said in one line; anything else is our own fault, and its
  /// trace helps us.
  static int failed(Throwable e, PrintWriter err) {
    switch (e) {
      case SequorException _, IllegalArgumentException _ ->
          err.println("sequor: " + e.getMessage());
      case IOException io -> err.println("sequor: " + reason(io));
      case OutOfMemoryError _ ->
          err.println(
              "sequor: the memory that Java may use (%d MiB) is not enough; take a smaller"
                      .formatted(Runtime.getRuntime().maxMemory() >> 20)
                  + " training.batch_size or tokens.max_length (of bench --batch or --time), or give"
                  + " it more, as SEQUOR_JAVA_OPTS=-Xmx8g does");
      default -> {
        err.println("sequor: this is a fault in Sequor; please report it with the lines below.");
        e.printStackTrace(err);
      }
    }
    return CommandLine.ExitCode.SOFTWARE;
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
}
