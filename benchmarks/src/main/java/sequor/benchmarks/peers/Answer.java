package sequor.benchmarks.peers;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a child process says to its parent, one line each.
sealed interface Answer {
  /// The line for standard output.
  String line();

  /// It is warm and waits for its turns.
  record Ready(String version) implements Answer {
    @Override
    public String line() {
      return "ready " + version;
    }
  }

  /// It will not come.
  record Unable(String reason) implements Answer {
    @Override
    public String line() {
      return "unable " + reason.lines().findFirst().orElse("");
    }
  }

  /// How long each step of a turn took.
  record Times(long[] nanos) implements Answer {
    @Override
    public String line() {
      return "times "
          + Arrays.stream(nanos).mapToObj(Long::toString).collect(Collectors.joining(" "));
    }
  }

  /// Reads a line back.
  static Answer of(String line) {
    String rest = line.substring(line.indexOf(' ') + 1);
    return switch (line.substring(0, Math.max(0, line.indexOf(' ')))) {
      case "ready" -> new Ready(rest);
      case "unable" -> new Unable(rest);
      case "times" -> new Times(numbers(rest));
      default ->
          throw new IllegalArgumentException(
              "answer: expected ready, unable or times, found '%s'; who else prints there?"
                  .formatted(line));
    };
  }

  private static long[] numbers(String text) {
    return Pattern.compile(" ").splitAsStream(text).mapToLong(Long::parseLong).toArray();
  }
}
