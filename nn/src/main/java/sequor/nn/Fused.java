package sequor.nn;

import java.util.List;
import sequor.tensor.Recurrence;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// A recurrent layer that is one operation over the whole sequence: what [Rnn], [Gru] and [Lstm]
/// share.
///
/// @param <S> the state it carries
abstract sealed class Fused<S extends RecurrentState<S>> implements Recurrent<S>
    permits Rnn, Gru, Lstm {
  private final RecurrentWeights weights;
  private final boolean reverse;

  Fused(RecurrentWeights weights, boolean reverse) {
    this.weights = weights;
    this.reverse = reverse;
  }

  /// The state as the operation takes it …
  abstract Recurrence.State bare(S state);

  /// … and as it gives it back.
  abstract S dressed(Recurrence.State state);

  @Override
  public final Output<S> forward(Tensor x, S initial, Spans spans) {
    var cell = weights.cell();
    var output =
        Recurrence.run(cell, x, weights.tensors(), bare(initial), spans, reverse); // (B,T,H)
    return new Output<>(output.hidden(), dressed(output.last()));
  }

  @Override
  public final S last(Tensor x, S initial, Spans spans) {
    var last = Recurrence.last(weights.cell(), x, List.of(direction(initial)), spans);
    return dressed(last.getFirst());
  }

  /// The same for this layer and `other`.
  final Bidirectional.State<S> last(
      Tensor x, Fused<S> other, Bidirectional.State<S> initial, Spans spans) {
    var both = List.of(direction(initial.forward()), other.direction(initial.backward()));
    var last = Recurrence.last(weights.cell(), x, both, spans);
    return new Bidirectional.State<>(dressed(last.get(0)), dressed(last.get(1)));
  }

  /// Reads `x` with this layer and with `other`, one of the same cell and size, at the same time.
  final Output<Bidirectional.State<S>> forward(
      Tensor x, Fused<S> other, Bidirectional.State<S> initial, Spans spans) {
    var cell = weights.cell();
    var output =
        Recurrence.runBoth(
            cell,
            x,
            direction(initial.forward()),
            other.direction(initial.backward()),
            spans); // (B,T,2H)
    var last = new Bidirectional.State<>(dressed(output.first()), dressed(output.second()));
    return new Output<>(output.hidden(), last);
  }

  private Recurrence.Direction direction(S initial) {
    return new Recurrence.Direction(weights.tensors(), bare(initial), reverse);
  }

  /// Whether the two can run at the same time.
  final boolean pairsWith(Fused<S> other) {
    return weights.cell() == other.weights.cell() && hiddenSize() == other.hiddenSize();
  }

  final RecurrentWeights weights() {
    return weights;
  }

  final boolean reverse() {
    return reverse;
  }

  @Override
  public final int hiddenSize() {
    return weights.hiddenSize();
  }

  @Override
  public final Parts parts(String suffix) {
    return weights.parts(suffix);
  }
}
