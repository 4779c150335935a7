package sequor.tensor;

import java.util.ArrayList;
import java.util.List;

/// One step of a computation that can be run forward and differentiated.
///
/// An op is a record of its inputs and settings. Its constructor checks their shapes, so an
/// ill-shaped op cannot exist; `forward` stands above `backward`, with the derivative as a formula.
///
/// Letters in the formulas: `y` the result, `dy` the gradient of the loss with respect to it.
public sealed interface Op
    permits Attending,
        Chain,
        Convolutional,
        CustomOp,
        Layout,
        Lookup,
        Pointwise,
        Product,
        Recurrent,
        Reduce,
        Rowwise,
        Scan {

  /// The tensors the result depends on.
  List<Tensor> inputs();

  /// The shape of the result.
  Shape shape();

  /// Computes the result into `y`, overwriting all of it.
  void forward(Tensor y);

  /// Adds to the gradient of each input, given `y` and its gradient.
  void backward(Tensor y);

  /// Those of the inputs and the result whose numbers [#backward] reads, all of them if an op does
  /// not say otherwise: one of these that is changed in between makes the gradient wrong, and is
  /// refused.
  default List<Tensor> saved(Tensor y) {
    var saved = new ArrayList<>(inputs());
    saved.add(y);
    return saved;
  }

  /// Whether a gradient has arrived, so that [#backward] has something to do.
  default boolean hasGradient(Tensor y) {
    return y.gradient().dense() != null;
  }

  /// The tensor that [#forward] fills; ops that only look at their input in another way share its
  /// memory.
  private Tensor result(Memory memory) {
    return this instanceof Layout.Reshape(Tensor x, Shape shape)
        ? x.viewedAs(shape)
        : memory.tensor(shape());
  }

  /// Runs an op: on the open tape, which remembers it if a gradient can flow through it, or without
  /// one.
  static Tensor apply(Op op) {
    return Tape.run(op, op.result(Tape.memory()), true);
  }

  /// Runs an op through which no gradient flows, such as a comparison.
  static Tensor compute(Op op) {
    return Tape.run(op, op.result(Tape.memory()), false);
  }
}
