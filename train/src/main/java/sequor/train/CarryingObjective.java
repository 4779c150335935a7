package sequor.train;

import java.util.List;
import sequor.tensor.Tensor;

/// A task whose batches are windows of one long sequence: the state at the end of a window is where
/// the next begins, and the gradient is cut between them. That is truncated backpropagation through
/// time (Williams and Peng 1990).
///
/// ```java
/// public Carried loss(Batch window, List<Tensor> state) {
///   var zero = lstm.zeroState(window.batch());
///   var start = state.isEmpty() ? zero : zero.with(state);
///   var output = lstm.forward(embed(window), start, window.spans());
///   return new Carried(lossOf(output.hidden(), window), output.last().tensors());
/// }
/// ```
///
/// The state belongs to the [Trainer]: it copies it, cuts the gradient, saves it in checkpoints and
/// drops it at the end of an epoch.
///
/// @param <B> a batch
public interface CarryingObjective<B> extends Objective<B> {
  /// The loss of one window, and the state that the next starts from.
  ///
  /// @param state what this gave for the window before; empty for the first of an epoch
  @Override
  Carried loss(B batch, List<Tensor> state);

  @Override
  default Tensor loss(B batch) {
    return loss(batch, List.of()).loss();
  }
}
