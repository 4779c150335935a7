package sequor.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.LSTMImpl;
import org.bytedeco.pytorch.LSTMOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sequor.Seed;
import sequor.nn.Activation;
import sequor.nn.Bidirectional;
import sequor.nn.Gru;
import sequor.nn.Lstm;
import sequor.nn.Recurrent;
import sequor.nn.RecurrentState;
import sequor.nn.Rnn;
import sequor.nn.RnnCell;
import sequor.nn.Stacked;
import sequor.tensor.Shape;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// Every recurrent layer, alone, both ways, stacked and both, on whole and on packed sequences:
/// hidden states, last states, and the gradients of parameters, input and initial states.
@Tag("libtorch")
class RecurrentParityTest {
  private static final int BATCH = 4;
  private static final int STEPS = 9;
  private static final int INPUT = 5;
  private static final int HIDDEN = 6;

  private static final Spans WHOLE = Spans.full(BATCH, STEPS);
  private static final Spans SORTED = Spans.right(new int[] {9, 7, 7, 1}, STEPS);
  private static final Spans UNSORTED = Spans.right(new int[] {3, 8, 1, 5}, STEPS);

  private final RandomGenerator random = new Seed(2).generator();

  @ParameterizedTest
  @EnumSource
  void alone(TorchRecurrence kind) {
    compare(kind, layer(kind, INPUT), 1, false);
  }

  @ParameterizedTest
  @EnumSource
  void bidirectional(TorchRecurrence kind) {
    compare(kind, bothWays(kind, INPUT), 1, true);
  }

  @ParameterizedTest
  @EnumSource
  void stacked(TorchRecurrence kind) {
    compare(kind, twoOf(layer(kind, INPUT), layer(kind, HIDDEN)), 2, false);
  }

  @ParameterizedTest
  @EnumSource
  void stackedBidirectional(TorchRecurrence kind) {
    compare(kind, twoOf(bothWays(kind, INPUT), bothWays(kind, 2 * HIDDEN)), 2, true);
  }

  /// Sizes that fill no register and more than one block.
  @ParameterizedTest
  @EnumSource
  void wide(TorchRecurrence kind) {
    int batch = 19;
    int steps = 31;
    int[] lengths = random.ints(batch, 1, steps + 1).toArray();
    lengths[3] = steps;
    compare(
        kind,
        layer(kind, 45, 131),
        45,
        new TorchRecurrence.Sequence(1, false, Spans.right(lengths, steps)));
  }

  @Test
  void namesAndShapesOfTheParameters() {
    var ours = new LinkedHashMap<String, Shape>();
    twoOf(bothWays(TorchRecurrence.LSTM, INPUT), bothWays(TorchRecurrence.LSTM, 2 * HIDDEN))
        .parameters()
        .forEach((name, parameter) -> ours.put(name, parameter.shape()));

    var options = new LSTMOptions(INPUT, HIDDEN);
    options.num_layers().put(2);
    options.bidirectional().put(true);
    var theirs = new LinkedHashMap<String, Shape>();
    var named = new LSTMImpl(options).named_parameters();
    for (int i = 0; i < named.size(); i++) {
      var name = named.keys().get(i).getString();
      theirs.put(name, Torch.shape(named.get(name)));
    }

    assertThat(ours).containsExactlyEntriesOf(theirs);
  }

  private <S extends RecurrentState<S>> void compare(
      TorchRecurrence kind, Recurrent<S> layer, int layers, boolean bothWays) {
    for (var spans : List.of(WHOLE, SORTED, UNSORTED)) {
      compare(kind, layer, INPUT, new TorchRecurrence.Sequence(layers, bothWays, spans));
    }
  }

  private <S extends RecurrentState<S>> void compare(
      TorchRecurrence kind, Recurrent<S> layer, int inputSize, TorchRecurrence.Sequence sequence) {
    var spans = sequence.spans();
    var x = Tensor.randn(random, spans.batch(), spans.steps(), inputSize);
    var zero = layer.zeroState(spans.batch());
    var initial =
        zero.with(
            zero.tensors().stream().map(t -> Tensor.randn(random, t.shape().dims())).toList());
    var parity = Parity.of(layer).and("x", x);
    var states = initial.tensors();
    for (int i = 0; i < states.size(); i++) {
      parity.and("state%02d".formatted(i), states.get(i));
    }
    parity.checkAll(
        () -> {
          var output = layer.forward(x, initial, spans);
          var results = new ArrayList<>(List.of(output.hidden()));
          results.addAll(output.last().tensors());
          return results;
        },
        t -> kind.run(t, sequence));
  }

  private Recurrent<?> layer(TorchRecurrence kind, int inputSize) {
    return layer(kind, inputSize, HIDDEN);
  }

  private Recurrent<?> layer(TorchRecurrence kind, int inputSize, int hiddenSize) {
    return switch (kind) {
      case RNN_TANH -> new Rnn(inputSize, hiddenSize, random);
      case RNN_RELU -> new Rnn(new RnnCell(inputSize, hiddenSize, Activation.RELU, random));
      case LSTM -> new Lstm(inputSize, hiddenSize, random);
      case GRU -> new Gru(inputSize, hiddenSize, random);
    };
  }

  private Recurrent<?> bothWays(TorchRecurrence kind, int inputSize) {
    return bothWays(layer(kind, inputSize), layer(kind, inputSize));
  }

  @SuppressWarnings("unchecked") // both layers are of one kind
  private static <S extends RecurrentState<S>> Recurrent<?> bothWays(
      Recurrent<S> forward, Recurrent<?> backward) {
    return new Bidirectional<>(forward, (Recurrent<S>) backward);
  }

  @SuppressWarnings("unchecked") // both layers are of one kind
  private static <S extends RecurrentState<S>> Recurrent<?> twoOf(
      Recurrent<S> bottom, Recurrent<?> top) {
    return new Stacked<>(List.of(bottom, (Recurrent<S>) top), 0);
  }
}
