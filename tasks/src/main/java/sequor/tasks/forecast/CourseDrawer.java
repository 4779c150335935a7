package sequor.tasks.forecast;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sequor.tasks.ReportSection;
import sequor.tasks.ReportSection.Point;

/// Puts down how the first few series went on beside what was said of them, for a picture.
final class CourseDrawer {
  private static final int MOST_SERIES = 3;
  private static final int MOST_STEPS = 200; // more cannot be seen

  private final SeriesTable table;
  private final int read;
  private final Map<Integer, Map<String, List<Point>>> lines = new LinkedHashMap<>(); // by series
  private int first = -1; // the first step that is said

  CourseDrawer(SeriesTable table, ForecastModel model) {
    this.table = table;
    this.read = Math.min(model.lookBack(), MOST_STEPS / 2);
  }

  /// What was said of a window; of each series those that follow one another.
  void add(WalkForward.Told told) {
    if (first < 0) {
      first = told.at();
    }
    if (lines.size() == MOST_SERIES && !lines.containsKey(told.which())) {
      return;
    }
    var series = table.series().get(told.which());
    var of = lines.computeIfAbsent(told.which(), _ -> begun(series, told.at()));
    for (int h = 0; h < told.said().values().length; h++) {
      int step = told.at() + h;
      if (step < first + MOST_STEPS) {
        add(of, "came", step, series.values()[step - series.first()]);
        add(of, "predicted", step, told.said().values()[h]);
        add(of, "low", step, told.said().low()[h]);
        add(of, "high", step, told.said().high()[h]);
      }
    }
  }

  /// With what was read of it.
  private Map<String, List<Point>> begun(Series series, int at) {
    var of = new LinkedHashMap<String, List<Point>>();
    for (int step = Math.max(series.first(), at - read); step < at; step++) {
      add(of, "came", step, series.values()[step - series.first()]);
    }
    return of;
  }

  private static void add(Map<String, List<Point>> lines, String name, int step, double value) {
    lines.computeIfAbsent(name, _ -> new ArrayList<>()).add(new Point(step, value));
  }

  ReportSection.Courses section() {
    var courses =
        lines.entrySet().stream()
            .map(
                each ->
                    new ReportSection.Course(
                        table.series().get(each.getKey()).name(), each.getValue()))
            .toList();
    return new ReportSection.Courses("forecast", "steps (%s)".formatted(table.timeline()), courses);
  }
}
