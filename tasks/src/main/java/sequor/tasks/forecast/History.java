package sequor.tasks.forecast;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sequor.tasks.TaskException;

/// The numbers of one series so far.
///
/// ```java
/// var history = History.daily(LocalDate.of(2026, 11, 1), 112, 118, 132, …).named("Oslo");
/// ```
public final class History {
  private final String name;
  private final Timeline timeline;
  private final float[] values;
  private final Map<String, float[]> known;

  private History(String name, Timeline timeline, float[] values, Map<String, float[]> known) {
    this.name = name;
    this.timeline = timeline;
    this.values = values;
    this.known = known;
  }

  /// Numbers without times.
  public static History of(double... values) {
    return new History("", Timeline.counted(), floats(values), Map.of());
  }

  /// A number a day.
  public static History daily(LocalDate first, double... values) {
    return of("day", first.atStartOfDay(), values);
  }

  /// A number every so often.
  ///
  /// @param frequency as in recipes: `hour`, `15 minutes`, `weekday`, `week`, `month`
  public static History of(String frequency, LocalDateTime first, double... values) {
    var form =
        switch (Frequency.of(frequency).unit()) {
          case STEP, SECOND -> TimeForm.SECOND;
          case DAY, WEEKDAY -> TimeForm.DAY;
          case MONTH -> TimeForm.MONTH;
        };
    long[] begin = {first.toEpochSecond(ZoneOffset.UTC)};
    var timeline = Timeline.of(begin, frequency, ZoneOffset.UTC, form);
    return new History("", timeline, floats(values), Map.of());
  }

  private static float[] floats(double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new TaskException(
            "history: expected finite numbers, got %s at place %d; fill it in"
                .formatted(values[i], i));
      }
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /// The same of a series that the model may have learned from.
  public History named(String series) {
    return new History(series, timeline, values, known);
  }

  /// And a column that is known before, for all these steps and those to come.
  public History with(String column, double... numbers) {
    var more = new LinkedHashMap<>(known);
    more.put(column, floats(numbers));
    return new History(name, timeline, values, more);
  }

  /// How many numbers there are.
  public int length() {
    return values.length;
  }

  Timeline timeline() {
    return timeline;
  }

  /// As a series that begins with that step of a timeline.
  Series series(int first) {
    return new Series(name, first, values, values, new float[0][]);
  }

  /// As a table of one series.
  ///
  /// @param columns that a model knows before
  SeriesTable table(List<String> columns) {
    var rows = new ArrayList<float[]>();
    for (var column : columns) {
      float[] numbers = known.get(column);
      if (numbers == null || numbers.length < values.length) {
        throw new TaskException(
            "history: expected %d numbers or more of %s, which the model knows before, got %s; give them (with)"
                .formatted(values.length, column, numbers == null ? "none" : numbers.length));
      }
      rows.add(numbers);
    }
    var series = new Series(name, 0, values, values, rows.toArray(float[][]::new));
    return new SeriesTable(timeline, List.of(series), columns, List.of());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof History that
        && name.equals(that.name)
        && timeline.equals(that.timeline)
        && Arrays.equals(values, that.values)
        && known.keySet().equals(that.known.keySet())
        && known.keySet().stream()
            .allMatch(column -> Arrays.equals(known.get(column), that.known.get(column)));
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "%s: %d numbers, %s".formatted(name, values.length, timeline);
  }
}
