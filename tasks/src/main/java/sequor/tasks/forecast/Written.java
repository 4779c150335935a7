package sequor.tasks.forecast;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import sequor.data.Row;

/// What was written of one series, in the order of its rows.
final class Written {
  private long[] times = new long[16];
  private int[] lines = new int[16];
  private float[] values = new float[16];
  private final float[][] known; // (K, rows)
  private final List<String> statics;
  private int size;

  /// @param known how many columns are known before
  /// @param statics what its first row says in those that are the same in all
  Written(int known, List<String> statics) {
    this.known = new float[known][16];
    this.statics = statics;
  }

  List<String> statics() {
    return statics;
  }

  void add(Row row, long time, float value, float[] alsoKnown) {
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      lines = Arrays.copyOf(lines, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
      for (int k = 0; k < known.length; k++) {
        known[k] = Arrays.copyOf(known[k], 2 * size);
      }
    }
    times[size] = time;
    lines[size] = (int) row.line();
    values[size] = value;
    for (int k = 0; k < known.length; k++) {
      known[k][size] = alsoKnown[k];
    }
    size++;
  }

  boolean endsAt(long time) {
    return size > 0 && times[size - 1] >= time;
  }

  LongStream times() {
    return LongStream.of(times).limit(size);
  }

  int size() {
    return size;
  }

  long time(int row) {
    return times[row];
  }

  int line(int row) {
    return lines[row];
  }

  float value(int row) {
    return values[row];
  }

  float known(int column, int row) {
    return known[column][row];
  }
}
