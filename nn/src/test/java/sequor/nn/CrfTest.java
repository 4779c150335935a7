package sequor.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sequor.Seed;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.tensor.TensorException;

/// The field against all its paths written down, in double precision.
class CrfTest {
  private final Seed seed = new Seed(17);

  private Crf field(int tags, String name) {
    var random = seed.child(name).generator();
    return new Crf(
        Tensor.randn(random, tags, tags).requiresGrad(true),
        Tensor.randn(random, tags).requiresGrad(true),
        Tensor.randn(random, tags).requiresGrad(true));
  }

  private Tensor emissions(int batch, int steps, int tags) {
    return Tensor.randn(seed.child("x").generator(), batch, steps, tags).times(2);
  }

  private Ids tags(int batch, int steps, int tags) {
    return Ids.of(
        seed.child("y").generator().ints((long) batch * steps, 0, tags).toArray(), batch, steps);
  }

  /// From pytorch-crf #122 and #53 and allennlp #3523, whose masks went wrong.
  @Test
  void lossesAndPathsOfMaskedRows() {
    var crf = new Crf(Init.zeros(2, 2), Init.zeros(2), Init.zeros(2));
    var x = Tensor.of(new float[] {1, 2, 3, 4, 1, 2, 3, 4}, 2, 2, 2);
    var y = Ids.of(new int[] {1, 1, 1, 1}, 2, 2);
    var spans = Spans.right(new int[] {2, 1}, 2);
    var losses = crf.losses(x, y, spans);
    assertThat(losses.get(0)).isCloseTo((float) 0.6265233750364456, within(3e-7f));
    assertThat(losses.get(1)).isCloseTo((float) 0.3132616875182228, within(3e-7f));
    assertThat(crf.decode(x, spans)).containsExactly(new int[] {1, 1}, new int[] {1});
    assertThat(crf.loss(x, y, spans, Reduction.SUM).item())
        .isEqualTo(losses.get(0) + losses.get(1));
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,4", "2,1", "2,7", "3,5", "4,4", "5,3", "17,2"})
  void agreesWithAllPathsWrittenDown(int tags, int steps) {
    var crf = field(tags, "agree");
    var x = emissions(1, steps, tags);
    var y = tags(1, steps, tags);
    var full = Spans.full(1, steps);
    var all = new AllPaths(crf, x, _ -> true);

    double logAll = all.logPartition();
    assertThat((double) crf.logPartition(x, full).item()).isCloseTo(logAll, within(2e-6 * steps));
    assertThat((double) crf.losses(x, y, full).item())
        .isCloseTo(logAll - all.score(y.toArray()), within(4e-6 * steps));
    assertThat(crf.decode(x, full).getFirst()).isEqualTo(all.sorted().getFirst());

    float[] marginals = crf.marginals(x, full).toArray();
    double[] expected = all.marginals();
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) marginals[i]).isCloseTo(expected[i], within(2e-6));
    }
    assertTop(crf, x, all, 10);
  }

  private static void assertTop(Crf crf, Tensor x, AllPaths all, int count) {
    var best = crf.top(x, Spans.full(1, x.dim(1)), count).getFirst();
    var sorted = all.sorted();
    assertThat(best).hasSize(Math.min(count, sorted.size()));
    for (int k = 0; k < best.size(); k++) {
      var path = best.get(k);
      assertThat(path.tags().stream().mapToInt(i -> i).toArray()).isEqualTo(sorted.get(k));
      assertThat(path.score()).isCloseTo(all.score(sorted.get(k)), within(1e-5));
      assertThat(path.logProbability()).isCloseTo(path.score() - all.logPartition(), within(1e-5));
    }
  }

  /// Every gradient is the mean of what the paths have, less what the tags have.
  @Test
  void gradientsAreExpectations() {
    var crf = field(3, "gradient");
    var x = emissions(1, 4, 3).requiresGrad(true);
    int[] y = {2, 0, 0, 1};
    try (var tape = Tape.open()) {
      tape.backward(crf.losses(x, Ids.of(y, 1, 4), Spans.full(1, 4)).sum());
    }
    var all = new AllPaths(crf, x, _ -> true);
    double[][] moves = new double[3][3];
    for (int[] path : all.sorted()) {
      double p = Math.exp(all.score(path) - all.logPartition());
      for (int t = 1; t < 4; t++) {
        moves[path[t - 1]][path[t]] += p;
      }
    }
    for (int t = 1; t < 4; t++) {
      moves[y[t - 1]][y[t]]--;
    }
    for (int from = 0; from < 3; from++) {
      for (int to = 0; to < 3; to++) {
        assertThat((double) crf.parameter("transitions").grad().get(from, to))
            .isCloseTo(moves[from][to], within(3e-6));
      }
    }
    for (int j = 0; j < 3; j++) {
      assertThat((double) crf.parameter("start_transitions").grad().get(j))
          .isCloseTo(all.marginals()[j] - (j == 2 ? 1 : 0), within(3e-6));
      assertThat((double) crf.parameter("end_transitions").grad().get(j))
          .isCloseTo(all.marginals()[9 + j] - (j == 1 ? 1 : 0), within(3e-6));
    }
  }

  @Test
  void constraintsLeaveThePathsThatKeepThem() {
    boolean[][] may = {{true, true, false}, {true, false, true}, {false, true, true}};
    var constraints =
        Constraints.of(may, new boolean[] {true, true, false}, new boolean[] {true, false, true});
    var crf = field(3, "constraints").constrained(constraints);
    var x = emissions(1, 5, 3).requiresGrad(true);
    var full = Spans.full(1, 5);
    var all = new AllPaths(crf, x, constraints::allows);
    assertThat(all.sorted().size()).isBetween(5, 3 * 3 * 3 * 3 * 3 / 3);

    assertThat((double) crf.logPartition(x, full).item())
        .isCloseTo(all.logPartition(), within(1e-5));
    assertThat(crf.decode(x, full).getFirst()).isEqualTo(all.sorted().getFirst());
    assertTop(crf, x, all, 1000);
    int[] y = all.sorted().getLast();
    try (var tape = Tape.open()) {
      var loss = crf.losses(x, Ids.of(y, 1, 5), full);
      assertThat((double) loss.item()).isCloseTo(all.logPartition() - all.score(y), within(1e-5));
      tape.backward(loss.sum());
    }
    var gradient = crf.parameter("transitions").grad();
    assertThat(gradient.isNan().sum().item()).isZero();
    assertThat(gradient.get(0, 2)).isZero();

    assertThatThrownBy(() -> crf.losses(x, Ids.of(new int[] {0, 1, 1, 0, 0}, 1, 5), full))
        .isInstanceOf(NnException.class)
        .hasMessage(
            "crf: tag 1 at step 2 of row 0 after tag 1 breaks the constraints; repair the tags, or"
                + " leave the constraints to decoding");
    assertThatThrownBy(() -> crf.losses(x, Ids.of(new int[] {2, 1, 0, 0, 0}, 1, 5), full))
        .hasMessageContaining("tag 2 at step 0 of row 0 breaks");
  }

  @Test
  void constraintsThatLeaveNoPathAreSaid() {
    var never = Constraints.of(new boolean[2][2]);
    var crf = field(2, "never").constrained(never);
    var x = emissions(2, 2, 2);
    var spans = Spans.right(new int[] {1, 2}, 2);
    var message = "crf: no path of the 2 steps of row 1 is allowed; loosen the constraints";
    assertThatThrownBy(() -> crf.decode(x, spans)).hasMessage(message);
    assertThatThrownBy(() -> crf.top(x, spans, 3)).hasMessage(message);
    assertThatThrownBy(() -> field(3, "other").constrained(never))
        .hasMessageContaining("constraints of 2 tags for a field of 3");
    assertThatThrownBy(() -> Constraints.of(new boolean[][] {{true}, {true, false}}))
        .hasMessageContaining("expected (N,N), (N) and (N), got 2 rows of other lengths");
  }

  /// What is not real is not read: not even where it is no number.
  @Test
  void aPaddedBatchIsItsRows() {
    int tags = 5;
    int[] lengths = {6, 0, 1, 4};
    var crf = field(tags, "padding");
    var x = emissions(4, 6, tags);
    var y = tags(4, 6, tags).toArray();
    var spans = Spans.left(lengths, 6);
    float[] padded = x.toArray();
    for (int row = 0; row < 4; row++) {
      Arrays.fill(padded, row * 6 * tags, (row * 6 + spans.start(row)) * tags, Float.NaN);
      Arrays.fill(y, row * 6, row * 6 + spans.start(row), -100);
    }
    var batch = Tensor.of(padded, 4, 6, tags);
    var losses = crf.losses(batch, Ids.of(y, 4, 6), spans);
    var paths = crf.decode(batch, spans);
    var top = crf.top(batch, spans, 3);
    for (int row = 0; row < 4; row++) {
      int from = spans.start(row);
      var alone = x.slice(0, row, row + 1).slice(1, from, 6).copy();
      var own = Ids.of(y, 4, 6).slice(0, row, row + 1).slice(1, from, 6);
      var full = Spans.full(1, lengths[row]);
      assertThat(losses.get(row)).isEqualTo(crf.losses(alone, own, full).get(0));
      assertThat(paths.get(row)).isEqualTo(crf.decode(alone, full).getFirst());
      assertThat(top.get(row)).isEqualTo(crf.top(alone, full, 3).getFirst());
    }
    assertThat(losses.get(1)).isZero();
    assertThat(paths.get(1)).isEmpty();
  }

  @Test
  void lossesAreNeverNegative() {
    var crf = field(4, "sure");
    var y = tags(3, 50, 4);
    float[] sure = new float[3 * 50 * 4];
    for (int place = 0; place < 150; place++) {
      sure[place * 4 + y.toArray()[place]] = 40.7f;
    }
    for (float loss : crf.losses(Tensor.of(sure, 3, 50, 4), y, Spans.full(3, 50)).toArray()) {
      assertThat(loss).isBetween(0f, 1e-4f);
    }
  }

  /// A long row loses no digits, beside the same sums in double precision.
  @Test
  void aLongRow() {
    int steps = 3000;
    var crf = field(6, "long");
    var x = emissions(1, steps, 6);
    var y = tags(1, steps, 6);
    double expected = AllPaths.logPartitionInDoubles(crf, x) - AllPaths.score(crf, x, y.toArray());
    assertThat((double) crf.losses(x, y, Spans.full(1, steps)).item())
        .isCloseTo(expected, within(2e-6 * expected));
  }

  /// Scores that no exponential holds: what lies far behind may be all that is allowed.
  @Test
  void scoresFarApart() {
    var crf = field(4, "far");
    var x = emissions(1, 5, 4).times(200).copy().requiresGrad(true);
    boolean[][] may = new boolean[4][4];
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        may[i][j] = i != j && (i + j) % 3 != 0;
      }
    }
    var constraints = Constraints.of(may);
    var only = crf.constrained(constraints);
    var all = new AllPaths(only, x, constraints::allows);
    int[] y = all.sorted().get(1);
    var full = Spans.full(1, 5);
    double expected = all.logPartition() - all.score(y);
    try (var tape = Tape.open()) {
      var loss = only.losses(x, Ids.of(y, 1, 5), full);
      assertThat((double) loss.item()).isCloseTo(expected, within(1e-5 * expected));
      tape.backward(loss.sum());
    }
    assertThat(only.decode(x, full).getFirst()).isEqualTo(all.sorted().getFirst());
    double[] marginals = all.marginals();
    for (int i = 0; i < marginals.length; i++) {
      boolean mine = y[i / 4] == i % 4;
      assertThat((double) x.grad().toArray()[i])
          .isCloseTo(marginals[i] - (mine ? 1 : 0), within(1e-4));
    }
  }

  @Test
  void mistakesAreSaid() {
    var crf = field(3, "mistakes");
    var x = emissions(1, 2, 3);
    var full = Spans.full(1, 2);
    assertThatThrownBy(() -> crf.losses(x, Ids.of(new int[] {0, 3}, 1, 2), full))
        .isInstanceOf(TensorException.class)
        .hasMessage(
            "linear chain: tag 3 at step 1 of row 0 — tags run from 0 to 2; end the row's span where"
                + " its tags end");
    assertThatThrownBy(() -> crf.losses(x, Ids.of(new int[] {0, 1, 1}, 1, 3), full))
        .hasMessage("linear chain: tags: must be (1,2), got (1,3)");
    assertThatThrownBy(() -> crf.decode(emissions(1, 2, 4), full))
        .hasMessage("linear chain: transitions: must be (4,4), got (3,3)");
    assertThatThrownBy(() -> crf.decode(x, Spans.full(1, 3)))
        .hasMessageContaining("linear chain: emissions: spans of 1 rows and 3 steps");
    assertThatThrownBy(() -> crf.top(x, full, 0))
        .hasMessage("crf: the number of best paths must be 1 or more, got 0");
    assertThatThrownBy(() -> new Crf(Init.zeros(2, 3), Init.zeros(2), Init.zeros(2)))
        .hasMessageContaining("crf: transitions (2,3), start (2) and end (2)");
  }

  @Test
  void parametersAreNamedAsInPytorchCrf() {
    assertThat(field(3, "names").parameters().keySet())
        .isEqualTo(
            new LinkedHashSet<>(List.of("transitions", "start_transitions", "end_transitions")));
  }
}
