package sequor.tasks.forecast;

import java.util.List;

/// Goes on with a series without having learned from others: what a model must beat.
///
/// Source of all but the last: Hyndman and Athanasopoulos, *Forecasting: principles and practice*
/// (third edition, 2021), section 5.2.
sealed interface SimpleMethod {
  /// As reports have it.
  String name();

  /// What comes from a step on, in the unit of the series.
  ///
  /// @param which series of the table
  /// @param at the first step that is said; of each series the steps rise from call to call
  double[] said(int which, Scaled series, int at, int steps);

  /// The last number, again and again.
  record Last() implements SimpleMethod {
    @Override
    public String name() {
      return "last value";
    }

    @Override
    public double[] said(int which, Scaled series, int at, int steps) {
      return new Seasonal(1).said(which, series, at, steps);
    }
  }

  /// The last season, again and again.
  ///
  /// @param season m
  record Seasonal(int season) implements SimpleMethod {
    @Override
    public String name() {
      return "seasonal naive, %d steps".formatted(season);
    }

    @Override
    public double[] said(int which, Scaled series, int at, int steps) {
      float[] read = series.series().read();
      int end = at - series.series().first();
      int repeated = Math.min(season, end);
      double[] said = new double[steps];
      for (int h = 0; h < steps; h++) {
        said[h] = read[end - repeated + h % repeated];
      }
      return said;
    }
  }

  /// The line from the first number to the last.
  record Drift() implements SimpleMethod {
    @Override
    public String name() {
      return "drift";
    }

    @Override
    public double[] said(int which, Scaled series, int at, int steps) {
      float[] read = series.series().read();
      int end = at - series.series().first();
      double slope = end < 2 ? 0 : ((double) read[end - 1] - read[0]) / (end - 1);
      double[] said = new double[steps];
      for (int h = 0; h < steps; h++) {
        said[h] = read[end - 1] + (h + 1) * slope;
      }
      return said;
    }
  }

  /// Exponential smoothing, fitted to the training part of each series.
  ///
  /// @param smoothed of each series
  record Smoothing(List<HoltWinters> smoothed) implements SimpleMethod {
    @Override
    public String name() {
      return "exponential smoothing (Holt-Winters)";
    }

    @Override
    public double[] said(int which, Scaled series, int at, int steps) {
      return smoothed.get(which).said(at - series.series().first(), steps);
    }
  }

  /// A linear map that learned from all series: the strong floor.
  ///
  /// @param sayer whose trunk is that map
  record Solved(Sayer sayer, int read) implements SimpleMethod {
    @Override
    public String name() {
      return "strong: ridge NLinear, %d steps read".formatted(read);
    }

    @Override
    public double[] said(int which, Scaled series, int at, int steps) {
      float[] scaled = sayer.said(series, at, steps);
      double[] said = new double[steps];
      for (int h = 0; h < steps; h++) {
        said[h] = series.scale().value(scaled[h]);
      }
      return said;
    }
  }
}
