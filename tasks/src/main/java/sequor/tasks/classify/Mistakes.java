package sequor.tasks.classify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import sequor.tasks.ReportSection;

/// The examples that a classifier was surest of and wrong: where labels are wrong, or texts hard.
final class Mistakes {
  private static final int MOST = 20;

  private record Mistake(int number, List<String> texts, String gold, Prediction said) {}

  /// The surest first, and of those equally sure the first of the file.
  private static final Comparator<Mistake> ORDER =
      Comparator.comparingDouble((Mistake each) -> each.said.probability())
          .reversed()
          .thenComparingInt(Mistake::number);

  private final List<String> texts;
  private final String label;
  private final PriorityQueue<Mistake> surest = new PriorityQueue<>(ORDER.reversed());
  private int number;

  /// The names of the columns.
  Mistakes(List<String> texts, String label) {
    this.texts = texts;
    this.label = label;
  }

  void add(List<String> texts, String gold, Prediction said) {
    number++;
    if (!said.label().equals(gold)) {
      surest.add(new Mistake(number, texts, gold, said));
      if (surest.size() > MOST) {
        surest.remove();
      }
    }
  }

  /// Nothing where there are none.
  Optional<ReportSection> section() {
    var rows = new ArrayList<List<Object>>();
    for (var each : surest.stream().sorted(ORDER).toList()) {
      var row = new ArrayList<Object>(each.texts);
      row.addAll(List.of(each.gold, each.said.label(), each.said.probability()));
      rows.add(row);
    }
    var columns = new ArrayList<>(texts);
    columns.addAll(List.of(label, "predicted", "probability"));
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(new ReportSection.Examples("mistakes", columns, rows));
  }
}
