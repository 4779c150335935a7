package sequor.tasks;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /// Numbers as they went on, and as they were said to: the user's own, shown and kept with the run
  /// but never in a model.
  ///
  /// @param across what is counted from left to right
  record Courses(String title, String across, List<Course> courses) implements ReportSection {
    public Courses {
      courses = List.copyOf(courses);
    }
  }

  /// One of them.
  ///
  /// @param lines by name, each with its points from left to right
  record Course(String name, Map<String, List<Point>> lines) {
    public Course {
      lines = Collections.unmodifiableMap(new LinkedHashMap<>(lines));
    }
  }

  /// A number at its place.
  record Point(double x, double y) {}

  /// What a model made up.
  record Samples(String title, List<String> texts) implements ReportSection {
    public Samples {
      texts = List.copyOf(texts);
    }
  }
}
