package sequor.tasks.tag;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import sequor.tasks.ReportSection;

/// The words that a tagger was surest of and wrong, each with those around it.
final class TagMistakes {
  private static final int MOST = 100;
  private static final int AROUND = 4;

  private record Mistake(int number, List<Object> row, double probability) {}

  /// The surest first, and of those equally sure the first of the file.
  private static final Comparator<Mistake> ORDER =
      Comparator.comparingDouble(Mistake::probability).reversed().thenComparingInt(Mistake::number);

  private final String unit;
  private final PriorityQueue<Mistake> surest = new PriorityQueue<>(ORDER.reversed());
  private int number;

  /// @param unit what has a tag
  TagMistakes(String unit) {
    this.unit = unit;
  }

  void add(Example example, int place, String said, double probability) {
    var tokens = example.tokens();
    int from = Math.max(0, place - AROUND);
    int to = Math.min(tokens.size(), place + AROUND + 1);
    var around = new ArrayList<>(tokens.subList(from, to));
    around.set(place - from, "[" + tokens.get(place) + "]");
    var row =
        List.<Object>of(
            String.join(" ", around),
            tokens.get(place),
            example.tags().get(place),
            said,
            probability);
    surest.add(new Mistake(number++, row, probability));
    if (surest.size() > MOST) {
      surest.remove();
    }
  }

  /// Nothing where there are none.
  Optional<ReportSection> section() {
    return surest.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ReportSection.Examples(
                "mistakes",
                List.of("around", unit, "tag", "predicted", "probability"),
                surest.stream().sorted(ORDER).map(Mistake::row).toList()));
  }
}
