package sequor.tasks.forecast;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Numbers of one thing, step by step of a [Timeline].
///
/// @param name whose they are
/// @param first the step of the first number
/// @param values a number a step, not a number where there is none
/// @param read the same with what is missing filled in
/// @param known of each column that is known before, a number a step, from `first` on and maybe
///   beyond the last value // (K, T or more)
/// @param statics what is written of it in each column that is the same in all its rows
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record Series(
    String name, int first, float[] values, float[] read, float[][] known, List<String> statics) {
  Series {
    statics = List.copyOf(statics);
  }

  /// One of which nothing more is said.
  Series(String name, int first, float[] values, float[] read, float[][] known) {
    this(name, first, values, read, known, List.of());
  }

  /// How many steps it has.
  int length() {
    return values.length;
  }

  /// The step behind its last.
  int end() {
    return first + values.length;
  }

  /// How many of its numbers from a step on and before another are 0.
  long zeros(int from, int to) {
    return IntStream.range(Math.max(from, first), Math.min(to, end()))
        .filter(step -> values[step - first] == 0)
        .count();
  }

  /// Its numbers before a step, all of which there are.
  float[] before(int step) {
    return Arrays.copyOf(read, step - first);
  }

  /// How many of its steps have no number.
  int missing() {
    int count = 0;
    for (float value : values) {
      count += Float.isNaN(value) ? 1 : 0;
    }
    return count;
  }
}
