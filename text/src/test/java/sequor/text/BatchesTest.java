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
  @Test
  void documentedExample() {
    var batch = Batch.of(List.of(Sequence.of(5, 6, 7), Sequence.of(8)), Padding.RIGHT);
    assertThat(batch.ids()).containsExactly(5, 6, 7, 8, 0, 0);
    assertThat(batch.lengths()).containsExactly(3, 1);
    assertThat(batch.targets()).isEmpty();
  }

  @Test
  void padsStandOnTheLeftIfTheyShould() {
    var tagged = Sequence.tagged(new int[] {8}, new int[] {1});
    var batch =
        Batch.of(
            List.of(Sequence.tagged(new int[] {5, 6}, new int[] {2, 3}), tagged), Padding.LEFT);
    assertThat(batch.ids()).containsExactly(5, 6, 0, 8);
    assertThat(batch.targets()).containsExactly(2, 3, Batch.IGNORED, 1);
  }

  @Test
  void emptySequencesArePads() {
    var batch = Batch.of(List.of(Sequence.labelled(new int[0], 2)), Padding.RIGHT);
    assertThat(batch.steps()).isEqualTo(1);
    assertThat(batch.ids()).containsExactly(0);
    assertThat(batch.lengths()).containsExactly(0);
    assertThat(batch.targets()).containsExactly(2);
  }

  @Test
  void aLanguageModelReadsOneBehindWhatItSays() {
    var sequence = Sequence.nextToken(7, 8, 9);
    assertThat(sequence.ids()).containsExactly(Vocabulary.BOS, 7, 8, 9);
    assertThat(sequence.targets()).containsExactly(7, 8, 9, Vocabulary.EOS);
    assertThat(Sequence.nextToken()).hasToString("[2] → [3]");
  }

  @Test
  void longSequencesAreCutWithTheirTargets() {
    var batches = Batches.of(List.of(Sequence.nextToken(7, 8, 9))).withMaxSteps(2);
    assertThat(batches.cut()).isEqualTo(1);
    var batch = batches.byLength().get(0);
    assertThat(batch.ids()).containsExactly(2, 7);
    assertThat(batch.targets()).containsExactly(7, 8);
  }

  @Provide
  Arbitrary<List<Sequence>> sequences() {
    return Arbitraries.integers()
        .between(4, 9)
        .array(int[].class)
        .ofMaxSize(12)
        .map(ids -> Sequence.labelled(ids, ids.length))
        .list()
        .ofMaxSize(60);
  }

  @Property
  void anEpochHoldsEverySequenceOnceAndWhole(
      @ForAll("sequences") List<Sequence> sequences,
      @ForAll @IntRange(min = 1, max = 9) int size,
      @ForAll @IntRange(min = 1, max = 4) int pool,
      @ForAll Padding padding,
      @ForAll long seed) {
    var batches = Batches.of(sequences).withSize(size).withPool(pool).withPadding(padding);
    for (List<Batch> epoch : List.of(batches.shuffled(new Random(seed)), batches.byLength())) {
      assertThat(epoch).hasSize(batches.count());
      var rows = new ArrayList<Integer>();
      for (Batch batch : epoch) {
        assertThat(batch.batch()).isBetween(1, size);
        for (int b = 0; b < batch.batch(); b++) {
          rows.add(batch.rows()[b]);
          assertThat(row(batch, b)).isEqualTo(sequences.get(batch.rows()[b]));
        }
      }
      assertThat(rows)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, sequences.size()).boxed().toList());
    }
  }

  /// Takes a sequence out of its batch again, and looks that all around it are pads.
  private static Sequence row(Batch batch, int b) {
    int length = batch.lengths()[b];
    int start = b * batch.steps();
    int pads = batch.steps() - length;
    int from = batch.padding() == Padding.LEFT ? start + pads : start;
    int padsFrom = batch.padding() == Padding.LEFT ? start : start + length;
    assertThat(Arrays.copyOfRange(batch.ids(), padsFrom, padsFrom + pads)).isEqualTo(new int[pads]);
    return Sequence.labelled(
        Arrays.copyOfRange(batch.ids(), from, from + length), batch.targets()[b]);
  }

  @Property
  void theSameSeedGivesTheSameBatchesFromAnyPlaceOn(
      @ForAll("sequences") List<Sequence> sequences,
      @ForAll long seed,
      @ForAll @IntRange(max = 20) int place) {
    var batches = Batches.of(sequences).withSize(3).withPool(2);
    var whole = new ArrayList<>(batches.shuffled(new Random(seed)));
    int from = Math.min(place, whole.size());
    var rest = batches.shuffled(new Random(seed)).subList(from, whole.size());
    assertThat(rest).isEqualTo(whole.subList(from, whole.size()));
  }

  @Test
  void epochsDifferAndWasteLittle() {
    var lengths = new Random(7);
    var sequences =
        IntStream.range(0, 5000)
            .mapToObj(i -> Sequence.of(new int[1 + lengths.nextInt(100)]))
            .toList();
    var random = new Random(1);
    var batches = Batches.of(sequences).withSize(32);
    assertThat(batches.shuffled(random)).isNotEqualTo(batches.shuffled(random));
    assertThat(padding(batches.shuffled(random))).isLessThan(0.03);
    assertThat(padding(batches.withPool(1).shuffled(random))).isGreaterThan(0.4);
  }

  private static double padding(List<Batch> epoch) {
    double tokens = epoch.stream().mapToInt(Batch::tokens).sum();
    return 1 - tokens / epoch.stream().mapToInt(b -> b.batch() * b.steps()).sum();
  }

  @Test
  void mistakesAreNamed() {
    var some = List.of(Sequence.of(4), Sequence.labelled(new int[] {4}, 0));
    assertThatThrownBy(() -> Batches.of(some)).hasMessageContaining("several kinds");
    assertThatThrownBy(() -> Batch.of(some, Padding.RIGHT)).hasMessageContaining("same kind");
    assertThatThrownBy(() -> Batches.of(List.of()).withSize(0))
        .isInstanceOf(TextException.class)
        .hasMessage("batches: size 0 — it must be at least 1");
    assertThatThrownBy(() -> Sequence.tagged(new int[2], new int[1])).hasMessageContaining("2 ids");
  }

  @Test
  void nothingHasNoBatches() {
    assertThat(Batches.of(List.of()).shuffled(new Random(1))).isEmpty();
  }
}
