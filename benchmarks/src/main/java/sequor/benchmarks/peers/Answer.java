package sequor.benchmarks.peers;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a child process says to its parent, one line each.
sealed interface Answer {
  /// The line for standard output.
  String line();

  /// What comes out of its first steps.
  record Outputs(float[] values) implements Answer {
    @Override
    public String line() {
      var line = new StringBuilder("outputs");
      for (float value : values) {
        line.append(' ').append(value);
      }
      return line.append(values.length == 0 ? " " : "").toString();
    }
  }

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

  /// How long each step of a turn took, and how long cores worked on all of them.
  record Times(long[] nanos, long cpuNanos) implements Answer {
    @Override
    public String line() {
      return "times "
          + cpuNanos
          + " "
          + Arrays.stream(nanos).mapToObj(Long::toString).collect(Collectors.joining(" "));
    }
  }

  /// Reads a line back.
  static Answer of(String line) {
    String rest = line.substring(line.indexOf(' ') + 1);
    return switch (line.substring(0, Math.max(0, line.indexOf(' ')))) {
      case "ready" -> new Ready(rest);
      case "unable" -> new Unable(rest);
      case "outputs" -> new Outputs(outputs(rest));
      case "times" -> times(numbers(rest));
      default ->
          throw new IllegalArgumentException(
              "answer: expected outputs, ready, unable or times, found '%s'; who else prints there?"
                  .formatted(line));
    };
  }

  private static Times times(long[] numbers) {
    return new Times(Arrays.copyOfRange(numbers, 1, numbers.length), numbers[0]);
  }

  private static float[] outputs(String text) {
    var words = text.isEmpty() ? new String[0] : text.split(" ", -1);
    float[] values = new float[words.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.parseFloat(words[i]);
    }
    return values;
  }

  private static long[] numbers(String text) {
    return Pattern.compile(" ").splitAsStream(text).mapToLong(Long::parseLong).toArray();
  }
}
