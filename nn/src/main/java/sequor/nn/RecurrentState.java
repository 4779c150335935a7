package sequor.nn;

import java.util.List;
import sequor.tensor.Tensor;

/// What a recurrent layer carries from step to step: passed in, returned, never stored.
///
/// @param <S> the state itself
public interface RecurrentState<S extends RecurrentState<S>> {
  /// The part that is the layer's output: the hidden state of the top layer, concatenated over
  /// directions. // (B,H)
  Tensor output();

  /// The [#output] of each layer, bottom to top. // (B,H) each
  default List<Tensor> outputs() {
    return List.of(output());
  }

  /// All tensors of the state, in a fixed order.
  List<Tensor> tensors();

  /// The same kind of state with other tensors, in the order of [#tensors].
  S with(List<Tensor> tensors);

  /// A copy that outlives the tape and through which no gradient flows: what truncated
  /// backpropagation carries to the next window.
  default S copy() {
    return with(tensors().stream().map(Tensor::copy).toList());
  }
}
