package sequor.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
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
        .isInstanceOf(TextException.class)
        .hasMessage("t.csv:3: split \"holdout\" — write train, valid (val, dev) or test");
    var nothing = TableReaderTest.read(TableReader.csv(), "x,split\n1,test\n");
    assertThatThrownBy(() -> nothing.splitBy("split")).hasMessageContaining("no row in train");
  }

  @Test
  void aRowWithoutALabelIsRefused() {
    var table = TableReaderTest.read(TableReader.csv(), "x,y\n1,a\n2,\n");
    assertThatThrownBy(() -> table.rows().stream().map(Example.columns("x", "y")).toList())
        .isInstanceOf(TextException.class)
        .hasMessageStartingWith("t.csv:3: column \"y\" is empty");
  }

  @Property
  void aSplitTakesEveryExampleOnceAndKeepsTheirOrder(
      @ForAll @IntRange(max = 500) int count, @ForAll long seed) {
    var all = IntStream.range(0, count).boxed().toList();
    var split = DataSet.split(all, PARTS, new Random(seed));
    assertThat(split).isEqualTo(DataSet.split(all, PARTS, new Random(seed)));
    var seen = new ArrayList<Integer>();
    for (Split part : Split.values()) {
      assertThat(split.of(part)).isSorted();
      seen.addAll(split.of(part));
    }
    assertThat(seen).hasSize(count).containsExactlyInAnyOrderElementsOf(all);
    assertThat(Math.abs(split.train().size() - 0.7 * count)).isLessThan(1.001);
    assertThat(Math.abs(split.valid().size() - 0.2 * count)).isLessThan(1.001);
    assertThat(Math.abs(split.test().size() - 0.1 * count)).isLessThan(1.001);
  }

  @Property
  void aStratifiedSplitGivesEachGroupItsShares(
      @ForAll @Size(max = 300) List<@IntRange(max = 3) Integer> labels, @ForAll long seed) {
    var split = DataSet.stratified(labels, PARTS, label -> label, new Random(seed));
    assertThat(split.size()).isEqualTo(labels.size());
    for (int label = 0; label <= 3; label++) {
      int wanted = label;
      double count = labels.stream().filter(l -> l == wanted).count();
      double train = split.train().stream().filter(l -> l == wanted).count();
      assertThat(Math.abs(train - 0.7 * count)).isLessThan(1.001);
    }
  }

  @Test
  void aSeedSplitsTheSameWayForEver() {
    var split = DataSet.split(List.of("a", "b", "c", "d", "e", "f"), PARTS, new Random(1));
    assertThat(split.train()).containsExactly("a", "b", "c", "d");
    assertThat(split.valid()).containsExactly("f");
    assertThat(split.test()).containsExactly("e");
  }

  @Test
  void fractionsMustBeAWhole() {
    for (double[] f : new double[][] {{0.7, 0.2, 0.2}, {1.1, 0, -0.1}, {0, 0.5, 0.5}}) {
      assertThatThrownBy(() -> new Fractions(f[0], f[1], f[2]))
          .isInstanceOf(TextException.class)
          .hasMessageContaining("together they must be 1");
    }
    assertThatThrownBy(() -> new Fractions(Double.NaN, 0, 0)).isInstanceOf(TextException.class);
  }
}
