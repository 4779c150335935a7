package sequor.tasks.forecast;

import java.util.ArrayList;
import java.util.List;
import sequor.data.DataException;
import sequor.tasks.Evaluation;
import sequor.tasks.Intervals;

/// What is seen of a model as it goes through a table: how good it is, how far its intervals must
/// reach by the end, and what it did not expect.
final class Review {
  private static final int FOLLOWED = 50; // times that intervals follow before they are asked for
  private static final List<String> COLUMNS =
      List.of("series", "time", "actual", "predicted", "low", "high");

  private final ForecastModel model;
  private final SeriesTable table;
  private final List<Scaled> scaled;
  private final WalkForward walk;
  private final Margins margins;

  Review(
      ForecastModel model,
      SeriesTable table,
      List<Scaled> scaled,
      WalkForward walk,
      Margins margins) {
    this.model = model;
    this.table = table;
    this.scaled = scaled;
    this.walk = walk;
    this.margins = margins;
  }

  /// Margins that have followed the times before a step. What is said at these of steps behind it
  /// is learned from when they come.
  Following followed(int step) {
    var following = new Following(margins);
    int from = Math.max(0, step - Math.max(FOLLOWED, model.horizon()));
    var windows = Windows.of(table, from, step, model.lookBack(), 1);
    walk.intervals(following, margins.width(), windows, told -> {});
    following.at(step);
    return following;
  }

  /// How it does on some windows.
  record Judged(Judgement judgement, Evaluation evaluation) {}

  /// @param learned the step behind what it learned from
  /// @throws DataException if there is nothing to judge
  Judged judged(Windows windows, int learned) {
    var judgement =
        new Judgement(scaled, learned, model.season(), model.horizon(), model.coverage());
    var rows = new ArrayList<List<String>>();
    var courses = new CourseDrawer(table, model);
    int first = windows.size() == 0 ? table.end() : windows.at(0);
    walk.intervals(
        followed(first),
        margins.width(),
        windows,
        told -> {
          judgement.add(told.which(), told.at(), told.said());
          if ((told.at() - first) % model.horizon() == 0) { // each step once
            for (int h = 0; h < model.horizon(); h++) {
              rows.add(row(told, h));
            }
            courses.add(told);
          }
        });
    if (judgement.isEmpty()) {
      throw new DataException(
          "forecast: expected %d steps to read and %d with numbers to judge, got %d; give more"
              .formatted(model.lookBack(), model.horizon(), table.end()));
    }
    return new Judged(
        judgement,
        new Evaluation(
            judgement.metricsWithIntervals(),
            Intervals.none(),
            List.of(judgement.bySteps(), judgement.bySeries(), courses.section()),
            new Evaluation.Predictions(COLUMNS, rows),
            judgement.notices()));
  }

  private List<String> row(WalkForward.Told told, int h) {
    float actual = actual(told, h);
    return List.of(
        table.series().get(told.which()).name(),
        table.timeline().name(told.at() + h),
        Float.isNaN(actual) ? "" : Float.toString(actual),
        Forecast.written(told.said().values()[h]),
        Forecast.written(told.said().low()[h]),
        Forecast.written(told.said().high()[h]));
  }

  private float actual(WalkForward.Told told, int h) {
    var series = table.series().get(told.which());
    return series.values()[told.at() + h - series.first()];
  }

  /// The numbers that are outside of what was to be expected one step before, in the order of time.
  Evaluation.Predictions unusual() {
    var windows = Windows.of(table, 0, table.end(), model.lookBack(), 1);
    var found = new ArrayList<List<String>>();
    walk.intervals(
        new Following(margins),
        margins.width(),
        windows,
        told -> {
          float actual = actual(told, 0);
          if (actual < told.said().low()[0] || actual > told.said().high()[0]) {
            found.add(row(told, 0));
          }
        });
    return new Evaluation.Predictions(COLUMNS, found);
  }
}
