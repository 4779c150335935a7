package sequor.tasks.forecast;

import java.util.Arrays;

/// Where series are gone on with: a series, and the first step that is said of it. Those of one
/// time stand together, in the order of time, as somebody who goes on day by day meets them.
final class Windows {
  private final int[] series;
  private final int[] at;

  private Windows(int[] series, int[] at) {
    this.series = series;
    this.at = at;
  }

  /// All whose numbers to be said are between two steps; what is read may begin before.
  ///
  /// @param read L
  /// @param said H
  static Windows of(SeriesTable table, int from, int to, int read, int said) {
    int[] series = new int[16];
    int[] at = new int[16];
    int size = 0;
    var all = table.series();
    for (int step = from; step + said <= to; step++) {
      for (int s = 0; s < all.size(); s++) {
        var one = all.get(s);
        if (step - read < one.first() || step + said > one.end()) {
          continue;
        }
        if (size == series.length) {
          series = Arrays.copyOf(series, 2 * size);
          at = Arrays.copyOf(at, 2 * size);
        }
        series[size] = s;
        at[size++] = step;
      }
    }
    return new Windows(Arrays.copyOf(series, size), Arrays.copyOf(at, size));
  }

  int size() {
    return series.length;
  }

  /// Which series a window is of.
  int series(int window) {
    return series[window];
  }

  /// The first step that is said.
  int at(int window) {
    return at[window];
  }
}
