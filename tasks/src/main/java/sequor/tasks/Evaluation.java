package sequor.tasks;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How a model did.
///
/// @param metrics by name, in order
/// @param intervals of those that have one
/// @param sections what else a report shows of it
/// @param predictions what it said, example by example
/// @param notices what a reader of the metrics should know of what was judged
public record Evaluation(
    Map<String, Double> metrics,
    Intervals intervals,
    List<ReportSection> sections,
    Predictions predictions,
    List<String> notices) {
  public Evaluation {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    sections = List.copyOf(sections);
    notices = List.copyOf(notices);
  }

  /// One of which nothing more is to be known.
  public Evaluation(
      Map<String, Double> metrics,
      Intervals intervals,
      List<ReportSection> sections,
      Predictions predictions) {
    this(metrics, intervals, sections, predictions, List.of());
  }

  /// One without intervals.
  public Evaluation(
      Map<String, Double> metrics, List<ReportSection> sections, Predictions predictions) {
    this(metrics, Intervals.none(), sections, predictions);
  }

  /// What a model said, as a table.
  ///
  /// @param columns what was read, what is right, and what was said
  public record Predictions(List<String> columns, List<List<String>> rows) {
    public Predictions {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
    }
  }

  /// The sections of one kind, in order.
  public <S extends ReportSection> List<S> sections(Class<S> kind) {
    return sections.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /// The place of the greatest number, the first of equals.
  public static int argmax(double[] numbers) {
    int best = 0;
    for (int i = 1; i < numbers.length; i++) {
      if (numbers[i] > numbers[best]) {
        best = i;
      }
    }
    return best;
  }
}
