package sequor.tasks.forecast;

import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.tasks.TaskException;

/// What the numbers of one series are to a network, by its training part alone.
///
/// ```
/// z = (f(x) − mean) / deviation,   f(x) = x, or log(1 + x)
/// ```
///
/// @param deviation above 0; 1 where all numbers are the same
record Scale(boolean log, double mean, double deviation) {
  /// The scale of some numbers; those that are missing do not count.
  ///
  /// @throws TaskException if the logarithm is asked of a number below 0
  static Scale of(ForecastModel.Scaling kind, float[] values, int count) {
    boolean log = kind == ForecastModel.Scaling.LOG;
    double sum = 0;
    int n = 0;
    for (int i = 0; i < count; i++) {
      if (log && values[i] < 0) {
        throw new TaskException(
            "model.scale: expected numbers that are not below 0 for log, got %s; take standard"
                .formatted(values[i]));
      }
      sum += Float.isNaN(values[i]) ? 0 : level(log, values[i]);
      n += Float.isNaN(values[i]) ? 0 : 1;
    }
    if (kind == ForecastModel.Scaling.NONE || n == 0) {
      return new Scale(log, 0, 1);
    }
    double mean = sum / n;
    double squares = 0;
    for (int i = 0; i < count; i++) {
      double distance = Float.isNaN(values[i]) ? 0 : level(log, values[i]) - mean;
      squares += distance * distance;
    }
    return new Scale(log, mean, squares > 0 ? Math.sqrt(squares / n) : 1);
  }

  private static double level(boolean log, double value) {
    return log ? Math.log1p(value) : value;
  }

  /// z
  float scaled(double value) {
    double level = log && value < 0 ? 0 : level(log, value); // met after training
    return (float) ((level - mean) / deviation);
  }

  /// z of each.
  float[] scaled(float[] values) {
    float[] scaled = new float[values.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = scaled(values[i]);
    }
    return scaled;
  }

  /// x
  double value(double scaled) {
    double level = mean + deviation * scaled;
    return log ? Math.expm1(level) : level;
  }

  JsonObject json() {
    return Json.object().with("log", log).with("mean", mean).with("deviation", deviation);
  }

  static Scale of(JsonObject json) {
    return new Scale(
        json.flag("log"),
        json.number("mean", -Double.MAX_VALUE, Double.MAX_VALUE),
        json.number("deviation", Double.MIN_VALUE, Double.MAX_VALUE));
  }
}
