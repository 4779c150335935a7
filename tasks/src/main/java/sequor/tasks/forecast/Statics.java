package sequor.tasks.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.tasks.TaskException;

/// What is said of a series as a whole: numbers, by how far they are from their mean over all
/// series, and names, a place for each that was learned.
record Statics(List<Column> columns) {
  private static final int MOST_NAMES = 1000;

  /// One column.
  ///
  /// @param names that were learned, in order; none of a column of numbers
  /// @param deviation above 0
  record Column(List<String> names, double mean, double deviation) {
    Column {
      names = List.copyOf(names);
    }

    int width() {
      return Math.max(1, names.size());
    }

    /// A name that was not learned is none of them; what is no number is the mean.
    void write(float[] into, int offset, String written) {
      for (int n = 0; n < names.size(); n++) {
        into[offset + n] = names.get(n).equals(written) ? 1 : 0;
      }
      if (names.isEmpty()) {
        into[offset] = isNumber(written) ? (float) ((number(written) - mean) / deviation) : 0;
      }
    }
  }

  Statics {
    columns = List.copyOf(columns);
  }

  /// Those of these series.
  ///
  /// @param names of the columns, for errors
  static Statics of(List<Series> all, List<String> names) {
    var columns = new ArrayList<Column>();
    for (int c = 0; c < names.size(); c++) {
      int column = c;
      var written = all.stream().map(each -> each.statics().get(column)).toList();
      columns.add(
          written.stream().allMatch(Statics::isNumber)
              ? numbers(written)
              : new Column(named(written, names.get(c)), 0, 1));
    }
    return new Statics(columns);
  }

  private static List<String> named(List<String> written, String column) {
    var names = new TreeSet<>(written);
    if (names.size() > MOST_NAMES) {
      throw new TaskException(
          "static_columns: expected at most %,d names in %s, got %,d; leave it out"
              .formatted(MOST_NAMES, column, names.size()));
    }
    return List.copyOf(names);
  }

  private static Column numbers(List<String> written) {
    double[] values = written.stream().mapToDouble(Statics::number).toArray();
    double mean = Arrays.stream(values).average().orElse(0);
    double variance = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).average().orElse(0);
    return new Column(List.of(), mean, variance > 1e-12 ? Math.sqrt(variance) : 1);
  }

  private static boolean isNumber(String written) {
    return written.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,2})?");
  }

  private static double number(String written) {
    return Double.parseDouble(written);
  }

  /// How many numbers they are.
  int width() {
    return columns.stream().mapToInt(Column::width).sum();
  }

  /// Writes those of a series into a row.
  ///
  /// @param into from `offset` on
  void write(float[] into, int offset, Series series) {
    int at = offset;
    for (int c = 0; c < columns.size(); c++) {
      columns.get(c).write(into, at, series.statics().get(c));
      at += columns.get(c).width();
    }
  }

  JsonObject json() {
    return Json.object()
        .with("names", columns.stream().map(Column::names).toList())
        .with("means", columns.stream().map(Column::mean).toList())
        .with("deviations", columns.stream().map(Column::deviation).toList());
  }

  static Statics of(JsonObject json) {
    var names = json.array("names").arrays();
    double[] means = json.array("means").numbers();
    double[] deviations = json.array("deviations").numbers();
    if (means.length != names.size() || deviations.length != names.size()) {
      throw new TaskException(
          "series.json: expected as many means and deviations as columns, %d, got %d and %d; copy it again"
              .formatted(names.size(), means.length, deviations.length));
    }
    return new Statics(
        IntStream.range(0, means.length)
            .mapToObj(c -> new Column(names.get(c).texts(), means[c], deviations[c]))
            .toList());
  }

  /// None.
  static Statics none() {
    return new Statics(List.of());
  }
}
