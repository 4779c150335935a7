package sequor.tasks.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import sequor.json.Json;
import sequor.json.JsonObject;

/// What is known of a step before it comes: columns of the file, the place in the day, the week and
/// the year, each as a point on a circle, so that December is beside January, and what the series
/// itself was a while ago.
///
/// @param calendar how many circles are read, the slowest first; 0 for none
/// @param means of each column over the training part
/// @param deviations above 0
/// @param lags how many steps before a step those stand that are read of it
/// @param statics what is said of a series as a whole
record Features(
    int calendar,
    List<Double> means,
    List<Double> deviations,
    List<Integer> lags,
    Statics statics) {
  private static final double DAY = 86_400;

  Features {
    means = List.copyOf(means);
    deviations = List.copyOf(deviations);
    lags = List.copyOf(lags);
  }

  static Features of(ForecastModel model, SeriesTable table, Borders borders) {
    int columns = table.known().size();
    var means = new ArrayList<Double>();
    var deviations = new ArrayList<Double>();
    for (int k = 0; k < columns; k++) {
      double n = 0;
      double sum = 0;
      double squares = 0;
      for (var series : table.series()) {
        for (int at = 0; at < Math.min(series.length(), borders.valid() - series.first()); at++) {
          double value = series.known()[k][at];
          n++;
          sum += value;
          squares += value * value;
        }
      }
      double mean = sum / Math.max(1, n);
      double variance = squares / Math.max(1, n) - mean * mean;
      means.add(mean);
      deviations.add(variance > 1e-12 ? Math.sqrt(variance) : 1);
    }
    boolean reads = model.calendar() && table.timeline().hasCalendar();
    return new Features(
        reads ? circles(table.timeline().frequency()) : 0,
        means,
        deviations,
        model.lags(),
        Statics.of(table.series(), table.statics()));
  }

  private static int circles(Frequency frequency) {
    return switch (frequency.unit()) {
      case STEP -> 0;
      case SECOND -> 3;
      case DAY, WEEKDAY -> 2;
      case MONTH -> 1;
    };
  }

  /// How many numbers a step has.
  int width() {
    return 2 * calendar + means.size() + 2 * lags.size() + statics.width();
  }

  /// Writes those of a step into a row.
  ///
  /// @param into from `offset` on
  /// @param scaled a series whose numbers before `at` are known
  void write(float[] into, int offset, Timeline timeline, Scaled scaled, int at, int step) {
    var series = scaled.series();
    if (calendar > 0) {
      var date = timeline.date(step);
      double day = date.toLocalTime().toSecondOfDay() / DAY;
      double[] places = {
        (date.getDayOfYear() - 1 + day) / date.toLocalDate().lengthOfYear(),
        (date.getDayOfWeek().getValue() - 1 + day) / 7,
        day
      };
      for (int c = 0; c < calendar; c++) {
        into[offset + 2 * c] = (float) Math.sin(2 * Math.PI * places[c]);
        into[offset + 2 * c + 1] = (float) Math.cos(2 * Math.PI * places[c]);
      }
    }
    for (int k = 0; k < means.size(); k++) {
      float[] column = series.known()[k];
      float value = column[Math.min(step - series.first(), column.length - 1)];
      into[offset + 2 * calendar + k] = (float) ((value - means.get(k)) / deviations.get(k));
    }
    int next = offset + 2 * calendar + means.size();
    for (int lag : lags) {
      int before = step - lag - series.first();
      boolean known = before >= 0;
      into[next++] = known ? scaled.z()[before] : 0;
      into[next++] = known ? scaled.z()[before] - scaled.z()[at - 1 - series.first()] : 0;
    }
    statics.write(into, next, series);
  }

  JsonObject json() {
    return Json.object()
        .with("circles", calendar)
        .with("means", means)
        .with("deviations", deviations)
        .with("lags", lags)
        .with("statics", statics.json());
  }

  static Features of(JsonObject json) {
    return new Features(
        json.wholeNumber("circles", 0, 3),
        Arrays.stream(json.array("means").numbers()).boxed().toList(),
        Arrays.stream(json.array("deviations").numbers()).boxed().toList(),
        json.has("lags")
            ? Arrays.stream(json.array("lags").numbers()).mapToObj(lag -> (int) lag).toList()
            : List.of(),
        json.has("statics") ? Statics.of(json.object("statics")) : Statics.none());
  }
}
