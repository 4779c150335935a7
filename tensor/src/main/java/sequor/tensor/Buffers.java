package sequor.tensor;

import sequor.kernels.Floats;
import sequor.kernels.Ints;

/// The flat memory behind tensors, for an op with a kernel of its own: row-major numbers, without a
/// copy. A [CustomOp] that is made of tensor arithmetic does not need this.
///
/// ```java
/// record Cube(Tensor x) implements CustomOp {
///   public List<Tensor> inputs() { return List.of(x); }
///   public Shape shape() { return x.shape(); }
///   public List<Tensor> saved(Tensor y) { return List.of(x); }
///
///   public void forward(Tensor y) {
///     MyKernels.cube(Buffers.of(x), Buffers.of(y), x.shape().size());
///   }
///
///   public void backward(Tensor y) { // dx += dy · 3x²
///     MyKernels.addCubeGradient(
///         Buffers.of(x), Buffers.gradient(y), Buffers.sink(x), x.shape().size());
///   }
/// }
/// ```
///
/// A buffer may be longer than its tensor's shape says. Inside `forward` only the result may be
/// written, inside `backward` only sinks; a write elsewhere is not noticed. Kernels that compute on
/// Java arrays find theirs by [sequor.kernels.HeapFloats#of].
public final class Buffers {
  private Buffers() {}

  /// The numbers of a tensor.
  public static Floats of(Tensor x) {
    return x.data();
  }

  /// The ids in the memory of the kernels.
  public static Ints of(Ids ids) {
    return ids.ints();
  }

  /// The gradient that has arrived at the result of an op, in its `backward`.
  public static Floats gradient(Tensor y) {
    return y.required();
  }

  /// Where to add the gradient of an input of an op, in its `backward`; [Floats#NONE] if it
  /// requires none.
  public static Floats sink(Tensor x) {
    return x.tracked() ? x.sink() : Floats.NONE;
  }

  /// Whether `backward` of an op that is made now will be asked for the gradient of this input, so
  /// that `forward` may prepare it. Not to be asked inside `forward`, where nothing is recorded.
  public static boolean isSought(Tensor x) {
    return Tape.records() && x.tracked();
  }

  /// A buffer of at least `length` numbers, with anything in it, which goes with the open tape:
  /// what `forward` keeps for `backward`, or works with.
  public static Floats floats(int length) {
    return Tape.memory().floats(length);
  }

  /// Gives a buffer of [#floats] back before its time.
  public static void release(Floats buffer) {
    Tape.memory().release(buffer);
  }
}
