package sequor.tensor;

import java.util.List;
import java.util.stream.IntStream;
import sequor.kernels.Floats;
import sequor.kernels.Recurrences.Cell;

/// Runs a recurrent cell over a whole padded sequence in one fused operation.
///
/// This is what the recurrent layers are made of; equations and gate order stand in
/// [sequor.kernels.Recurrences].
public final class Recurrence {
  private Recurrence() {}

  /// The parameters of one layer and direction, G gates.
  ///
  /// @param inputs `W_ih` (G·H,D)
  /// @param hidden `W_hh` (G·H,H)
  /// @param inputBias `b_ih` (G·H)
  /// @param hiddenBias `b_hh` (G·H)
  public record Weights(Tensor inputs, Tensor hidden, Tensor inputBias, Tensor hiddenBias) {}

  /// What the recurrence carries from step to step.
  ///
  /// @param h (B,H)
  /// @param c (B,H) for an LSTM, else (0)
  public record State(Tensor h, Tensor c) {
    /// The state of a cell that carries nothing but its hidden state.
    public static State of(Tensor h) {
      return new State(h, Tensor.zeros(0));
    }
  }

  /// One way of reading a sequence: with which parameters, from which state, and whether from right
  /// to left.
  public record Direction(Weights weights, State initial, boolean reverse) {}

  /// @param hidden (B,T,H) the hidden state after each step, 0 where a step is not real
  /// @param last the state after each row's last real step
  public record Output(Tensor hidden, State last) {}

  /// @param hidden (B,T,2H) the hidden states of the first direction beside those of the second
  /// @param first the state of the first after each row's last real step …
  /// @param second … and that of the second
  public record BothOutput(Tensor hidden, State first, State second) {}

  /// The sums that the gates of a cell are made of, `x · W_ihᵀ + b_ih + h · W_hhᵀ + b_hh`, for one
  /// step `x` (B,D) and state `h` (B,H): (B,G·H).
  public static Tensor sums(Weights weights, Tensor x, Tensor h) {
    return Op.apply(
        new Product.LinearSum(
            new Product.Linear(x, weights.inputs(), weights.inputBias()),
            new Product.Linear(h, weights.hidden(), weights.hiddenBias())));
  }

  /// Reads `x` (B,T,D) from left to right, or, `reverse`, from right to left.
  public static Output run(
      Cell cell, Tensor x, Weights weights, State initial, Spans spans, boolean reverse) {
    var direction = new Direction(weights, initial, reverse);
    var sequence = Recurrent.Sequence.of(cell, x, List.of(direction), spans);
    var hidden = Op.apply(sequence);
    return new Output(hidden, last(sequence, hidden, 0));
  }

  /// Reads `x` (B,T,D) in two directions at the same time, both of the same hidden size.
  public static BothOutput runBoth(
      Cell cell, Tensor x, Direction first, Direction second, Spans spans) {
    var sequence = Recurrent.Sequence.of(cell, x, List.of(first, second), spans);
    var hidden = Op.apply(sequence);
    return new BothOutput(hidden, last(sequence, hidden, 0), last(sequence, hidden, 1));
  }

  /// The states after each row's last real step, of each direction, without the ones on the way:
  /// where no gradient will be asked for, they are not even written down.
  public static List<State> last(Cell cell, Tensor x, List<Direction> directions, Spans spans) {
    var sequence = Recurrent.Sequence.of(cell, x, directions, spans);
    var places = IntStream.range(0, directions.size());
    if (Tape.willRecord(sequence)) {
      var hidden = Op.apply(sequence);
      return places.mapToObj(i -> last(sequence, hidden, i)).toList();
    }
    sequence.forward(Floats.NONE);
    return places.mapToObj(sequence::unrecordedLast).toList();
  }

  private static State last(Recurrent.Sequence sequence, Tensor hidden, int direction) {
    var h = Op.apply(new Recurrent.Last(sequence, hidden, direction, false));
    return sequence.cell() == Cell.LSTM
        ? new State(h, Op.apply(new Recurrent.Last(sequence, hidden, direction, true)))
        : State.of(h);
  }
}
