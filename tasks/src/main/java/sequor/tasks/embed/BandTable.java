package sequor.tasks.embed;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import sequor.tasks.ReportSection;

/// How often something was right, by how frequent the words in question are.
final class BandTable {
  private final String title;
  private final Map<Band, int[]> counts = new EnumMap<>(Band.class); // right and all

  BandTable(String title) {
    this.title = title;
  }

  void add(Band band, boolean right) {
    int[] ofBand = counts.computeIfAbsent(band, _ -> new int[2]);
    ofBand[0] += right ? 1 : 0;
    ofBand[1]++;
  }

  /// A row a band that has any.
  ReportSection section() {
    var rows = new ArrayList<List<Object>>();
    counts.forEach((band, of) -> rows.add(List.of(band.places(), of[1], of[0] / (double) of[1])));
    return new ReportSection.Table(title, List.of(title, "count", "accuracy"), rows);
  }
}
