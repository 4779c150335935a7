package sequor.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sequor.Seed;
import sequor.kernels.Parallel;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// A row gets the same bits alone and in a batch of any size, whoever else is in it and however
/// many threads compute it: what a server answers does not depend on who else asked.
class OneRowTest {
  private static final int[] BATCHES = {2, 3, 4, 5, 8, 64, 400};
  private static final int MOST = 400;
  private static final int STEPS = 6;

  private final RandomGenerator random = new Seed(23).generator();
  private final int threads = Parallel.threads();

  @AfterEach
  void restore() {
    Parallel.threads(threads);
  }

  @Test
  void linear() {
    for (int[] sizes : new int[][] {{1, 1}, {13, 7}, {64, 18}, {128, 128}, {300, 50}, {600, 9}}) {
      var layer = new Linear(sizes[0], sizes[1], random);
      assertRows("linear " + Arrays.toString(sizes), layer::forward, sizes[0]);
    }
  }

  @Test
  void layerNorm() {
    assertRows("layer norm", new LayerNorm(37)::forward, 37);
  }

  @Test
  void feedForward() {
    var layer =
        new Sequential(
            List.of(
                new Linear(30, 70, random),
                new LayerNorm(70),
                Activation.GELU,
                new Linear(70, 11, random)));
    assertRows("feed forward", layer::forward, 30);
  }

  @Test
  void softmaxOfLogits() {
    assertRows("softmax", x -> x.softmax(), 41);
    assertRows("log-softmax", x -> x.logSoftmax(), 41);
  }

  @Test
  void embedding() {
    var layer = new Embedding(20, 33, random);
    assertRows("embedding", x -> layer.forward(ids(x, 20)), STEPS);
  }

  @Test
  void attention() {
    assertRows(
        "attention",
        x -> {
          var q = x.reshape(-1, STEPS, 40); // (B,T,D)
          var weights = q.matmul(q.transpose()).times(0.1f).softmax(); // (B,T,T)
          return weights.matmul(q).reshape(-1, STEPS * 40);
        },
        STEPS * 40);
  }

  @Test
  void cells() {
    for (int h : new int[] {5, 16, 100}) {
      var rnn = new RnnCell(24, h, random);
      var gru = new GruCell(24, h, random);
      var lstm = new LstmCell(24, h, random);
      int n = 24 + h;
      assertRows(
          "rnn cell", x -> rnn.forward(input(x), new Rnn.State(state(x, 24, n))).output(), n);
      assertRows(
          "gru cell", x -> gru.forward(input(x), new Gru.State(state(x, 24, n))).output(), n);
      assertRows(
          "lstm cell",
          x -> {
            var state = new Lstm.State(state(x, 24, n), state(x, 24 + h, n + h));
            return Tensor.concat(-1, lstm.forward(input(x), state).tensors());
          },
          n + h);
    }
  }

  private static Tensor input(Tensor x) {
    return state(x, 0, 24);
  }

  private static Tensor state(Tensor x, int from, int to) {
    return x.slice(1, from, to);
  }

  @ParameterizedTest
  @EnumSource(Layers.class)
  void recurrentLayers(Layers kind) {
    assertSequences(kind.name(), kind.make(), Layers.INPUT);
  }

  @Test
  void wideRecurrentLayers() {
    assertSequences("rnn", new Rnn(40, 70, random), 40);
    assertSequences("gru", new Gru(40, 70, random), 40);
    assertSequences("lstm", new Lstm(40, 100, random), 40);
    assertSequences("minGRU", new MinGru(40, 70, random), 40);
    assertSequences("minLSTM", new MinLstm(40, 100, random), 40);
    assertSequences("RG-LRU", new RgLru(40, 300, random), 40);
    assertSequences("S4D", new S4d(new S4dCell(40, 70, 8, random)), 40);
    assertSequences("deep lstm", new Lstm(300, 20, random), 300);
    var both = new Bidirectional<>(new Lstm(24, 64, random), new Lstm(24, 64, random));
    var above = new Bidirectional<>(new Gru(128, 30, random), new Gru(128, 30, random));
    assertSequences("lstm both ways", both, 24);
    assertSequences("gru both ways", above, 128);
  }

  /// All rows of a batch, which have spans of their own, against each one alone; and the states
  /// that are asked for without the outputs.
  private <S extends RecurrentState<S>> void assertSequences(
      String what, Recurrent<S> layer, int inputSize) {
    var embedding = new Embedding(7, inputSize, random);
    var initial = Layers.randomState(layer, MOST, random);
    int[] starts = random.ints(MOST, 0, 3).toArray();
    int[] ends = random.ints(MOST, 2, STEPS + 1).toArray();
    for (int i = 0; i < MOST; i++) {
      starts[i] = Math.min(starts[i], ends[i]);
    }
    var ids = new int[MOST * STEPS];
    Arrays.setAll(ids, i -> random.nextInt(7));
    Rows run =
        (from, to) -> {
          var state = initial.with(rows(initial.tensors(), from, to));
          var spans =
              Spans.of(
                  Arrays.copyOfRange(starts, from, to), Arrays.copyOfRange(ends, from, to), STEPS);
          int[] some = Arrays.copyOfRange(ids, from * STEPS, to * STEPS);
          var x = embedding.forward(Ids.of(some, to - from, STEPS)); // (B,T,D)
          var output = layer.forward(x, state, spans);
          var results = new ArrayList<Tensor>();
          results.add(output.hidden().reshape(to - from, -1));
          results.addAll(output.last().tensors());
          results.addAll(layer.last(x.copy(), state, spans).tensors());
          return Tensor.concat(-1, results);
        };
    assertRows(what, run);
  }

  private static List<Tensor> rows(List<Tensor> tensors, int from, int to) {
    return tensors.stream().map(each -> each.slice(0, from, to)).toList();
  }

  private static Ids ids(Tensor x, int count) {
    float[] values = x.toArray();
    int[] ids = new int[values.length];
    Arrays.setAll(ids, i -> Math.floorMod(Float.floatToIntBits(values[i]), count));
    return Ids.of(ids, x.dim(0), x.dim(1));
  }

  private interface Rows {
    /// The results (to−from,R) of some rows of one batch.
    Tensor run(int from, int to);
  }

  private void assertRows(String what, UnaryOperator<Tensor> layer, int inputSize) {
    var x = Tensor.randn(random, MOST, inputSize);
    assertRows(what, (from, to) -> layer.apply(x.slice(0, from, to)));
  }

  private static void assertRows(String what, Rows rows) {
    int[] some = {0, 1, 2, 5, 63, 399};
    var alone = new float[some.length][];
    Parallel.threads(1);
    for (int i = 0; i < some.length; i++) {
      alone[i] = rows.run(some[i], some[i] + 1).toArray();
    }
    for (int threads : new int[] {1, 3}) {
      Parallel.threads(threads);
      for (int batch : BATCHES) {
        for (int i = 0; i < some.length; i++) {
          int from = Math.min(some[i] / batch * batch, MOST - batch);
          float[] all = rows.run(from, from + batch).toArray();
          int width = all.length / batch;
          int at = (some[i] - from) * width;
          assertThat(Arrays.copyOfRange(all, at, at + width))
              .as("%s: row %d of %d, with %d threads", what, some[i] - from, batch, threads)
              .usingComparator(Arrays::compare)
              .isEqualTo(alone[i]);
        }
      }
    }
  }
}
