package sequor.tasks.forecast;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.tasks.Answer;

/// What comes next of one series, in its own unit.
///
/// @param series whose numbers they are
/// @param times of the steps, written as in the history; 1, 2, … where that has none
/// @param values of the steps
/// @param low the lower ends of the intervals
/// @param high the upper ends
/// @param coverage the share of numbers that the intervals are to hold
public record Forecast(
    String series,
    List<String> times,
    List<Double> values,
    List<Double> low,
    List<Double> high,
    double coverage)
    implements Answer {
  public Forecast {
    times = List.copyOf(times);
    values = List.copyOf(values);
    low = List.copyOf(low);
    high = List.copyOf(high);
  }

  /// How many steps.
  public int steps() {
    return values.size();
  }

  @Override
  public JsonObject json(int top) {
    var steps =
        IntStream.range(0, steps())
            .mapToObj(
                h ->
                    Json.object()
                        .with("time", times.get(h))
                        .with("value", values.get(h))
                        .with("low", low.get(h))
                        .with("high", high.get(h)))
            .toList();
    return Json.object()
        .with("series", series)
        .with("coverage", coverage)
        .with("forecast", Json.ofList(steps));
  }

  @Override
  public SequencedMap<String, String> fields() {
    var fields = new LinkedHashMap<String, String>();
    fields.put("predicted", written());
    return fields;
  }

  @Override
  public List<String> cells(int top) {
    return List.of(written());
  }

  private String written() {
    return values.stream().map(Forecast::written).collect(Collectors.joining(" "));
  }

  static String written(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  /// A row a step: series, time, value, low, high.
  List<List<String>> rows() {
    var rows = new ArrayList<List<String>>();
    for (int h = 0; h < steps(); h++) {
      rows.add(
          List.of(
              series,
              times.get(h),
              written(values.get(h)),
              written(low.get(h)),
              written(high.get(h))));
    }
    return rows;
  }
}
