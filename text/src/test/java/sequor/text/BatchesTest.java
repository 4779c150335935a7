package sequor.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BatchesTest {
  private static Item text(int... ids) {
    return new Item().ids("text", ids, 0);
  }

  private static Item labelled(int[] ids, int label) {
    return text(ids).id("label", label);
  }

  private static Item tagged(int[] ids, int... tags) {
    return text(ids).targets("tags", tags);
  }

  @Test
  void documentedExample() {
    var batch = Batch.of(List.of(text(5, 6, 7), text(8)), Padding.RIGHT);
    assertThat(batch.ids("text").ids()).containsExactly(5, 6, 7, 8, 0, 0);
    assertThat(batch.ids("text").lengths()).containsExactly(3, 1);
    assertThat(batch.ids("text").steps()).isEqualTo(3);
    assertThat(batch.names()).containsExactly("text");
    assertThat(batch).hasToString("Batch {size: 2, columns: [text]}");
  }

  @Test
  void padsStandOnTheLeftIfTheyShould() {
    var items = List.of(tagged(new int[] {5, 6}, 2, 3), tagged(new int[] {8}, 1));
    var batch = Batch.of(items, Padding.LEFT);
    assertThat(batch.ids("text").ids()).containsExactly(5, 6, 0, 8);
    assertThat(batch.ids("tags").ids()).containsExactly(2, 3, Item.IGNORED, 1);
    assertThat(Batch.of(items, Padding.RIGHT).ids("tags").ids())
        .containsExactly(2, 3, 1, Item.IGNORED);
  }

  @Test
  void emptySequencesArePads() {
    var batch = Batch.of(List.of(labelled(new int[0], 2)), Padding.RIGHT);
    assertThat(batch.ids("text").steps()).isEqualTo(1);
    assertThat(batch.ids("text").ids()).containsExactly(0);
    assertThat(batch.ids("text").lengths()).containsExactly(0);
    assertThat(batch.ids("label").ids()).containsExactly(2);
    assertThat(Batch.of(List.of(labelled(new int[0], 2)), Padding.LEFT).ids("text").ids())
        .containsExactly(0);
  }

  @Test
  void columnsHaveLengthsAndPadsOfTheirOwn() {
    var items =
        List.of(
            new Item().ids("from", new int[] {4, 5, 6}, 9).ids("to", new int[] {1}, 7).id("y", 3),
            new Item().ids("from", new int[] {4}, 9).ids("to", new int[] {1, 2}, 7).id("y", 5));
    var batch = Batch.of(items, Padding.RIGHT);
    assertThat(batch.ids("from").ids()).containsExactly(4, 5, 6, 4, 9, 9);
    assertThat(batch.ids("to").ids()).containsExactly(1, 7, 1, 2);
    assertThat(batch.ids("to").lengths()).containsExactly(1, 2);
    assertThat(batch.ids("y").ids()).containsExactly(3, 5);
    assertThat(batch.ids("y").steps()).isZero();
    assertThat(batch.ids("y").lengths()).isEmpty();
    assertThat(items.get(0).length()).isEqualTo(3);
    assertThat(items.get(1).length()).isEqualTo(2);
  }

  @Test
  void numbersStandSideBySideToo() {
    var items =
        List.of(
            new Item()
                .numbers("window", new float[] {1, 2, 3, 4}, 2)
                .vector("now", 7, 8, 9)
                .number("y", 1),
            new Item()
                .numbers("window", new float[] {5, 6}, 2)
                .vector("now", 4, 5, 6)
                .number("y", 2));
    var right = Batch.of(items, Padding.RIGHT);
    assertThat(right.numbers("window").values()).containsExactly(1, 2, 3, 4, 5, 6, 0, 0);
    assertThat(right.numbers("window").width()).isEqualTo(2);
    assertThat(right.numbers("window").steps()).isEqualTo(2);
    assertThat(right.numbers("window").lengths()).containsExactly(2, 1);
    assertThat(right.numbers("now").values()).containsExactly(7, 8, 9, 4, 5, 6);
    assertThat(right.numbers("now").steps()).isZero();
    assertThat(right.numbers("now").lengths()).isEmpty();
    assertThat(right.numbers("y").values()).containsExactly(1, 2);
    assertThat(right.numbers("y").width()).isEqualTo(1);

    var left = Batch.of(items, Padding.LEFT);
    assertThat(left.numbers("window").values()).containsExactly(1, 2, 3, 4, 0, 0, 5, 6);
    assertThat(left.numbers("now").values()).containsExactly(7, 8, 9, 4, 5, 6);
    assertThat(items.get(0).length()).isEqualTo(2);
    assertThat(new Item().number("y", 1).length()).isZero();
  }

  @Provide
  Arbitrary<List<Item>> items() {
    return Arbitraries.integers()
        .between(4, 9)
        .array(int[].class)
        .ofMaxSize(12)
        .map(ids -> labelled(ids, ids.length))
        .list()
        .ofMaxSize(60);
  }

  @Property
  void anEpochHoldsEveryItemOnceAndWhole(
      @ForAll("items") List<Item> items,
      @ForAll @IntRange(min = 1, max = 9) int size,
      @ForAll @IntRange(min = 1, max = 4) int pool,
      @ForAll Padding padding,
      @ForAll long seed) {
    var batches = Batches.of(items).withSize(size).withPool(pool).withPadding(padding);
    for (List<Batch> epoch : List.of(batches.shuffled(new Random(seed)), batches.byLength())) {
      assertThat(epoch).hasSize(Math.ceilDiv(items.size(), size));
      requireAll(epoch, items);
      assertThat(epoch).allSatisfy(batch -> assertThat(batch.size()).isBetween(1, size));
    }
  }

  /// Looks that each item is there once, as it was.
  private static void requireAll(List<Batch> epoch, List<Item> items) {
    var rows = new ArrayList<Integer>();
    for (Batch batch : epoch) {
      for (int b = 0; b < batch.size(); b++) {
        rows.add(batch.rows()[b]);
        assertThat(row(batch, b)).isEqualTo(items.get(batch.rows()[b]));
      }
    }
    assertThat(rows)
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, items.size()).boxed().toList());
  }

  /// Takes an item out of its batch again, and looks that all around it are pads.
  private static Item row(Batch batch, int b) {
    var text = batch.ids("text");
    int length = text.lengths()[b];
    int start = b * text.steps();
    int pads = text.steps() - length;
    int from = batch.padding() == Padding.LEFT ? start + pads : start;
    int padsFrom = batch.padding() == Padding.LEFT ? start : start + length;
    assertThat(Arrays.copyOfRange(text.ids(), padsFrom, padsFrom + pads)).isEqualTo(new int[pads]);
    return labelled(
        Arrays.copyOfRange(text.ids(), from, from + length), batch.ids("label").ids()[b]);
  }

  @Property
  void batchesHaveNoMoreStepsThanTheyMay(
      @ForAll("items") List<Item> items,
      @ForAll @IntRange(min = 1, max = 40) int tokens,
      @ForAll @IntRange(min = 1, max = 4) int pool,
      @ForAll long seed) {
    var batches = Batches.of(items).withSize(5).withTokens(tokens).withPool(pool);
    for (List<Batch> epoch : List.of(batches.shuffled(new Random(seed)), batches.byLength())) {
      requireAll(epoch, items);
      for (Batch batch : epoch) {
        assertThat(batch.size()).isBetween(1, 5);
        if (batch.size() > 1) {
          assertThat(batch.size() * batch.ids("text").steps()).isLessThanOrEqualTo(tokens);
        }
      }
    }
  }

  @Test
  void batchesAreAsFullAsTheirStepsAllow() {
    var items =
        List.of(text(1, 1, 1), text(2), text(3, 3), text(4, 4, 4, 4, 4, 4, 4), text(5, 5, 5));
    var epoch = Batches.of(items).withTokens(6).byLength();
    assertThat(epoch.stream().map(Batch::rows))
        .containsExactly(new int[] {1, 2}, new int[] {0, 4}, new int[] {3});
  }

  @Property
  void theSameSeedGivesTheSameBatchesFromAnyPlaceOn(
      @ForAll("items") List<Item> items, @ForAll long seed, @ForAll @IntRange(max = 20) int place) {
    var batches = Batches.of(items).withSize(3).withPool(2);
    var whole = new ArrayList<>(batches.shuffled(new Random(seed)));
    int from = Math.min(place, whole.size());
    var rest = batches.shuffled(new Random(seed)).subList(from, whole.size());
    assertThat(shown(rest)).isEqualTo(shown(whole.subList(from, whole.size())));
  }

  private static List<String> shown(List<Batch> batches) {
    return batches.stream()
        .map(
            batch ->
                Arrays.toString(batch.rows())
                    + Arrays.toString(batch.ids("text").ids())
                    + Arrays.toString(batch.ids("text").lengths()))
        .toList();
  }

  @Test
  void epochsDifferAndWasteLittle() {
    var lengths = new Random(7);
    var items =
        IntStream.range(0, 5000).mapToObj(i -> text(new int[1 + lengths.nextInt(100)])).toList();
    var random = new Random(1);
    var batches = Batches.of(items).withSize(32);
    assertThat(shown(batches.shuffled(random))).isNotEqualTo(shown(batches.shuffled(random)));
    assertThat(padding(batches.shuffled(random))).isLessThan(0.03);
    assertThat(padding(batches.withPool(1).shuffled(random))).isGreaterThan(0.4);
  }

  private static double padding(List<Batch> epoch) {
    double tokens =
        epoch.stream().mapToInt(b -> Arrays.stream(b.ids("text").lengths()).sum()).sum();
    return 1 - tokens / epoch.stream().mapToInt(b -> b.size() * b.ids("text").steps()).sum();
  }

  @Test
  void mistakesAreNamed() {
    var some = List.of(text(4), labelled(new int[] {4}, 0));
    assertThatThrownBy(() -> Batch.of(some, Padding.RIGHT))
        .isInstanceOf(TextException.class)
        .hasMessage(
            "batch: expected items with the columns [text], got one with [text, label]; give all the"
                + " same");
    var kinds = List.of(new Item().vector("x", 1, 2), new Item().vector("x", 1));
    assertThatThrownBy(() -> Batch.of(kinds, Padding.RIGHT))
        .isInstanceOf(TextException.class)
        .hasMessage(
            "batch: expected 2 numbers in column x of every item, got 1 numbers; give all the same");
    assertThatThrownBy(() -> Batches.of(List.of()).withSize(0))
        .isInstanceOf(TextException.class)
        .hasMessage("batches: expected a size from 1, got 0; take more");
    assertThatThrownBy(() -> Batches.of(List.of()).withTokens(0)).hasMessageContaining("tokens");
    assertThatThrownBy(() -> new Item().numbers("x", new float[3], 2))
        .isInstanceOf(TextException.class)
        .hasMessage(
            "item: expected steps of 2 numbers in column x, got 3 numbers; give whole steps");
    assertThatThrownBy(() -> new Item().vector("x"))
        .isInstanceOf(TextException.class)
        .hasMessageContaining("expected a vector in column x, got no numbers");
    assertThatThrownBy(() -> text(1).id("text", 2))
        .isInstanceOf(TextException.class)
        .hasMessage("item: expected each column once, got text twice; name them apart");
  }

  @Test
  void columnsAreAskedForByNameAndKind() {
    var batch = Batch.of(List.of(labelled(new int[] {4}, 1).number("y", 2)), Padding.RIGHT);
    assertThat(batch.column("text")).isSameAs(batch.ids("text"));
    assertThatThrownBy(() -> batch.column("labels"))
        .isInstanceOf(TextException.class)
        .hasMessageContaining("got \"labels\"")
        .hasMessageContaining("did you mean \"label\"?");
    assertThatThrownBy(() -> batch.ids("y"))
        .hasMessage("batch: expected ids in column y, got numbers; ask for these");
    assertThatThrownBy(() -> batch.numbers("label"))
        .hasMessage("batch: expected numbers in column label, got ids; ask for these");
  }

  @Test
  void aStepMayHaveSomeIds() {
    var items =
        List.of(
            new Item().ids("letters", new int[][] {{5, 6}, {}, {7}}, 9),
            new Item().ids("letters", new int[][] {{8, 8, 8}}, 9));
    assertThat(items.getFirst().length()).isEqualTo(3);
    assertThat(items.getFirst()).isNotEqualTo(new Item().ids("letters", new int[] {5, 6, 7}, 9));
    assertThat(items.getFirst())
        .isEqualTo(new Item().ids("letters", new int[][] {{5, 6}, {}, {7}}, 9))
        .isNotEqualTo(new Item().ids("letters", new int[][] {{5}, {6}, {7}}, 9));

    var right = Batch.of(items, Padding.RIGHT).nested("letters");
    assertThat(right.steps()).isEqualTo(3);
    assertThat(right.width()).isEqualTo(3);
    assertThat(right.lengths()).containsExactly(3, 1);
    assertThat(right.widths()).containsExactly(2, 0, 1, 3, 0, 0);
    assertThat(right.ids()).containsExactly(5, 6, 9, 9, 9, 9, 7, 9, 9, 8, 8, 8, 9, 9, 9, 9, 9, 9);
    var left = Batch.of(items, Padding.LEFT).nested("letters");
    assertThat(left.widths()).containsExactly(2, 0, 1, 0, 0, 3);
    assertThat(
            Batch.of(List.of(new Item().ids("x", new int[0][], 0)), Padding.RIGHT)
                .nested("x")
                .ids())
        .containsExactly(0); // a step of pads

    var batch = Batch.of(items, Padding.RIGHT);
    assertThatThrownBy(() -> batch.ids("letters"))
        .hasMessage("batch: expected ids in column letters, got some ids a step; ask for these");
    assertThatThrownBy(() -> labelledBatch().nested("text"))
        .hasMessage("batch: expected some ids a step in column text, got ids; ask for these");
    assertThatThrownBy(
            () ->
                Batch.of(
                    List.of(items.getFirst(), new Item().ids("letters", new int[] {1}, 9)),
                    Padding.RIGHT))
        .hasMessage(
            "batch: expected a sequence of some ids a step in column letters of every item, got a"
                + " sequence of ids; give all the same");
  }

  private static Batch labelledBatch() {
    return Batch.of(List.of(labelled(new int[] {4}, 1)), Padding.RIGHT);
  }

  @Test
  void nothingHasNoBatches() {
    assertThat(Batches.of(List.of()).shuffled(new Random(1))).isEmpty();
    assertThat(Batches.of(List.of()).byLength()).isEmpty();
    assertThat(Batch.of(List.of(), Padding.RIGHT).names()).isEmpty();
  }
}
