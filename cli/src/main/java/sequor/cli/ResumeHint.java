package sequor.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import sequor.recipes.Shell;

/// While it is open, a training that is stopped from outside (Ctrl-C, a polite kill) says how to go
/// on with it.
final class ResumeHint implements AutoCloseable {
  private final Thread hook;

  /// @param run the run directory, which has a recipe as soon as there is something to resume
  /// @param arguments of the command that is training
  ResumeHint(PrintWriter err, Path run, List<String> arguments) {
    hook = new Thread(() -> err.println("\nsequor: " + text(run, arguments)));
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private static String text(Path run, List<String> arguments) {
    return Files.exists(run.resolve("recipe.yaml"))
        ? "stopped; go on with: " + command(run, arguments)
        : "stopped before training began; there is nothing to go on with";
  }

  private static String command(Path run, List<String> arguments) {
    var all = new ArrayList<>(arguments);
    if (all.stream().noneMatch(word -> word.equals("--out") || word.startsWith("--out="))) {
      all.addAll(List.of("--out", run.toString()));
    }
    if (!all.contains("--resume")) {
      all.add("--resume");
    }
    all.addFirst("sequor");
    return Shell.command(all);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // it is being stopped, and the hint is being said
    }
  }
}
