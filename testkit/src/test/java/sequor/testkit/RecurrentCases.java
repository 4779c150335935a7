package sequor.testkit;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import sequor.kernels.Recurrences.Cell;
import sequor.tensor.Recurrence;
import sequor.tensor.Recurrence.Output;
import sequor.tensor.Recurrence.State;
import sequor.tensor.Recurrence.Weights;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// The fused recurrence: every cell, padding and direction.
final class RecurrentCases {
  static final int BATCH = 4;
  static final int STEPS = 5;
  private static final int INPUT = 3;
  private static final int HIDDEN = 3;

  private RecurrentCases() {}

  /// All inputs of one run.
  record Inputs(Cell cell, Tensor x, Weights weights, State initial, Spans spans, boolean reverse) {
    static Inputs of(Cell cell, Spans spans, boolean reverse) {
      var random = new Generators(31);
      int width = cell.gates() * HIDDEN;
      var weights =
          new Weights(
              random.tensor(width, INPUT).times(0.3f),
              random.tensor(width, HIDDEN).times(0.3f),
              bias(cell, random.tensor(width)),
              random.tensor(width).times(0.3f));
      var h = random.tensor(BATCH, HIDDEN).times(0.5f);
      var initial = cell == Cell.LSTM ? new State(h, random.tensor(BATCH, HIDDEN)) : State.of(h);
      return new Inputs(cell, random.tensor(BATCH, STEPS, INPUT), weights, initial, spans, reverse);
    }

    /// Keeps relu away from its kink: some units are always on, the last one always off.
    private static Tensor bias(Cell cell, Tensor random) {
      return cell == Cell.RNN_RELU ? Tensor.of(new float[] {6, 8, -8}) : random;
    }

    Output run() {
      return Recurrence.run(cell, x, weights, initial, spans, reverse);
    }

    Map<String, Tensor> named() {
      var named = new LinkedHashMap<String, Tensor>();
      named.put("x", x);
      named.put("weight_ih", weights.inputs());
      named.put("weight_hh", weights.hidden());
      named.put("bias_ih", weights.inputBias());
      named.put("bias_hh", weights.hiddenBias());
      named.put("h0", initial.h());
      if (cell == Cell.LSTM) {
        named.put("c0", initial.c());
      }
      return named;
    }
  }

  /// Spans of a batch of 4 rows and 5 steps.
  static Map<String, Spans> spans() {
    var spans = new LinkedHashMap<String, Spans>();
    spans.put("full", Spans.full(BATCH, STEPS));
    spans.put("right", Spans.right(new int[] {5, 3, 1, 2}, STEPS));
    spans.put("left", Spans.left(new int[] {5, 3, 1, 2}, STEPS));
    spans.put("empty", Spans.right(new int[] {0, 0, 0, 0}, STEPS));
    spans.put("mixed", Spans.of(new int[] {1, 0, 3, 2}, new int[] {4, 5, 3, 3}, STEPS));
    return spans;
  }

  /// Every cell with every kind of spans in both directions.
  static Stream<Inputs> inputs() {
    return Arrays.stream(Cell.values())
        .flatMap(
            cell ->
                spans().values().stream()
                    .flatMap(
                        spans ->
                            Stream.of(false, true)
                                .map(reverse -> Inputs.of(cell, spans, reverse))));
  }

  static Stream<OpCase> all() {
    return Stream.concat(whole(), parts());
  }

  /// Gradients that come in through the hidden states and the last states together.
  private static Stream<OpCase> whole() {
    return inputs()
        .map(
            in -> {
              var rows = new StringBuilder();
              for (int row = 0; row < BATCH; row++) {
                rows.append(" %d-%d".formatted(in.spans().start(row), in.spans().end(row)));
              }
              var name = "%s%s%s".formatted(in.cell(), rows, in.reverse() ? " reversed" : "");
              return new OpCase(name, () -> joined(in.run()), required(in));
            });
  }

  /// Gradients that come in through one of the results alone.
  private static Stream<OpCase> parts() {
    var in = Inputs.of(Cell.LSTM, spans().getOrDefault("mixed", Spans.full(BATCH, STEPS)), false);
    return Stream.of(
        new OpCase("LSTM, hidden alone", () -> in.run().hidden(), required(in)),
        new OpCase("LSTM, last hidden alone", () -> in.run().last().h(), required(in)),
        new OpCase("LSTM, last cell alone", () -> in.run().last().c(), required(in)),
        OpCase.of("LSTM, only h0 learns", () -> joined(in.run())).with("h0", in.initial().h()),
        sums(in.weights(), in.initial().h()));
  }

  private static OpCase sums(Weights weights, Tensor h) {
    var x = new Generators(33).tensor(BATCH, INPUT);
    return OpCase.of("sums of one step", () -> Recurrence.sums(weights, x, h))
        .with("x", x)
        .with("h", h)
        .with("weight_ih", weights.inputs())
        .with("weight_hh", weights.hidden())
        .with("bias_ih", weights.inputBias())
        .with("bias_hh", weights.hiddenBias());
  }

  private static Map<String, Tensor> required(Inputs in) {
    in.named().values().forEach(x -> x.requiresGrad(true));
    return in.named();
  }

  private static Tensor joined(Output output) {
    var parts = List.of(output.hidden(), output.last().h(), output.last().c());
    return Tensor.concat(0, parts.stream().map(part -> part.reshape(-1)).toList());
  }
}
