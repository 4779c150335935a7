package sequor.tasks;

import java.util.List;
import sequor.json.Json;
import sequor.json.JsonObject;

/// Numbers in rows and columns that have names, to be shown as shades: how much each token that was
/// said looked at each that was read.
///
/// @param title what it shows
/// @param values a list a row, each with a number a column
public record HeatMap(
    String title, Axis rows, Axis columns, List<List<Float>> values, Scale scale) {
  /// What rows or columns are.
  ///
  /// @param name what they are called together, such as `source`
  /// @param labels of each; they need not differ
  public record Axis(String name, List<String> labels) {
    public Axis {
      labels = List.copyOf(labels);
    }

    JsonObject json() {
      return Json.object().with("name", name).with("labels", labels);
    }
  }

  /// What numbers mean.
  ///
  /// @param meaning in words, with their unit
  /// @param least the number at the one end of the shades: below 0 of numbers that have a sign,
  ///   whose shades then go from there over nothing at 0 to the other end
  /// @param most at the other
  public record Scale(String meaning, double least, double most) {
    /// Numbers with a sign, whose shades reach as far as the largest of them.
    public static Scale signed(String meaning, List<List<Float>> values) {
      double most =
          values.stream()
              .flatMap(List::stream)
              .mapToDouble(value -> Math.abs((double) value))
              .max()
              .orElse(0);
      return new Scale(meaning, -most, most);
    }

    public boolean isSigned() {
      return least < 0;
    }

    /// Where a number stands: from −1 to 1 of numbers with a sign, otherwise from 0 to 1.
    public double share(double value) {
      double reach = isSigned() ? Math.max(-least, most) : most - least;
      double share = isSigned() ? value / reach : (value - least) / reach;
      return Double.isFinite(share) ? Math.clamp(share, isSigned() ? -1 : 0, 1) : 0;
    }
  }

  public HeatMap {
    values = values.stream().map(List::copyOf).toList();
    int wide = columns.labels.size();
    if (values.size() != rows.labels.size()
        || values.stream().anyMatch(row -> row.size() != wide)) {
      throw new TaskException(
          "heat map: expected %d rows of %d numbers, got rows of %s; give a label for each"
              .formatted(
                  rows.labels.size(), wide, values.stream().map(List::size).distinct().toList()));
    }
  }

  /// The number of a row and a column.
  public float value(int row, int column) {
    return values.get(row).get(column);
  }

  public JsonObject json() {
    return Json.object()
        .with("title", title)
        .with("rows", rows.json())
        .with("columns", columns.json())
        .with("values", Json.ofList(values.stream().map(Json::ofList).toList()))
        .with(
            "scale",
            Json.object()
                .with("meaning", scale.meaning)
                .with("least", scale.least)
                .with("most", scale.most));
  }
}
