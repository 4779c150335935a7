package sequor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DataSetTest {
  private static final Fractions PARTS = new Fractions(0.7, 0.2, 0.1);

  @Test
  void splitsAreWrittenInManyWays() {
    assertThat(List.of("train", "Training ").stream().map(Split::of)).containsOnly(Split.TRAIN);
    assertThat(List.of("val", "valid", "validation", "dev", "DEV").stream().map(Split::of))
        .containsOnly(Split.VALID);
    assertThat(Split.of("test")).isEqualTo(Split.TEST);
  }

  @Test
  void anUnknownSplitIsSaidWithItsRow() {
    var table = TableReaderTest.read(TableReader.csv(), "x,split\n1,train\n2,holdout\n");
    assertThatThrownBy(() -> table.splitBy("split"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "t.csv:3: split: expected train, valid (val, dev) or test, got \"holdout\"; write one of"
                + " them");
    var nothing = TableReaderTest.read(TableReader.csv(), "x,split\n1,test\n");
    assertThatThrownBy(() -> nothing.splitBy("split"))
        .hasMessage(
            "t.csv: expected rows to train in column \"split\", got none; name another column");
  }

  @Property
  void aSplitTakesEveryExampleOnceAndKeepsTheirOrder(
      @ForAll @IntRange(max = 500) int count, @ForAll long seed) {
    var all = IntStream.range(0, count).boxed().toList();
    var split = DataSet.split(all, PARTS, new Random(seed));
    assertThat(parts(split)).isEqualTo(parts(DataSet.split(all, PARTS, new Random(seed))));
    requireAll(split, all);
    assertThat(parts(split)).allSatisfy(part -> assertThat(part).isSorted());
    assertThat(Math.abs(split.train().toList().size() - 0.7 * count)).isLessThan(1.001);
    assertThat(Math.abs(split.valid().toList().size() - 0.2 * count)).isLessThan(1.001);
    assertThat(Math.abs(split.test().toList().size() - 0.1 * count)).isLessThan(1.001);
  }

  private static <E> List<List<E>> parts(DataSet<E> split) {
    return Stream.of(Split.values()).map(part -> split.of(part).toList()).toList();
  }

  /// Looks that each is in one part, once.
  private static <E> void requireAll(DataSet<E> split, List<E> all) {
    assertThat(parts(split).stream().flatMap(List::stream))
        .hasSize(all.size())
        .containsExactlyInAnyOrderElementsOf(all);
  }

  @Property
  void aGroupIsInOnePart(
      @ForAll @Size(max = 300) List<@IntRange(max = 40) Integer> groups, @ForAll long seed) {
    var split = DataSet.byGroup(groups, PARTS, group -> group, new Random(seed));
    requireAll(split, groups);
    var seen = new HashSet<Integer>();
    for (var part : parts(split)) {
      assertThat(Collections.disjoint(seen, part)).isTrue();
      seen.addAll(part);
    }
    double different = groups.stream().distinct().count();
    double train = split.train().toList().stream().distinct().count();
    assertThat(Math.abs(train - 0.7 * different)).isLessThan(1.001);
  }

  @Test
  void whatStandsInOrderIsCutThere() {
    var split = DataSet.contiguous(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), PARTS);
    assertThat(split.train().toList()).containsExactly(1, 2, 3, 4, 5, 6, 7);
    assertThat(split.valid().toList()).containsExactly(8, 9);
    assertThat(split.test().toList()).containsExactly(10);
    assertThat(parts(split.map(i -> -i)).get(1)).containsExactly(-8, -9);
    assertThat(parts(split.map(i -> -i).inMemory()).get(2)).containsExactly(-10);
  }

  @Property
  void aStratifiedSplitGivesEachGroupItsShares(
      @ForAll @Size(max = 300) List<@IntRange(max = 3) Integer> labels, @ForAll long seed) {
    var split = DataSet.stratified(labels, PARTS, label -> label, new Random(seed));
    requireAll(split, labels);
    for (int label = 0; label <= 3; label++) {
      int wanted = label;
      double count = labels.stream().filter(l -> l == wanted).count();
      double train = split.train().toList().stream().filter(l -> l == wanted).count();
      assertThat(Math.abs(train - 0.7 * count)).isLessThan(1.001);
    }
  }

  @Test
  void aSeedSplitsTheSameWayForEver() {
    var split = DataSet.split(List.of("a", "b", "c", "d", "e", "f"), PARTS, new Random(1));
    assertThat(split.train().toList()).containsExactly("a", "b", "c", "d");
    assertThat(split.valid().toList()).containsExactly("f");
    assertThat(split.test().toList()).containsExactly("e");
  }

  @Test
  void fractionsMustBeAWhole() {
    for (double[] f : new double[][] {{0.7, 0.2, 0.2}, {1.1, 0, -0.1}, {0, 0.5, 0.5}}) {
      assertThatThrownBy(() -> new Fractions(f[0], f[1], f[2]))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("expected shares that are 1 together");
    }
    assertThatThrownBy(() -> new Fractions(Double.NaN, 0, 0)).isInstanceOf(DataException.class);
  }
}
