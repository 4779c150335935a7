package sequor.text;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import java.util.random.RandomGenerator;

/// Cuts sequences into batches of about equal lengths.
///
/// ```java
/// var batches = Batches.of(sequences).withSize(64);
/// for (Batch batch : batches.shuffled(random)) {        // learn: another order each time
/// }
/// for (Batch batch : batches.byLength()) {              // judge: always the same order
/// }
/// ```
///
/// To waste little on pads and still let chance decide what is learned together, the sequences are
/// put into a random order, that order is cut into pools of many batches, each pool is sorted by
/// length and cut into batches, and the batches of all pools are put into a random order.
///
/// An epoch is a list that makes each batch when it is asked for. Everything random about it is
/// drawn when the list is made: an epoch that was broken off at batch k goes on with `subList(k,
/// size())` of the list from the same seed.
public final class Batches {
  private final List<Sequence> sequences;
  private final int size;
  private final int maxSteps;
  private final Padding padding;
  private final int pool;

  private Batches(List<Sequence> sequences, int size, int maxSteps, Padding padding, int pool) {
    this.sequences = sequences;
    this.size = size;
    this.maxSteps = maxSteps;
    this.padding = padding;
    this.pool = pool;
  }

  /// Batches of 64, padded on the right, sequences whole, pools of 50 batches.
  ///
  /// @throws TextException when the targets are not of one kind
  public static Batches of(List<Sequence> sequences) {
    if (sequences.stream().map(Sequence::kind).distinct().count() > 1) {
      throw new TextException(
          "batches: targets of several kinds — give every sequence a label, tags, or neither");
    }
    return new Batches(List.copyOf(sequences), 64, Integer.MAX_VALUE, Padding.RIGHT, 50);
  }

  /// How many sequences a batch has; the last may have fewer.
  public Batches withSize(int size) {
    return new Batches(sequences, positive("size", size), maxSteps, padding, pool);
  }

  /// Cuts longer sequences off after that many steps.
  public Batches withMaxSteps(int maxSteps) {
    return new Batches(sequences, size, positive("max steps", maxSteps), padding, pool);
  }

  public Batches withPadding(Padding padding) {
    return new Batches(sequences, size, maxSteps, padding, pool);
  }

  /// How many batches are sorted by length together; 1 leaves lengths to chance.
  public Batches withPool(int pool) {
    return new Batches(sequences, size, maxSteps, padding, positive("pool", pool));
  }

  /// How many batches an epoch has.
  public int count() {
    return Math.ceilDiv(sequences.size(), size);
  }

  /// How many sequences are longer than the maximum and get cut.
  public int cut() {
    return (int) sequences.stream().filter(s -> s.length() > maxSteps).count();
  }

  /// One epoch in a random order. The same generator state gives the same batches.
  public List<Batch> shuffled(RandomGenerator random) {
    int[] order = Shuffle.order(sequences.size(), random);
    int poolSize = (int) Math.min(Integer.MAX_VALUE, (long) pool * size);
    if (pool > 1) {
      for (long from = 0; from < order.length; from += poolSize) {
        sortByLength(order, (int) from, (int) Math.min(order.length, from + poolSize));
      }
    }
    return new Epoch(order, Shuffle.order(count(), random));
  }

  /// All batches, the short ones first: always the same.
  public List<Batch> byLength() {
    int[] order = new int[sequences.size()];
    Arrays.setAll(order, i -> i);
    sortByLength(order, 0, order.length);
    int[] places = new int[count()];
    Arrays.setAll(places, i -> i);
    return new Epoch(order, places);
  }

  /// Sorts a part of `order` by length; those of one length stay in the order they had.
  private void sortByLength(int[] order, int from, int to) {
    long[] keys = new long[to - from]; // the length above, the place below
    for (int i = from; i < to; i++) {
      long length = Math.min(maxSteps, sequences.get(order[i]).length());
      keys[i - from] = length << Integer.SIZE | i;
    }
    Arrays.sort(keys);
    int[] before = order.clone();
    for (int i = from; i < to; i++) {
      order[i] = before[(int) keys[i - from]];
    }
  }

  private static int positive(String what, int value) {
    if (value < 1) {
      throw new TextException("batches: " + what + " " + value + " — it must be at least 1");
    }
    return value;
  }

  @Override
  public String toString() {
    return "Batches {sequences: %d, size: %d, batches: %d}"
        .formatted(sequences.size(), size, count());
  }

  /// The batches of an order of the sequences, in an order of their own.
  private final class Epoch extends AbstractList<Batch> implements RandomAccess {
    private final int[] order;
    private final int[] places;

    Epoch(int[] order, int[] places) {
      this.order = order;
      this.places = places;
    }

    @Override
    public Batch get(int index) {
      int from = places[index] * size;
      int to = Math.min(order.length, from + size);
      return Batch.of(sequences, Arrays.copyOfRange(order, from, to), maxSteps, padding);
    }

    @Override
    public int size() {
      return places.length;
    }
  }
}
