package sequor.tasks.tag;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import sequor.tasks.ReportSection;
import sequor.train.ConfusionMatrix;

/// What was taken for what, tag by tag and pair by pair.
final class TagTable {
  private static final int MOST_PAIRS = 20;
  private static final int MOST_IN_PICTURE = 40;

  /// Two tags that were confused.
  private record Pair(String gold, String said) {}

  private final String units;
  private final Map<String, long[]> tags = new TreeMap<>(); // right, said, there
  private final Map<Pair, Long> counts = new HashMap<>();
  private final Map<Pair, Map<String, Integer>> words = new HashMap<>(); // of wrong ones

  /// @param units what has tags
  TagTable(String units) {
    this.units = units;
  }

  void add(String gold, String said, String word) {
    tags.computeIfAbsent(gold, tag -> new long[3])[2]++;
    tags.computeIfAbsent(said, tag -> new long[3])[1]++;
    var pair = new Pair(gold, said);
    counts.merge(pair, 1L, Long::sum);
    if (gold.equals(said)) {
      tags.computeIfAbsent(gold, tag -> new long[3])[0]++;
    } else {
      words.computeIfAbsent(pair, p -> new TreeMap<>()).merge(word, 1, Integer::sum);
    }
  }

  double macroF1() {
    return tags.values().stream().mapToDouble(TagTable::f1).average().orElse(0);
  }

  private static double f1(long[] counts) {
    return quotient(2 * counts[0], counts[1] + counts[2]);
  }

  private static double quotient(long above, long below) {
    return below == 0 ? 0 : (double) above / below;
  }

  /// Tags, the frequent ones first; the pairs that were most confused; and, of not too many tags, a
  /// picture.
  List<ReportSection> sections() {
    var sections = new ArrayList<ReportSection>();
    var byCount = Map.Entry.<String, long[]>comparingByValue(Comparator.comparingLong(c -> -c[2]));
    var rows = new ArrayList<List<Object>>();
    for (var each : tags.entrySet().stream().sorted(byCount).toList()) {
      long[] c = each.getValue();
      rows.add(List.of(each.getKey(), quotient(c[0], c[1]), quotient(c[0], c[2]), f1(c), c[2]));
    }
    sections.add(
        new ReportSection.Table(
            "tags", List.of("tag", "precision", "recall", "f1", "count"), rows));
    if (!words.isEmpty()) {
      sections.add(pairs());
    }
    if (tags.size() <= MOST_IN_PICTURE) {
      sections.add(new ReportSection.Confusion("confusion", matrix()));
    }
    return sections;
  }

  private ReportSection pairs() {
    var rows = new ArrayList<List<Object>>();
    var order =
        Comparator.<Pair>comparingLong(pair -> -count(pair))
            .thenComparing(Pair::gold)
            .thenComparing(Pair::said);
    for (var pair : words.keySet().stream().sorted(order).limit(MOST_PAIRS).toList()) {
      long[] gold = tags.getOrDefault(pair.gold, new long[3]);
      rows.add(
          List.of(
              pair.gold, pair.said, count(pair), quotient(count(pair), gold[2]), examples(pair)));
    }
    return new ReportSection.Table(
        "confused", List.of("tag", "taken for", "count", "share", units), rows);
  }

  private long count(Pair pair) {
    return counts.getOrDefault(pair, 0L);
  }

  /// The words that it happened to most often.
  private String examples(Pair pair) {
    var most = Map.Entry.<String, Integer>comparingByValue().reversed();
    return String.join(
        ", ",
        words.getOrDefault(pair, Map.of()).entrySet().stream()
            .sorted(most)
            .limit(3)
            .map(Map.Entry::getKey)
            .toList());
  }

  private ConfusionMatrix matrix() {
    var names = List.copyOf(tags.keySet());
    var matrix = new ConfusionMatrix(names);
    counts.forEach(
        (pair, count) -> {
          for (long i = 0; i < count; i++) {
            matrix.add(names.indexOf(pair.gold), names.indexOf(pair.said));
          }
        });
    return matrix;
  }
}
