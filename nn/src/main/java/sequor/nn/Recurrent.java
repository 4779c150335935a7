package sequor.nn;

import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// A layer that reads a sequence step by step and carries a state.
///
/// Stacking and reading both ways are wrappers around it: [Stacked], [Bidirectional].
///
/// @param <S> the state it carries
public interface Recurrent<S extends RecurrentState<S>> extends NnModule {
  /// @param hidden (B,T,H) the hidden state after each step, 0 where a step is padding
  /// @param last the state after each row's last real step; an empty row keeps its initial state
  record Output<S>(Tensor hidden, S last) {}

  /// Reads `x` (B,T,D), of each row only the steps that are real, from the state `initial`.
  Output<S> forward(Tensor x, S initial, Spans spans);

  /// Reads `x` (B,T,D) from the zero state.
  default Output<S> forward(Tensor x, Spans spans) {
    return forward(x, zeroState(x.dim(0)), spans);
  }

  /// Reads every step of `x` (B,T,D) from the state `initial`.
  default Output<S> forward(Tensor x, S initial) {
    return forward(x, initial, Spans.full(x.dim(0), x.dim(1)));
  }

  /// Reads every step of `x` (B,T,D) from the zero state.
  default Output<S> forward(Tensor x) {
    return forward(x, Spans.full(x.dim(0), x.dim(1)));
  }

  /// Reads `x` (B,T,D) for the state after each row's last real step alone, which saves writing the
  /// hidden states on the way.
  default S last(Tensor x, S initial, Spans spans) {
    return forward(x, initial, spans).last();
  }

  /// The same, from the zero state.
  default S last(Tensor x, Spans spans) {
    return last(x, zeroState(x.dim(0)), spans);
  }

  /// The state before anything was read.
  S zeroState(int batch);

  /// The size H of the hidden states that it gives.
  int hiddenSize();

  /// A layer of the same parameters that reads each row from its last real step to its first.
  Recurrent<S> reversed();

  /// The parameters, with a suffix that says where in a larger layer this one stands: `_l0`,
  /// `_l1_reverse`.
  Parts parts(String suffix);

  @Override
  default Parts parts() {
    return parts("_l0");
  }
}
