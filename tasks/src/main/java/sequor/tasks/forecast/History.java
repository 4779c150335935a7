package sequor.tasks.forecast;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import sequor.tasks.PlainNumbers;
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
  private final Map<String, String> statics; // in the order of their names

  private History(
      String name,
      Timeline timeline,
      float[] values,
      Map<String, float[]> known,
      Map<String, String> statics) {
    this.name = name;
    this.timeline = timeline;
    this.values = values;
    this.known = known;
    this.statics = statics;
  }

  /// Numbers without times.
  public static History of(double... values) {
    return new History("", Timeline.counted(), floats(values), Map.of(), Map.of());
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
    return new History("", timeline, floats(values), Map.of(), Map.of());
  }

  private static float[] floats(double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      if (!PlainNumbers.isPlain(values[i])) {
        throw new TaskException(
            "history: expected numbers from -1e18 to 1e18, got %s at place %d; fill it in"
                .formatted(values[i], i));
      }
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /// The same of a series that the model may have learned from.
  public History named(String series) {
    return new History(series, timeline, values, known, statics);
  }

  /// And a column that is known before, for all these steps and those to come.
  public History with(String column, double... numbers) {
    var more = new LinkedHashMap<>(known);
    more.put(column, floats(numbers));
    return new History(name, timeline, values, more, statics);
  }

  /// And a number or a name that is the same at all times, such as a region.
  public History withStatic(String column, String value) {
    var more = new TreeMap<>(statics);
    more.put(column, value);
    return new History(name, timeline, values, known, more);
  }

  /// The names of these, in their order.
  List<String> statics() {
    return List.copyOf(statics.keySet());
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
    return new Series(name, first, values, values, new float[0][], List.copyOf(statics.values()));
  }

  /// As a table of one series.
  ///
  /// @param columns that a model knows before
  /// @param always those that are the same at all times
  SeriesTable table(List<String> columns, List<String> always) {
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
    var said = always.stream().map(this::said).toList();
    var series = new Series(name, 0, values, values, rows.toArray(float[][]::new), said);
    return new SeriesTable(timeline, List.of(series), columns, always, List.of());
  }

  private String said(String column) {
    var value = statics.get(column);
    if (value == null) {
      throw new TaskException(
          "history: expected what %s is, which the model reads, got nothing; say it (withStatic)"
              .formatted(column));
    }
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof History that
        && name.equals(that.name)
        && timeline.equals(that.timeline)
        && Arrays.equals(values, that.values)
        && statics.equals(that.statics)
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
