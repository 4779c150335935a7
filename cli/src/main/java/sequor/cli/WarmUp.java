package sequor.cli;

import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import sequor.speed.Stopwatch;
import sequor.speed.Timings;

/// `--warm-up SECONDS`, for how long work is run before it is timed, and `--repeat R`, how often it
/// is then timed anew.
final class WarmUp {
  private static final double MOST_SECONDS = 3600;

  @Spec(Target.MIXEE)
  CommandSpec command;

  private Stopwatch stopwatch = Stopwatch.warm();

  @Option(
      names = "--repeat",
      paramLabel = "R",
      defaultValue = "5",
      description =
          "Measure so often, and print the median with the least and the greatest, which lie far"
              + " apart where other programs use the machine too (default: ${DEFAULT-VALUE}).")
  int repetitions;

  @SuppressWarnings("NullAway.Init") // picocli sets the field
  WarmUp() {}

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      description =
          "Run for so long, and three times at least, before the timing, so that Java has"
              + " compiled what is timed (default: 3).")
  void seconds(double seconds) {
    stopwatch = new Stopwatch(duration(command, seconds), stopwatch.fewestRuns());
  }

  /// Runs the work until it is warm, and then `runs` times in each repetition.
  List<Timings> measure(Runnable work, int runs) {
    return stopwatch.measure(work, runs, repetitions);
  }

  static Duration duration(CommandSpec command, double seconds) {
    if (!(seconds >= 0 && seconds <= MOST_SECONDS)) { // NaN is out too
      throw new ParameterException(
          command.commandLine(), "--warm-up: expected 0 to 3600 seconds, got " + seconds);
    }
    return Duration.ofNanos((long) (seconds * 1e9));
  }
}
