package sequor.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.Seed;
import sequor.data.Cursor;
import sequor.data.Source;
import sequor.text.Batch;
import sequor.text.Batches;
import sequor.text.Item;
import sequor.train.Feed;

/// The batches of an epoch, from memory and from a stream.
class EpochsTest {
  private static final int ITEMS = 1000;
  private static final int BATCH = 8; // a chunk of a stream is 50 of them
  private static final TrainingSettings TRAINING =
      TrainingSettings.standard().with("batch_size", BATCH);

  /// Item i has the label i, and some length.
  private static List<Item> items(int count) {
    var random = new Seed(1).generator();
    return IntStream.range(0, count)
        .mapToObj(i -> new Item().ids("text", new int[random.nextInt(1, 9)], 0).id("label", i))
        .toList();
  }

  /// Counted on the batches themselves.
  @Test
  void bucketsHaveFewPads() {
    var items = items(ITEMS);
    for (var training : List.of(TRAINING, TRAINING.with("batch_tokens", 40))) {
      var epochs = Epochs.of(items, training);
      var pads = epochs.pads().orElseThrow();
      double all = 0;
      double real = 0;
      try (var feed = epochs.next(random())) {
        while (feed.hasNext()) {
          var column = feed.next().ids("text");
          all += column.ids().length;
          real += Arrays.stream(column.lengths()).sum();
        }
      }
      assertThat(pads.bucketed()).isCloseTo(1 - real / all, within(0.005)).isLessThan(0.05);
      assertThat(pads.byChance()).isBetween(0.3, 0.5); // 4.5 of at most 8
    }
    assertThat(Epochs.streaming(stream(items), TRAINING).pads()).isEmpty();
  }

  private static Source<Item> stream(List<Item> items) {
    return () -> Cursor.of(items.iterator());
  }

  private static RandomGenerator random() {
    return new Seed(3).generator();
  }

  /// The labels of each batch.
  private static List<List<Integer>> labels(Iterable<Batch> batches) {
    var all = new ArrayList<List<Integer>>();
    batches.forEach(batch -> all.add(Arrays.stream(batch.ids("label").ids()).boxed().toList()));
    return all;
  }

  private static List<List<Integer>> labels(Feed<Batch> feed) {
    try (feed) {
      return labels(() -> feed);
    }
  }

  @Test
  void inMemoryTheBatchesAreThoseOfTheWholeList() {
    var items = items(ITEMS);
    var expected = labels(Batches.of(items).withSize(BATCH).shuffled(random()));

    var epochs = Epochs.of(items, TRAINING);
    assertThat(epochs.count()).hasValue(125);
    assertThat(labels(epochs.next(random()))).isEqualTo(expected);
    try (var feed = epochs.next(random())) {
      assertThat(feed.size()).hasValue(125);
    }

    var byTokens = Epochs.of(items, TRAINING.with("batch_tokens", 40));
    assertThat(byTokens.count()).as("nobody knows").isEmpty();
    assertThat(labels(byTokens.next(random())))
        .isEqualTo(labels(Batches.of(items).withSize(BATCH).withTokens(40).shuffled(random())));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 50, 51, 124, 125, 126, 1000})
  void whatIsPassedOverLeavesTheRestAsItWas(int count) {
    var items = items(ITEMS);
    for (var epochs :
        List.of(Epochs.of(items, TRAINING), Epochs.streaming(stream(items), TRAINING))) {
      var whole = labels(epochs.next(random()));
      var feed = epochs.next(random());
      feed.skip(count);
      assertThat(labels(feed)).isEqualTo(whole.subList(Math.min(count, 125), 125));
    }
  }

  @Test
  void oneMayPassOverSomeInTheMiddle() {
    var items = items(ITEMS);
    for (var epochs :
        List.of(Epochs.of(items, TRAINING), Epochs.streaming(stream(items), TRAINING))) {
      var whole = labels(epochs.next(random()));
      var feed = epochs.next(random());
      feed.next();
      feed.next();
      feed.skip(70);
      assertThat(labels(feed)).isEqualTo(whole.subList(72, 125));
    }
  }

  @Test
  void ofAStreamEveryItemComesOnce() {
    for (int count : new int[] {1, 7, 8, 399, 400, 401, ITEMS}) {
      var epochs = Epochs.streaming(stream(items(count)), TRAINING);
      assertThat(epochs.count()).isEmpty();
      var batches = labels(epochs.next(random()));
      assertThat(batches.stream().flatMap(List::stream).sorted())
          .containsExactlyElementsOf(IntStream.range(0, count).boxed().toList());
      assertThat(batches).allMatch(batch -> batch.size() <= BATCH);
      assertThat(batches).hasSize(Math.ceilDiv(count, BATCH));
    }
    assertThat(labels(Epochs.streaming(stream(List.of()), TRAINING).next(random()))).isEmpty();
  }

  @Test
  void ofAStreamTheSameSeedGivesTheSameBatches() {
    var epochs = Epochs.streaming(stream(items(ITEMS)), TRAINING);
    var first = labels(epochs.next(random()));

    assertThat(labels(epochs.next(random()))).isEqualTo(first);
    assertThat(labels(epochs.next(new Seed(4).generator()))).isNotEqualTo(first);
    assertThat(first.stream().flatMap(List::stream).limit(400))
        .as("items are shuffled within their chunk, and the chunks are not all alike")
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 400).boxed().toList())
        .isNotEqualTo(IntStream.range(0, 400).boxed().toList());
  }

  @Test
  void whatTheSourceThrowsComesThrough() {
    Source<Item> broken =
        () ->
            Cursor.of(
                Stream.iterate(0, i -> i + 1).map(EpochsTest::notTheFiveHundredth).iterator());
    try (var feed = Epochs.streaming(broken, TRAINING).next(random())) {
      for (int i = 0; i < 50; i++) { // the chunk before
        feed.next();
      }
      assertThatThrownBy(feed::hasNext)
          .isInstanceOf(TaskException.class)
          .hasMessage("row 500: expected a text");
    }
  }

  private static Item notTheFiveHundredth(int i) {
    if (i == 500) {
      throw new TaskException("row 500: expected a text");
    }
    return new Item().ids("text", new int[1], 0).id("label", i);
  }

  @Test
  void theSourceIsClosedAndReadNoFurtherThanItMustBe() {
    var read = new AtomicInteger();
    var closed = new AtomicInteger();
    Source<Item> endless =
        () ->
            new Cursor<>() {
              @Override
              public boolean hasNext() {
                return true;
              }

              @Override
              public Item next() {
                return new Item().ids("text", new int[1], 0).id("label", read.getAndIncrement());
              }

              @Override
              public void close() {
                closed.incrementAndGet();
              }
            };
    try (var feed = Epochs.streaming(endless, TRAINING).next(random())) {
      assertThat(feed.next().size()).isEqualTo(BATCH);
      assertThat(read.get()).as("this chunk, and at most two more").isBetween(400, 1200);
    }
    assertThat(closed).hasValue(1);
  }

  @Test
  void behindTheLastThereIsNothing() {
    var items = items(10);
    for (var epochs :
        List.of(Epochs.of(items, TRAINING), Epochs.streaming(stream(items), TRAINING))) {
      try (var feed = epochs.next(random())) {
        feed.next();
        feed.next();
        assertThat(feed.hasNext()).isFalse();
        assertThatThrownBy(feed::next).isInstanceOf(NoSuchElementException.class);
      }
    }
  }
}
