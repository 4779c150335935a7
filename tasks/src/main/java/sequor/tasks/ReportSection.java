package sequor.tasks;

import java.util.List;
import sequor.train.Calibration;
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

  /// How often a model is right, by how sure it was.
  ///
  /// @param error the expected calibration error
  record Reliability(String title, List<Calibration.Bin> bins, double error)
      implements ReportSection {
    public Reliability {
      bins = List.copyOf(bins);
    }
  }

  /// Single examples of the user's own texts: shown and kept with the run, but never in a model,
  /// which may be passed on.
  ///
  /// @param rows each with one value a column
  record Examples(String title, List<String> columns, List<List<Object>> rows)
      implements ReportSection {
    public Examples {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
    }
  }

  /// What a model made up.
  record Samples(String title, List<String> texts) implements ReportSection {
    public Samples {
      texts = List.copyOf(texts);
    }
  }
}
