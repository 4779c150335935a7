package sequor.cli;

import java.util.ArrayList;
import java.util.List;
import sequor.json.Json;
import sequor.recipes.Recipe;
import sequor.recipes.Report;

/// Trainings that differ in some settings, side by side.
final class SweepTable {
  private final Output output;
  private final List<List<String>> rows = new ArrayList<>();

  SweepTable(Output output) {
    this.output = output;
  }

  /// @param settings each `key=value`
  /// @param recipe what they made of it
  void add(List<String> settings, Recipe recipe, Report report) {
    if (rows.isEmpty()) {
      var header = new ArrayList<String>();
      settings.forEach(setting -> header.add(setting.substring(0, setting.indexOf('='))));
      report.test().metrics().keySet().stream()
          .filter(name -> !Metrics.isDetail(name))
          .forEach(header::add);
      header.addAll(List.of("seconds", "run"));
      rows.add(header);
    }
    var row = new ArrayList<String>();
    var values = Json.object();
    for (var setting : settings) {
      int equals = setting.indexOf('=');
      String value = setting.substring(equals + 1);
      String key = setting.substring(0, equals);
      row.add(value);
      values = values.with(key, recipe.flat().getOrDefault(key, Json.of(value)));
    }
    report
        .test()
        .metrics()
        .forEach(
            (name, value) -> {
              if (!Metrics.isDetail(name)) {
                row.add(Metrics.number(value));
              }
            });
    row.addAll(List.of("%.1f".formatted(report.seconds()), report.run()));
    rows.add(row);
    if (output.json) {
      output.result(report.summary().with("settings", values), "");
    }
  }

  void print() {
    if (!output.json) {
      output.out().print(Columns.aligned(rows));
    }
  }
}
