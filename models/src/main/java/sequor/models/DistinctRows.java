package sequor.models;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import sequor.tensor.Ids;
import sequor.tensor.Spans;

/// The rows of ids that are not alike, in the order in which they first come: what many rows have
/// in common is computed once.
///
/// @param rows (U,C)
/// @param spans which ids of them are real
/// @param places which of them each row is (N)
record DistinctRows(Ids rows, Spans spans, Ids places) {
  /// @param all (N,C)
  static DistinctRows of(Ids all, Spans real) {
    int width = all.shape().dim(1);
    int[] ids = all.toArray();
    int[] places = new int[real.batch()];
    Map<Row, Integer> known = LinkedHashMap.newLinkedHashMap(places.length);
    for (int n = 0; n < places.length; n++) {
      int from = n * width;
      var row = new Row(Arrays.copyOfRange(ids, from + real.start(n), from + real.end(n)));
      var place = known.putIfAbsent(row, known.size());
      places[n] = place == null ? known.size() - 1 : place;
    }
    int[] some = new int[known.size() * width];
    int[] lengths = new int[known.size()];
    int u = 0;
    for (var row : known.keySet()) {
      System.arraycopy(row.ids, 0, some, u * width, row.ids.length);
      lengths[u++] = row.ids.length;
    }
    return new DistinctRows(
        Ids.of(some, lengths.length, width), Spans.right(lengths, width), Ids.of(places));
  }

  private static final class Row {
    private final int[] ids;

    Row(int[] ids) {
      this.ids = ids;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Row that && Arrays.equals(ids, that.ids);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(ids);
    }
  }
}
