package sequor.text;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// What one example has become: named columns of ids or numbers, one or a sequence of them each.
///
/// ```java
/// new Item().ids("text", encoding.ids(), vocabulary.pad()).id("label", 3);
/// new Item().numbers("window", values, 2).number("target", 0.5f);
/// ```
///
/// The arrays given are the item's own from then on.
public final class Item {
  /// What fills up a column of targets, as PyTorch's `ignore_index`: a loss passes over it.
  public static final int IGNORED = -100;

  /// One column.
  ///
  /// @param width numbers a step; 0 for ids
  /// @param pad what fills up a sequence of ids
  /// @param ends where the ids of each step end, if a step has several
  @SuppressWarnings("ArrayRecordComponent") // compared by content below
  record Cell(
      int[] ids, float[] numbers, boolean sequence, int width, int pad, Optional<int[]> ends) {
    int length() {
      return ends.isPresent()
          ? ends.get().length
          : width == 0 ? ids.length : numbers.length / width;
    }

    /// Where the ids of a step begin, and how many it has.
    int start(int step) {
      return step == 0 ? 0 : ends.orElseThrow()[step - 1];
    }

    int length(int step) {
      return ends.orElseThrow()[step] - start(step);
    }

    /// What an error calls it.
    String kind() {
      String of = width == 0 ? (sequence ? "ids" : "an id") : width + " numbers";
      of = ends.isPresent() ? "some ids a step" : of;
      return sequence ? "a sequence of " + of : of;
    }

    boolean isLike(Cell other) {
      return sequence == other.sequence
          && width == other.width
          && ends.isPresent() == other.ends.isPresent();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Cell that
          && isLike(that)
          && Arrays.equals(ids, that.ids)
          && Arrays.equals(numbers, that.numbers)
          && Arrays.equals(ends.orElse(NO_IDS), that.ends.orElse(NO_IDS));
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(ids) + Arrays.hashCode(numbers);
    }

    @Override
    public String toString() {
      return width == 0 ? Arrays.toString(ids) : Arrays.toString(numbers);
    }
  }

  private static final int[] NO_IDS = {};
  private static final float[] NO_NUMBERS = {};

  private final Map<String, Cell> cells = new LinkedHashMap<>();

  /// No columns yet.
  public Item() {}

  /// A sequence of ids, which `pad` fills up.
  public Item ids(String name, int[] ids, int pad) {
    return put(name, new Cell(ids, NO_NUMBERS, true, 0, pad, Optional.empty()));
  }

  /// A sequence of steps that have some ids each, as a word has letters; `pad` fills both up.
  public Item ids(String name, int[][] steps, int pad) {
    int[] ends = new int[steps.length];
    for (int t = 0; t < steps.length; t++) {
      ends[t] = (t == 0 ? 0 : ends[t - 1]) + steps[t].length;
    }
    int[] ids = Arrays.stream(steps).flatMapToInt(Arrays::stream).toArray();
    return put(name, new Cell(ids, NO_NUMBERS, true, 0, pad, Optional.of(ends)));
  }

  /// A sequence of what a model should say, one a step, which [#IGNORED] fills up.
  public Item targets(String name, int... ids) {
    return ids(name, ids, IGNORED);
  }

  /// One id.
  public Item id(String name, int id) {
    return put(name, new Cell(new int[] {id}, NO_NUMBERS, false, 0, IGNORED, Optional.empty()));
  }

  /// A sequence of steps of `width` numbers, which zeros fill up.
  ///
  /// @throws TextException if the numbers make no whole steps
  public Item numbers(String name, float[] values, int width) {
    if (width < 1 || values.length % width != 0) {
      throw new TextException(
          "item: expected steps of %d numbers in column %s, got %d numbers; give whole steps"
              .formatted(width, name, values.length));
    }
    return put(name, new Cell(NO_IDS, values, true, width, 0, Optional.empty()));
  }

  /// One vector.
  ///
  /// @throws TextException if it has no numbers
  public Item vector(String name, float... values) {
    if (values.length == 0) {
      throw new TextException(
          "item: expected a vector in column %s, got no numbers; give one or more".formatted(name));
    }
    return put(name, new Cell(NO_IDS, values, false, values.length, 0, Optional.empty()));
  }

  /// One number.
  public Item number(String name, float value) {
    return vector(name, value);
  }

  private Item put(String name, Cell cell) {
    if (cells.put(name, cell) != null) {
      throw new TextException(
          "item: expected each column once, got %s twice; name them apart".formatted(name));
    }
    return this;
  }

  Map<String, Cell> cells() {
    return cells;
  }

  Cell cell(String name) {
    return Objects.requireNonNull(cells.get(name), name);
  }

  /// How long its longest sequence is; 0 without one.
  public int length() {
    int longest = 0;
    for (var cell : cells.values()) {
      longest = cell.sequence() ? Math.max(longest, cell.length()) : longest;
    }
    return longest;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Item that && cells.equals(that.cells);
  }

  @Override
  public int hashCode() {
    return cells.hashCode();
  }

  @Override
  public String toString() {
    return cells.entrySet().stream()
        .map(cell -> cell.getKey() + " " + cell.getValue())
        .collect(Collectors.joining(", ", "Item {", "}"));
  }
}
