package sequor.tasks;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import sequor.Seed;
import sequor.data.Cursor;
import sequor.data.Source;
import sequor.text.Batch;
import sequor.text.Batches;
import sequor.text.Item;
import sequor.text.Prefetch;
import sequor.train.Feed;

/// The batches that a job learns from, epoch by epoch: of items that are in memory, or of a source
/// that is read anew each epoch. They are made on a thread of their own while the last one is
/// learned from.
public final class Epochs {
  private static final int AHEAD = 4;

  /// How many batches of a stream are shuffled and bucketed by length together.
  private static final int CHUNK = 50;

  private final TrainingSettings training;
  private final Source<Item> items;
  private final boolean streams;

  private Epochs(TrainingSettings training, Source<Item> items, boolean streams) {
    this.training = training;
    this.items = items;
    this.streams = streams;
  }

  public static Epochs of(List<Item> items, TrainingSettings training) {
    return new Epochs(training, Source.of(items), false);
  }

  /// Items are read in chunks, and only those of one chunk are shuffled among each other.
  public static Epochs streaming(Source<Item> items, TrainingSettings training) {
    return new Epochs(training, items, true);
  }

  /// The batches of one epoch.
  ///
  /// @param random belongs to this epoch alone
  public Feed<Batch> next(RandomGenerator random) {
    return streams
        ? new Streamed(items.open(), random)
        : new Ahead(batches(items.toList()).shuffled(random));
  }

  /// How many batches an epoch has, where all have as many items.
  public OptionalLong count() {
    boolean known = !streams && training.batchTokens() == 0;
    return known && items.size().isPresent()
        ? OptionalLong.of(Math.ceilDiv(items.size().getAsLong(), training.batchSize()))
        : OptionalLong.empty();
  }

  /// How much of the batches is padding, by the lengths of the items in memory.
  public Optional<Training.Pads> pads() {
    if (streams) {
      return Optional.empty();
    }
    var batches = batches(items.toList());
    var seed = new Seed(training.seed()).child("pads");
    return Optional.of(
        new Training.Pads(
            batches.withPool(1).padShare(seed.generator()), batches.padShare(seed.generator())));
  }

  private Batches batches(List<Item> some) {
    var batches = Batches.of(some).withSize(training.batchSize());
    return training.batchTokens() == 0 ? batches : batches.withTokens(training.batchTokens());
  }

  /// Batches that are prepared before they are asked for.
  private static final class Ahead implements Feed<Batch> {
    private final List<Batch> batches;
    private int next;
    private Optional<Prefetch<Batch>> coming = Optional.empty(); // none before the first is wanted

    Ahead(List<Batch> batches) {
      this.batches = batches;
    }

    @Override
    public OptionalLong size() {
      return OptionalLong.of(batches.size());
    }

    @Override
    public void skip(long count) {
      close();
      next = (int) Math.min(batches.size(), next + count);
    }

    @Override
    public boolean hasNext() {
      return next < batches.size();
    }

    @Override
    public Batch next() {
      if (!hasNext()) {
        throw new NoSuchElementException("feed: no more batches");
      }
      var ahead =
          coming.orElseGet(
              () -> Prefetch.of(batches.subList(next, batches.size()).iterator(), AHEAD));
      coming = Optional.of(ahead);
      next++;
      return ahead.next();
    }

    @Override
    public void close() {
      coming.ifPresent(Prefetch::close);
      coming = Optional.empty();
    }
  }

  /// Batches of one chunk after the other.
  private final class Streamed implements Feed<Batch> {
    private final Cursor<Item> cursor;
    private final Seed seed;
    private final Prefetch<List<Batch>> chunks;
    private List<Batch> chunk = List.of();
    private int next;

    Streamed(Cursor<Item> cursor, RandomGenerator random) {
      this.cursor = cursor;
      this.seed = new Seed(random.nextLong());
      this.chunks = Prefetch.of(new Chunks(), 1);
    }

    /// Reads so many items that they make some batches.
    private final class Chunks implements Iterator<List<Batch>> {
      private int number;

      @Override
      public boolean hasNext() {
        return cursor.hasNext();
      }

      @Override
      public List<Batch> next() {
        if (!hasNext()) {
          throw new NoSuchElementException("chunks: no more");
        }
        var some = new ArrayList<Item>();
        while (some.size() < CHUNK * training.batchSize() && cursor.hasNext()) {
          some.add(cursor.next());
        }
        return batches(some).shuffled(seed.child(number++).generator());
      }
    }

    @Override
    public OptionalLong size() {
      return OptionalLong.empty();
    }

    /// What is passed over is read all the same, for what comes next depends on it.
    @Override
    public void skip(long count) {
      for (long i = 0; i < count && hasNext(); i++) {
        next++;
      }
    }

    @Override
    public boolean hasNext() {
      while (next == chunk.size() && chunks.hasNext()) {
        chunk = chunks.next();
        next = 0;
      }
      return next < chunk.size();
    }

    @Override
    public Batch next() {
      if (!hasNext()) {
        throw new NoSuchElementException("feed: no more batches");
      }
      return chunk.get(next++);
    }

    @Override
    public void close() {
      chunks.close();
      cursor.close();
    }
  }
}
