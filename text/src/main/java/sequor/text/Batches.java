package sequor.text;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Cuts items into batches of about equal lengths.
///
/// ```java
/// var batches = Batches.of(items).withSize(64);
/// for (Batch batch : batches.shuffled(random)) {        // learn: another order each time
/// }
/// for (Batch batch : batches.byLength()) {              // judge: always the same order
/// }
/// ```
///
/// To waste little on pads and still let chance decide what is learned together, the items are put
/// into a random order, that order is cut into pools of many batches, each pool is sorted by length
/// and cut into batches, and the batches of all pools are put into a random order.
///
/// An epoch is a list that makes each batch when it is asked for. Everything random about it is
/// drawn when the list is made: an epoch that was broken off at batch k goes on with `subList(k,
/// size())` of the list from the same seed.
public final class Batches {
  private final List<Item> items;
  private final int size;
  private final int tokens;
  private final Padding padding;
  private final int pool;

  private Batches(List<Item> items, int size, int tokens, Padding padding, int pool) {
    this.items = items;
    this.size = size;
    this.tokens = tokens;
    this.padding = padding;
    this.pool = pool;
  }

  /// Batches of 64, padded on the right, pools of 50 batches.
  public static Batches of(List<Item> items) {
    return new Batches(List.copyOf(items), 64, Integer.MAX_VALUE, Padding.RIGHT, 50);
  }

  /// How many items a batch has at most.
  public Batches withSize(int size) {
    return new Batches(items, positive("size", size), tokens, padding, pool);
  }

  /// How many steps a batch has at most, pads included; an item that is longer is a batch alone.
  public Batches withTokens(int tokens) {
    return new Batches(items, size, positive("tokens", tokens), padding, pool);
  }

  public Batches withPadding(Padding padding) {
    return new Batches(items, size, tokens, padding, pool);
  }

  /// How many batches are sorted by length together; 1 leaves lengths to chance.
  public Batches withPool(int pool) {
    return new Batches(items, size, tokens, padding, positive("pool", pool));
  }

  /// One epoch in a random order. The same generator state gives the same batches.
  public List<Batch> shuffled(RandomGenerator random) {
    int[] order = order(random);
    int[] starts = starts(order, pool > 1 ? poolSize() : size);
    return new Epoch(order, starts, Shuffle.order(starts.length - 1, random));
  }

  /// The share of an epoch's steps that are padding, by the longest sequence of each item.
  public double padShare(RandomGenerator random) {
    int[] order = order(random);
    int[] starts = starts(order, pool > 1 ? poolSize() : size);
    long all = 0;
    long real = 0;
    for (int batch = 0; batch + 1 < starts.length; batch++) {
      long longest = 1;
      for (int i = starts[batch]; i < starts[batch + 1]; i++) {
        int length = items.get(order[i]).length();
        longest = Math.max(longest, length);
        real += length;
      }
      all += longest * (starts[batch + 1] - starts[batch]);
    }
    return all == 0 ? 0 : 1 - (double) real / all;
  }

  private int poolSize() {
    return (int) Math.min(Integer.MAX_VALUE, (long) pool * size);
  }

  private int[] order(RandomGenerator random) {
    int[] order = Shuffle.order(items.size(), random);
    if (pool > 1) {
      for (long from = 0; from < order.length; from += poolSize()) {
        sortByLength(order, (int) from, (int) Math.min(order.length, from + poolSize()));
      }
    }
    return order;
  }

  /// All batches, the short ones first: always the same.
  public List<Batch> byLength() {
    int[] order = new int[items.size()];
    Arrays.setAll(order, i -> i);
    sortByLength(order, 0, order.length);
    int[] starts = starts(order, Integer.MAX_VALUE);
    int[] places = new int[starts.length - 1];
    Arrays.setAll(places, i -> i);
    return new Epoch(order, starts, places);
  }

  /// Where each batch begins in `order`, and at the end where the last ends. A pool ends a batch.
  private int[] starts(int[] order, int poolSize) {
    var starts = IntStream.builder();
    int start = 0;
    int longest = 0;
    for (int i = 0; i < order.length; i++) {
      int length = Math.max(1, items.get(order[i]).length());
      boolean full =
          i - start == size || (long) Math.max(longest, length) * (i - start + 1) > tokens;
      if (i == 0 || i % poolSize == 0 || full) {
        starts.add(i);
        start = i;
        longest = 0;
      }
      longest = Math.max(longest, length);
    }
    return starts.add(order.length).build().toArray();
  }

  /// Sorts a part of `order` by length; those of one length stay in the order they had.
  private void sortByLength(int[] order, int from, int to) {
    int[] before = Arrays.copyOfRange(order, from, to);
    long[] keys = new long[before.length]; // the length above, the place below
    for (int i = 0; i < keys.length; i++) {
      keys[i] = (long) items.get(before[i]).length() << Integer.SIZE | i;
    }
    Arrays.sort(keys);
    for (int i = 0; i < keys.length; i++) {
      order[from + i] = before[(int) keys[i]];
    }
  }

  private static int positive(String what, int value) {
    if (value < 1) {
      throw new TextException(
          "batches: expected a %s from 1, got %d; take more".formatted(what, value));
    }
    return value;
  }

  @Override
  public String toString() {
    return "Batches {items: %d, size: %d}".formatted(items.size(), size);
  }

  /// The batches of an order of the items, in an order of their own.
  private final class Epoch extends AbstractList<Batch> implements RandomAccess {
    private final int[] order;
    private final int[] starts;
    private final int[] places;

    Epoch(int[] order, int[] starts, int[] places) {
      this.order = order;
      this.starts = starts;
      this.places = places;
    }

    @Override
    public Batch get(int index) {
      int place = places[index];
      int[] rows = Arrays.copyOfRange(order, starts[place], starts[place + 1]);
      return Batch.of(items, rows, padding);
    }

    @Override
    public int size() {
      return places.length;
    }
  }
}
