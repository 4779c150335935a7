package sequor.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sequor.Seed;
import sequor.nn.CrossEntropyLoss;
import sequor.tensor.GradientCheck;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.testkit.Twins;

class EncoderDecoderTest {
  private static final int V = 9;
  private static final int W = 7;
  private static final InputSize SOURCE = InputSize.ofIds(V, 0);
  private static final InputSize TARGET = InputSize.ofIds(W, 0);
  private static final int[] TEXT = {5, 6, 8, 3};
  private static final int[] TOLD = {2, 5, 4, 6, 5};

  static Stream<Named<EncoderDecoderConfig>> configs() {
    var all = new LinkedHashMap<String, EncoderDecoderConfig>();
    for (var cell : new CellKind[] {CellKind.RNN, CellKind.LSTM, CellKind.GRU}) {
      for (var looking : RecurrentEncoderDecoder.Looking.values()) {
        var config = RecurrentEncoderDecoder.Config.of(cell, 6).withAttention(looking, false);
        all.put(cell + " " + looking, config);
      }
    }
    var lstm = RecurrentEncoderDecoder.Config.of(CellKind.LSTM, 6);
    all.put("two layers", lstm.withLayers(2, 0.3f));
    all.put("one way", lstm.withLayers(2, 0).oneWay());
    all.put("tied", lstm.withTied(false));
    all.put(
        "tied, none",
        lstm.withTied(false).withAttention(RecurrentEncoderDecoder.Looking.NONE, false));
    for (var looking : RecurrentEncoderDecoder.Looking.values()) {
      all.put("fed " + looking, lstm.withLayers(2, 0).withAttention(looking, true));
    }
    all.put(
        "tied and fed",
        lstm.withAttention(RecurrentEncoderDecoder.Looking.ADDITIVE, true).withTied(false));
    var transformer = TransformerEncoderDecoder.Config.of(8, 2, 2);
    for (boolean first : new boolean[] {true, false}) {
      for (var positions : TransformerEncoder.Positions.values()) {
        all.put(
            "transformer " + positions + (first ? ", norm first" : ", norm last"),
            transformer.with(first, positions, 0.2f).withTables(first, false));
      }
    }
    return all.entrySet().stream().map(each -> Named.of(each.getKey(), each.getValue()));
  }

  private static EncoderDecoder network(EncoderDecoderConfig config) {
    return config.build(SOURCE, TARGET, new Seed(4).generator());
  }

  private static EncoderDecoder.Sources read(EncoderDecoder network, int[] text) {
    return network.read(Ids.of(text, 1, text.length), Spans.full(1, text.length));
  }

  private static Tensor logits(EncoderDecoder network, int[] text, int[] told) {
    var hidden =
        read(network, text).hidden(Ids.of(told, 1, told.length), Spans.full(1, told.length));
    return network.head().forward(hidden); // (1,T,W)
  }

  /// What is said all at once, with what is right told, and token by token.
  @ParameterizedTest
  @MethodSource("configs")
  void stepsSayWhatAllAtOnceSays(EncoderDecoderConfig config) {
    var network = network(config);
    var whole = logits(network, TEXT, TOLD);

    var now = read(network, TEXT).begin();
    for (int t = 0; t < TOLD.length; t++) {
      var step = now.step(TOLD[t]);
      Twins.assertClose(whole.select(1, t), step.logits(), 50);
      step.weights().ifPresent(weights -> Twins.assertClose(Tensor.ones(1), weights.sum(-1), 10));
      now = step.next();
    }
  }

  /// Padding changes no bit, neither of the source nor of what is told.
  @ParameterizedTest
  @MethodSource("configs")
  void aPaddedRowGetsWhatItGetsAlone(EncoderDecoderConfig config) {
    var network = network(config);
    int[][] sources = {{5, 6, 8, 3, 4, 7}, TEXT, {7}};
    int[][] told = {{2, 4}, TOLD, {2, 3, 3}};
    int[] padded = new int[3 * 8];
    int[] said = new int[3 * 6];
    for (int row = 0; row < 3; row++) {
      System.arraycopy(sources[row], 0, padded, row * 8, sources[row].length);
      System.arraycopy(told[row], 0, said, row * 6, told[row].length);
    }
    var spans = Spans.right(new int[] {6, 4, 1}, 8);
    var hidden =
        network
            .read(Ids.of(padded, 3, 8), spans)
            .hidden(Ids.of(said, 3, 6), Spans.right(new int[] {2, 5, 3}, 6));
    var together = network.head().forward(hidden); // (3,6,W)
    for (int row = 0; row < 3; row++) {
      var alone = logits(network, sources[row], told[row]);
      var same = together.slice(0, row, row + 1).slice(1, 0, told[row].length);
      assertThat(same.toArray()).as("row %d", row).isEqualTo(alone.toArray());
    }
  }

  /// Rows that are picked, twice or in another order, go on as they would have.
  @ParameterizedTest
  @MethodSource("configs")
  void rowsGoOnWhereverTheyStand(EncoderDecoderConfig config) {
    var network = network(config);
    var spans = Spans.right(new int[] {4, 2}, 4);
    var ids = Ids.of(new int[] {5, 6, 8, 3, 7, 4, 0, 0}, 2, 4);
    var first = network.read(ids, spans).begin().step(2, 2);
    var picked = first.next().select(1, 0, 1);
    assertThat(picked.rows()).isEqualTo(3);

    var before = first.next().step(5, 6).logits();
    var after = picked.step(6, 5, 6).logits();
    assertThat(after.select(0, 0).toArray()).isEqualTo(before.select(0, 1).toArray());
    assertThat(after.select(0, 1).toArray()).isEqualTo(before.select(0, 0).toArray());
    assertThat(after.select(0, 2).toArray()).isEqualTo(before.select(0, 1).toArray());
  }

  /// The gradient of every parameter, by the slope of the loss.
  @ParameterizedTest
  @MethodSource("configs")
  void gradientsAreSlopes(EncoderDecoderConfig config) {
    var network = network(config);
    var targets = Ids.of(new int[] {5, 4, 6, 5, 3}, 1, 5);
    var loss = new CrossEntropyLoss().withLabelSmoothing(0.1f);
    GradientCheck.of(() -> loss.of(logits(network, TEXT, TOLD), targets))
        .with(network.parameters())
        .run();
  }

  /// A step sees the steps before it alone.
  @ParameterizedTest
  @MethodSource("configs")
  void nothingIsKnownOfWhatComes(EncoderDecoderConfig config) {
    var network = network(config);
    int[] other = TOLD.clone();
    other[4] = 3;
    var one = logits(network, TEXT, TOLD).slice(1, 0, 4).toArray();
    var two = logits(network, TEXT, other).slice(1, 0, 4).toArray();
    assertThat(one).isEqualTo(two);
  }

  @ParameterizedTest
  @MethodSource("configs")
  void withoutATapeThereIsNoDropout(EncoderDecoderConfig config) {
    var network = network(config);
    float[] one = logits(network, TEXT, TOLD).toArray();
    assertThat(logits(network, TEXT, TOLD).toArray()).isEqualTo(one);
    try (var tape = Tape.open(new Seed(1).generator())) {
      assertThat(tape.ops()).isEmpty();
      boolean drops = !Arrays.equals(logits(network, TEXT, TOLD).toArray(), one);
      assertThat(drops).isEqualTo(!config.toString().contains("embeddingDropout=0.0"));
    }
  }

  @Test
  void oneTableForBothLanguages() {
    var size = InputSize.ofIds(V, 0);
    for (var config :
        new EncoderDecoderConfig[] {
          RecurrentEncoderDecoder.Config.of(CellKind.GRU, 6).withTied(true),
          TransformerEncoderDecoder.Config.of(8, 2, 1).withTables(true, true)
        }) {
      var network = config.build(size, size, new Seed(4).generator());
      assertThat(network.aliases())
          .containsEntry("source.weight", "target.weight")
          .containsEntry("head.weight", "target.weight");
    }
  }

  @Test
  void sizesThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> RecurrentEncoderDecoder.Config.of(CellKind.GRU, 7))
        .hasMessage(
            "architecture recurrent: expected an even hidden_size where it reads both ways, got 7;"
                + " take 8");
    assertThatThrownBy(() -> TransformerEncoderDecoder.Config.of(10, 4, 1))
        .hasMessage(
            "architecture transformer: expected a hidden_size that the heads divide, got 10 and 4"
                + " heads; take 8");
  }
}
