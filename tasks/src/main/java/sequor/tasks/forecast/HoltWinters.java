package sequor.tasks.forecast;

/// Exponential smoothing of a level l, a trend b and a season s of m steps, whose three rates have
/// the least squared error one step ahead on the training part. Seasons are added, or, where that
/// errs less and all numbers are above 0, multiplied.
///
/// ```
/// l_t = α·(y_t − s_{t−m}) + (1 − α)·(l_{t−1} + b_{t−1})
/// b_t = β·(l_t − l_{t−1}) + (1 − β)·b_{t−1}
/// s_t = γ·(y_t − l_t) + (1 − γ)·s_{t−m}
/// ŷ_{t+h} = l_t + h·b_t + s_{t+h−m·⌈h/m⌉}
/// ```
///
/// and with quotients for differences where seasons are multiplied. The rates stay, and the state
/// goes on with each number. Without two seasons to begin with, there is none (Holt's method).
///
/// Source: Hyndman and Athanasopoulos, *Forecasting: principles and practice* (third edition,
/// 2021), sections 8.2, 8.3 and 8.6.
final class HoltWinters {
  private static final double[][] STARTS = {{0.3, 0.05, 0.1}, {0.8, 0.01, 0.1}, {0.05, 0.01, 0.3}};
  private static final double LEAST_STEP = 0.004;

  private final float[] values;
  private final int season; // m
  private final boolean multiplied;
  private final double[] rates; // α, β, γ
  private State state;

  private HoltWinters(float[] values, int season, boolean multiplied, double[] rates) {
    this.values = values;
    this.season = season;
    this.multiplied = multiplied;
    this.rates = rates;
    this.state = new State();
  }

  /// Fitted to the first numbers of a series.
  static HoltWinters fitted(float[] values, int count, int season) {
    int m = count >= 2 * season + 1 ? season : 1;
    var added = searched(values, count, m, false);
    boolean positive = m > 1;
    for (int t = 0; t < count && positive; t++) {
      positive = values[t] > 0;
    }
    if (!positive) {
      return added;
    }
    var multiplied = searched(values, count, m, true);
    return multiplied.squares(count) < added.squares(count) ? multiplied : added;
  }

  /// The best rates that are found by going from a start along each axis, in ever smaller steps.
  private static HoltWinters searched(float[] values, int count, int season, boolean multiplied) {
    double[] best = STARTS[0];
    double least = Double.POSITIVE_INFINITY;
    for (double[] start : STARTS) {
      double[] rates = start.clone();
      double now = new HoltWinters(values, season, multiplied, rates).squares(count);
      for (double step = 0.25; step > LEAST_STEP; ) {
        boolean better = false;
        for (int axis = 0; axis < (season > 1 ? 3 : 2); axis++) {
          for (int sign = -1; sign <= 1; sign += 2) {
            double[] tried = rates.clone();
            tried[axis] = Math.clamp(tried[axis] + sign * step, 0.0001, 0.9999);
            double squares = new HoltWinters(values, season, multiplied, tried).squares(count);
            if (squares < now) {
              now = squares;
              rates = tried;
              better = true;
            }
          }
        }
        step = better ? step : step / 2;
      }
      if (now < least) {
        least = now;
        best = rates;
      }
    }
    return new HoltWinters(values, season, multiplied, best);
  }

  /// The squared errors one step ahead over the first numbers.
  private double squares(int count) {
    var from = new State();
    double sum = 0;
    while (from.time < count) {
      double error = values[from.time] - from.next(1);
      sum += error * error;
      from.add(values[from.time]);
    }
    return Double.isFinite(sum) ? sum : Double.POSITIVE_INFINITY;
  }

  /// What comes behind the first `end` numbers. Ends rise from call to call, or it begins again.
  double[] said(int end, int steps) {
    if (state.time > end) {
      state = new State();
    }
    while (state.time < end) {
      state.add(values[state.time]);
    }
    double[] said = new double[steps];
    for (int h = 1; h <= steps; h++) {
      said[h - 1] = state.next(h);
    }
    return said;
  }

  /// What is known behind some numbers.
  private final class State {
    private double level;
    private double trend;
    private final double[] seasons = new double[season]; // by time modulo m
    private int time;

    /// Begins with the first season, and the trend from it to the second.
    State() {
      if (season == 1) {
        level = values[0];
        trend = values.length > 1 ? (double) values[1] - values[0] : 0;
        seasons[0] = multiplied ? 1 : 0;
        time = 1;
        return;
      }
      double first = mean(0);
      level = first;
      trend = (mean(season) - first) / season;
      for (int t = 0; t < season; t++) {
        seasons[t] = multiplied ? values[t] / first : values[t] - first;
      }
      time = season;
    }

    private double mean(int from) {
      double sum = 0;
      for (int t = from; t < from + season; t++) {
        sum += values[t];
      }
      return sum / season;
    }

    void add(double y) {
      double before = level;
      double s = seasons[time % season];
      double without = multiplied ? y / s : y - s;
      level = rates[0] * without + (1 - rates[0]) * (level + trend);
      trend = rates[1] * (level - before) + (1 - rates[1]) * trend;
      if (season > 1) {
        double now = multiplied ? y / level : y - level;
        seasons[time % season] = rates[2] * now + (1 - rates[2]) * s;
      }
      time++;
    }

    double next(int h) {
      double along = level + h * trend;
      double s = seasons[(time + h - 1) % season];
      return multiplied ? along * s : along + s;
    }
  }
}
