package sequor.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sequor.settings.Settings;

/// Makes one row of all rows of a sequence, wherever in a file these stand, in the order in which
/// sequences begin. All of them are in memory while the first is asked for.
final class Sequences {
  private static final String NUMBER = "[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?";

  private final Settings data;
  private final SequenceSettings settings;

  private Sequences(Settings data) {
    this.data = data;
    this.settings = SequenceSettings.of(data);
  }

  /// The sequences of these rows, if several of them are one.
  ///
  /// @param data the section
  static Source<Row> of(Source<Row> rows, Settings data) {
    var sequences = new Sequences(data);
    return sequences.settings.joins() ? () -> Cursor.of(sequences.joined(rows).iterator()) : rows;
  }

  private List<Row> joined(Source<Row> rows) {
    Map<String, List<Row>> steps = new LinkedHashMap<>();
    rows.forEach(
        row -> {
          if (steps.isEmpty()) {
            Data.requireColumns(data, row, List.of("sequence", "step"), row.source());
          }
          steps
              .computeIfAbsent(Data.filled(data, row, "sequence"), _ -> new ArrayList<>())
              .add(row);
        });
    return steps.values().stream().map(this::ordered).map(Row::of).toList();
  }

  private List<Row> ordered(List<Row> steps) {
    String column = settings.step();
    if (column.isEmpty()) {
      return steps;
    }
    steps.forEach(row -> Data.filled(data, row, "step"));
    Data.requireSortable(data, "step", steps);
    boolean numbers = steps.stream().allMatch(row -> step(row).matches(NUMBER));
    Comparator<Row> order =
        numbers
            ? Comparator.comparingDouble(row -> Double.parseDouble(step(row)))
            : Comparator.comparing(this::step);
    var sorted = steps.stream().sorted(order).toList();
    for (int t = 1; t < sorted.size(); t++) {
      if (order.compare(sorted.get(t - 1), sorted.get(t)) == 0) {
        throw data.wrong(
            "step",
            "%s: expected each step of sequence %s once, got %s a second time (first in line %d);"
                + " leave one out, or name another column",
            sorted.get(t).place(),
            sorted.get(t).field(settings.sequence()).strip(),
            step(sorted.get(t)),
            sorted.get(t - 1).line());
      }
    }
    return sorted;
  }

  private String step(Row row) {
    return row.field(settings.step()).strip();
  }
}
