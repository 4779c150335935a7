package sequor.recipes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import sequor.data.Row;
import sequor.tasks.forecast.ForecastTask;

/// What a file of series looks like, and the recipe that follows from that.
final class OwnSeries {
  private static final Set<String> TIMES =
      Set.of("date", "time", "timestamp", "datetime", "day", "week", "month", "year", "ds", "hour");

  private final Path file;
  private final List<String> overrides;
  private final Set<String> set;
  private final List<String> chosen = new ArrayList<>();

  /// @param overrides what the user set, which holds
  OwnSeries(Path file, List<String> overrides) {
    this.file = file;
    this.overrides = overrides;
    this.set = overrides.stream().map(OwnData::key).collect(Collectors.toSet());
  }

  OwnData look() {
    var data = overrides.stream().filter(each -> each.startsWith("data.")).toList();
    var asked = Recipe.load(ForecastTask.NAME, data);
    var rows = OwnData.rows(asked, file);
    if (rows.isEmpty()) {
      return new OwnData(Recipe.load(ForecastTask.NAME, overrides), List.of()); // training says why
    }
    var found = new ArrayList<String>();
    var columns = rows.getFirst().columns();
    found.add(
        "file   %s: %s rows; columns %s"
            .formatted(file.getFileName(), OwnData.count(rows), String.join(", ", columns)));
    if (!set.contains("data.time")) {
      time(rows).ifPresent(column -> chosen.add(Recipe.override("data.time", column)));
    }
    if (!chosen.isEmpty()) {
      found.add("takes  " + String.join("  ", chosen));
    }
    var all = new ArrayList<>(chosen);
    all.addAll(overrides);
    return new OwnData(Recipe.load(ForecastTask.NAME, all), found);
  }

  /// The column that is called like times, or else the first that holds dates.
  private static Optional<String> time(List<Row> rows) {
    var columns = rows.getFirst().columns();
    return columns.stream()
        .filter(column -> TIMES.contains(column.toLowerCase(Locale.ROOT).strip()))
        .findFirst()
        .or(
            () ->
                columns.stream()
                    .filter(column -> rows.getFirst().field(column).strip().matches("\\d{4}-\\d.*"))
                    .findFirst());
  }
}
