package sequor.tasks;

import java.util.List;
import sequor.train.ConfusionMatrix;

/// A part of a report, which the terminal, the model card and JSON each show in their way.
public sealed interface ReportSection {
  String title();

  /// Numbers and names in rows.
  ///
  /// @param rows each with one value a column: a text, a whole number or a share
  record Table(String title, List<String> columns, List<List<Object>> rows)
      implements ReportSection {
    public Table {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
    }
  }

  /// What was taken for what.
  record Confusion(String title, ConfusionMatrix matrix) implements ReportSection {}

  /// What a model made up.
  record Samples(String title, List<String> texts) implements ReportSection {
    public Samples {
      texts = List.copyOf(texts);
    }
  }
}
