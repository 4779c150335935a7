package sequor.tasks.forecast;

import java.util.Arrays;

/// A series as a network reads it.
///
/// @param z its numbers, scaled, and behind them maybe some that were said
/// @param map which map of the trunk is its own; below 0 for that of any other
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record Scaled(Series series, Scale scale, float[] z, int map) {
  static Scaled of(Series series, Scale scale, int map) {
    return new Scaled(series, scale, scale.scaled(series.read()), map);
  }

  /// The L numbers before a step.
  float[] window(int step, int read) {
    int end = step - series.first();
    return Arrays.copyOfRange(z, end - read, end);
  }

  /// The same up to a step, with these behind it.
  Scaled goneOn(int step, float[] said) {
    int end = step - series.first();
    float[] longer = Arrays.copyOf(z, end + said.length);
    System.arraycopy(said, 0, longer, end, said.length);
    return new Scaled(series, scale, longer, map);
  }
}
