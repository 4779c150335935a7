package sequor.text;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sequor.json.Nearest;

/// Items side by side: named columns, whose sequences are filled up to the length of the longest.
///
/// ```java
/// var batch = Batch.of(List.of(item(5, 6, 7), item(8)), Padding.RIGHT);
/// batch.ids("text").ids();      // 5 6 7, 8 0 0
/// batch.ids("text").lengths();  // 3, 1
/// ```
///
/// Letters: B items, T steps.
public final class Batch {
  private final int[] rows; // (B)
  private final Padding padding;
  private final Map<String, Column> columns = new LinkedHashMap<>();

  private Batch(List<Item> items, int[] rows, Padding padding) {
    this.rows = rows;
    this.padding = padding;
    if (!items.isEmpty()) {
      items.getFirst().cells().forEach((name, cell) -> columns.put(name, column(name, items)));
    }
  }

  /// The batch of these items, in this order.
  ///
  /// @throws TextException when their columns are not alike
  public static Batch of(List<Item> items, Padding padding) {
    int[] rows = new int[items.size()];
    Arrays.setAll(rows, i -> i);
    return new Batch(items, rows, padding);
  }

  /// The batch of the items at `rows`.
  static Batch of(List<Item> all, int[] rows, Padding padding) {
    return new Batch(Arrays.stream(rows).mapToObj(all::get).toList(), rows, padding);
  }

  private Column column(String name, List<Item> items) {
    var first = items.getFirst().cell(name);
    for (var item : items) {
      var cell = item.cells().get(name);
      if (cell == null || item.cells().size() != items.getFirst().cells().size()) {
        throw new TextException(
            "batch: expected items with the columns %s, got one with %s; give all the same"
                .formatted(items.getFirst().cells().keySet(), item.cells().keySet()));
      }
      if (!cell.isLike(first)) {
        throw new TextException(
            "batch: expected %s in column %s of every item, got %s; give all the same"
                .formatted(first.kind(), name, cell.kind()));
      }
    }
    if (first.ends().isPresent()) {
      return nested(name, items, first.pad());
    }
    return first.width() == 0 ? ids(name, items, first) : numbers(name, items, first);
  }

  private Column.Nested nested(String name, List<Item> items, int pad) {
    int steps = longest(name, items);
    int width = 1;
    for (var item : items) {
      var cell = item.cell(name);
      for (int t = 0; t < cell.length(); t++) {
        width = Math.max(width, cell.length(t));
      }
    }
    int rows = Math.multiplyExact(items.size(), steps);
    int[] ids = new int[Math.multiplyExact(rows, width)];
    int[] widths = new int[rows];
    Arrays.fill(ids, pad);
    for (int b = 0; b < items.size(); b++) {
      var cell = items.get(b).cell(name);
      int first = b * steps + before(steps, cell.length());
      for (int t = 0; t < cell.length(); t++) {
        widths[first + t] = cell.length(t);
        System.arraycopy(cell.ids(), cell.start(t), ids, (first + t) * width, cell.length(t));
      }
    }
    return new Column.Nested(ids, steps, width, lengths(name, items), widths);
  }

  private Column.Ids ids(String name, List<Item> items, Item.Cell first) {
    int steps = first.sequence() ? longest(name, items) : 0;
    int room = Math.max(1, steps);
    int[] ids = new int[Math.multiplyExact(items.size(), room)];
    Arrays.fill(ids, first.pad());
    for (int b = 0; b < items.size(); b++) {
      int[] from = items.get(b).cell(name).ids();
      System.arraycopy(from, 0, ids, b * room + before(room, from.length), from.length);
    }
    return new Column.Ids(ids, steps, first.sequence() ? lengths(name, items) : new int[0]);
  }

  private Column.Numbers numbers(String name, List<Item> items, Item.Cell first) {
    int steps = first.sequence() ? longest(name, items) : 0;
    int width = first.width();
    int room = Math.max(1, steps);
    int each = Math.multiplyExact(room, width);
    float[] values = new float[Math.multiplyExact(items.size(), each)];
    for (int b = 0; b < items.size(); b++) {
      var cell = items.get(b).cell(name);
      int start = (b * room + before(room, cell.length())) * width;
      System.arraycopy(cell.numbers(), 0, values, start, cell.numbers().length);
    }
    var lengths = first.sequence() ? lengths(name, items) : new int[0];
    return new Column.Numbers(values, steps, width, lengths);
  }

  private int before(int room, int length) {
    return padding == Padding.LEFT ? room - length : 0;
  }

  /// A batch of empty sequences still has a step, of pads: shapes without numbers help nobody.
  private static int longest(String name, List<Item> items) {
    return Math.max(1, items.stream().mapToInt(item -> item.cell(name).length()).max().orElse(0));
  }

  private static int[] lengths(String name, List<Item> items) {
    return items.stream().mapToInt(item -> item.cell(name).length()).toArray();
  }

  /// B, how many items there are.
  public int size() {
    return rows.length;
  }

  /// The names of the columns.
  public Set<String> names() {
    return columns.keySet();
  }

  /// The column of that name.
  ///
  /// @throws TextException if there is none
  public Column column(String name) {
    var column = columns.get(name);
    if (column == null) {
      throw new TextException("batch: " + Nearest.unknown("column", name, names()));
    }
    return column;
  }

  /// The column of ids of that name.
  ///
  /// @throws TextException if there is none
  public Column.Ids ids(String name) {
    if (column(name) instanceof Column.Ids ids) {
      return ids;
    }
    throw new TextException(
        "batch: expected ids in column %s, got %s; ask for these".formatted(name, kind(name)));
  }

  /// The column of numbers of that name.
  ///
  /// @throws TextException if there is none
  public Column.Numbers numbers(String name) {
    if (column(name) instanceof Column.Numbers numbers) {
      return numbers;
    }
    throw new TextException(
        "batch: expected numbers in column %s, got %s; ask for these".formatted(name, kind(name)));
  }

  /// The column of that name, which has some ids a step.
  ///
  /// @throws TextException if there is none
  public Column.Nested nested(String name) {
    if (column(name) instanceof Column.Nested nested) {
      return nested;
    }
    throw new TextException(
        "batch: expected some ids a step in column %s, got %s; ask for these"
            .formatted(name, kind(name)));
  }

  private String kind(String name) {
    return switch (column(name)) {
      case Column.Ids _ -> "ids";
      case Column.Nested _ -> "some ids a step";
      case Column.Numbers _ -> "numbers";
    };
  }

  public Padding padding() {
    return padding;
  }

  /// Where each item stood in the list the batch was made from (B), so that answers can be put into
  /// the order of the questions.
  public int[] rows() {
    return rows;
  }

  @Override
  public String toString() {
    return "Batch {size: %d, columns: %s}".formatted(size(), names());
  }
}
