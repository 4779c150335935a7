package sequor.tasks.forecast;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sequor.data.DataException;
import sequor.data.Row;
import sequor.settings.Settings;
import sequor.tasks.TaskException;

/// Makes series of rows: of a column each, or of the rows that one column tells apart.
///
/// Rows may come in any order. What the file leaves open (steps without a number, several numbers
/// of one step) is refused by line, or settled as the settings say and counted.
final class SeriesReader {
  private final Settings data;
  private final SeriesSettings settings;
  private final Map<String, Written> all = new LinkedHashMap<>(); // by series
  private List<String> columns = List.of(); // of a file with a column a series
  private String source = "data";
  private int rows;

  /// @param data the section `data`
  SeriesReader(Settings data) {
    this.data = data;
    this.settings = data.as(SeriesSettings.class);
  }

  /// The series of these rows.
  ///
  /// @throws DataException if they hold none, or what is open is to be refused
  /// @throws sequor.settings.SettingsException if they lack a column
  SeriesTable read(Iterable<Row> table) {
    var clock = new Clock(data, settings);
    for (var row : table) {
      if (rows++ == 0) {
        begin(row);
      }
      long time = settings.time().isEmpty() ? rows : clock.time(row, this::hasIt);
      var known = known(row);
      if (columns.isEmpty()) {
        String name = settings.series().isEmpty() ? settings.value() : name(row);
        written(name, row).add(row, time, Numbers.of(row, settings.value()), known);
      } else {
        columns.forEach(name -> written(name, row).add(row, time, Numbers.of(row, name), known));
      }
    }
    if (rows == 0) {
      throw new DataException(
          "%s: expected rows, got none; is it the right file?".formatted(source));
    }
    return table(clock);
  }

  private void begin(Row first) {
    source = first.source();
    require(first, "time", settings.time());
    require(first, "value", settings.value());
    require(first, "series", settings.series());
    settings.known().forEach(column -> require(first, "known", column));
    settings.staticColumns().forEach(column -> require(first, "static_columns", column));
    if (!settings.value().isEmpty()) {
      return;
    }
    if (!settings.series().isEmpty()) {
      throw data.wrong(
          "value", "expected the column of the numbers beside series, got none; name it (--value)");
    }
    columns =
        first.columns().stream()
            .filter(column -> !column.equals(settings.time()))
            .filter(column -> !settings.known().contains(column))
            .filter(column -> !settings.staticColumns().contains(column))
            .toList();
    if (columns.isEmpty()) {
      throw data.wrong(
          "value", "expected a column of numbers beside %s, got none; add one", settings.time());
    }
  }

  private void require(Row row, String key, String column) {
    if (!column.isEmpty() && !row.has(column)) {
      throw data.wrong(
          key,
          "expected a column of %s (%s), got '%s'; name one of these",
          source,
          String.join(", ", row.columns()),
          column);
    }
  }

  private String name(Row row) {
    String name = row.field(settings.series()).strip();
    if (name.isEmpty()) {
      throw new DataException(
          "%s: expected whose number it is in %s, got nothing; fill it in, or leave the row out"
              .formatted(row.place(), settings.series()));
    }
    return name;
  }

  private Written written(String name, Row row) {
    var statics = settings.staticColumns().stream().map(each -> row.field(each).strip()).toList();
    var written = all.computeIfAbsent(name, _ -> new Written(settings.known().size(), statics));
    if (!written.statics().equals(statics)) {
      throw other(name, row, written.statics(), statics);
    }
    return written;
  }

  private DataException other(String name, Row row, List<String> first, List<String> now) {
    int c = 0;
    while (first.get(c).equals(now.get(c))) {
      c++;
    }
    return new DataException(
        "%s: expected one %s in all rows of %s, '%s', got '%s'; mend it, or, if it changes and is known"
                .formatted(
                    row.place(), settings.staticColumns().get(c), name, first.get(c), now.get(c))
            + " before, call it that (--known)");
  }

  /// Whether the series of a row has that time already: of the two hours that are called alike when
  /// clocks are put back, the first to come is the earlier one.
  private boolean hasIt(Row row, long time) {
    String name =
        !columns.isEmpty()
            ? columns.getFirst()
            : settings.series().isEmpty() ? settings.value() : name(row);
    var written = all.get(name);
    return written != null && written.endsAt(time);
  }

  private float[] known(Row row) {
    float[] known = new float[settings.known().size()];
    for (int k = 0; k < known.length; k++) {
      known[k] = Numbers.of(row, settings.known().get(k));
      if (Float.isNaN(known[k])) {
        throw new DataException(
            "%s: expected a number in %s, which is known before, got none; fill it in"
                .formatted(row.place(), settings.known().get(k)));
      }
    }
    return known;
  }

  private SeriesTable table(Clock clock) {
    var times = Timeline.rising(all.values().stream().flatMapToLong(Written::times));
    var timeline = settings.time().isEmpty() ? Timeline.counted() : timeline(times, clock);
    var found = new ArrayList<String>();
    var steps = new Steps(source, settings, timeline, clock);
    var series = new ArrayList<Series>();
    all.forEach((name, written) -> steps.series(name, written).ifPresent(series::add));
    steps.refuse();
    if (series.isEmpty()) {
      throw new DataException(
          "%s: expected numbers, got columns without any (%s); name the column of numbers (--value)"
              .formatted(source, String.join(", ", all.keySet())));
    }
    found.add(
        "%,d series, %s, %,d steps"
            .formatted(
                series.size(), timeline, series.stream().mapToInt(Series::end).max().orElse(0)));
    found.addAll(steps.found());
    return new SeriesTable(timeline, series, settings.known(), settings.staticColumns(), found);
  }

  private Timeline timeline(long[] times, Clock clock) {
    try {
      return Timeline.of(times, settings.frequency(), clock.zone(), clock.form());
    } catch (TaskException e) {
      throw data.wrong("frequency", "%s", String.valueOf(e.getMessage()));
    }
  }
}
