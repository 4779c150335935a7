package sequor.tensor;

import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import sequor.kernels.Floats;

/// Float32 numbers with a shape, dense and row-major.
///
/// Arithmetic gives new tensors; only [#assign] and the optimizers change one in place. Shapes are
/// checked before anything is computed, and a [TensorException] says what does not fit. Two tensors
/// are broadcast against each other as in NumPy: lined up at their last axes, sizes must be equal
/// or one of them 1. What can be computed is in [Arithmetic] and, along axes, in [Reductions]; how
/// numbers are rearranged in [Arrangement], how they are looked up in [Indexing].
public final class Tensor implements Arithmetic, Reductions, Arrangement, Indexing {
  private final Shape shape;
  private final Floats data;
  private final @Nullable Tape owner; // with which this goes; null: nothing takes it back
  private @Nullable Floats gradient;
  private @Nullable Floats spareGradient; // a parameter's, between one step and the next
  private boolean requiresGrad;
  private boolean recorded;
  private boolean retainsGrad;
  private Lookup.@Nullable Embedding
      lookup; // what the numbers were looked up by, while they are those

  Tensor(Shape shape, Floats data, @Nullable Tape owner) {
    this.shape = shape;
    this.data = data;
    this.owner = owner;
  }

  // Making tensors

  /// The given numbers, row-major; without `dims` a vector.
  public static Tensor of(float[] values, int... dims) {
    return of(values, dims.length == 0 ? Shape.of(values.length) : Shape.of(dims));
  }

  /// The given numbers, row-major.
  public static Tensor of(float[] values, Shape shape) {
    Check.values(shape, values.length);
    var tensor = zeros(shape);
    tensor.data.write(values);
    return tensor;
  }

  /// A single number. // ()
  public static Tensor of(float value) {
    return full(value);
  }

  public static Tensor zeros(int... dims) {
    return zeros(Shape.of(dims));
  }

  private static Tensor zeros(Shape shape) {
    return new Tensor(shape, Compute.KERNELS.memory().floats(shape.size()), null);
  }

  public static Tensor ones(int... dims) {
    return full(1, dims);
  }

  public static Tensor full(float value, int... dims) {
    var tensor = zeros(dims);
    Compute.KERNELS.elementwise().fill(tensor.data, value, tensor.shape.size());
    return tensor;
  }

  /// The whole numbers from 0 to `n` (exclusive).
  public static Tensor arange(int n) {
    return Filling.arange(0, n, 1);
  }

  /// `from`, `from + step`, … as long as they are before `to`.
  public static Tensor arange(float from, float to, float step) {
    return Filling.arange(from, to, step);
  }

  /// `count` numbers evenly from `from` to `to`, both included.
  public static Tensor linspace(float from, float to, int count) {
    return Filling.linspace(from, to, count);
  }

  /// The identity matrix. // (n,n)
  public static Tensor eye(int n) {
    return Filling.eye(n);
  }

  /// Draws from the normal distribution with mean 0 and deviation 1.
  public static Tensor randn(RandomGenerator random, int... dims) {
    var shape = Shape.of(dims);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return of(values, shape);
  }

  /// Draws evenly from `low` (inclusive) to `high` (exclusive).
  public static Tensor uniform(RandomGenerator random, float low, float high, int... dims) {
    if (!(low < high)) {
      throw Check.wrong("uniform: from %s to %s — low must be less than high", low, high);
    }
    var shape = Shape.of(dims);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat(low, high);
    }
    return of(values, shape);
  }

  // Looking at them

  public Shape shape() {
    return shape;
  }

  public int dim(int axis) {
    return shape.dim(axis);
  }

  /// The number of a tensor that holds one.
  public float item() {
    if (shape.size() != 1) {
      throw Check.wrong("item: %s holds %d numbers; use toArray()", shape, shape.size());
    }
    return data().get(0);
  }

  /// The number at one place.
  public float get(int... index) {
    return data().get(offset(shape, index));
  }

  /// A copy of all numbers, row-major.
  public float[] toArray() {
    float[] values = new float[shape.size()];
    data().read(values);
    return values;
  }

  /// The shape and up to 8 numbers.
  @Override
  public String toString() {
    return Printing.of(this);
  }

  // Gradients and memory

  /// Says whether this tensor is a parameter, of which gradients are required; a frozen one is not,
  /// and forgets the gradient it has. Returns this tensor.
  ///
  /// @throws TensorException if it was computed on a tape
  public Tensor requiresGrad(boolean required) {
    if (recorded) {
      throw Check.wrong(
          "requiresGrad: this tensor was computed on a tape; copy() it first to make it a leaf");
    }
    requiresGrad = required;
    if (!required) {
      gradient = null;
      spareGradient = null;
    }
    return this;
  }

  public boolean requiresGrad() {
    return requiresGrad;
  }

  /// Keeps the gradient of a computed tensor readable after backward. Returns this tensor.
  public Tensor retainGrad() {
    retainsGrad = true;
    return this;
  }

  /// Whether a gradient has arrived since the last [#clearGrad].
  public boolean hasGrad() {
    return gradient != null;
  }

  /// The gradient of the loss with respect to this tensor, as a copy.
  ///
  /// @throws TensorException if there is none
  public Tensor grad() {
    checkOpen();
    var copy = Tape.memory().tensor(shape);
    Compute.KERNELS.elementwise().affine(required(), copy.data, 1, 0, shape.size());
    return copy;
  }

  /// Adds to this tensor's gradient, if anybody wants it; for the backward of a [CustomOp].
  public void addGrad(Tensor more) {
    Check.same("addGrad", shape, more.shape);
    if (tracked()) {
      Compute.KERNELS.elementwise().addScaled(more.data(), sink(), 1, shape.size());
    }
  }

  /// Forgets the gradient; optimizers do so after each step.
  public void clearGrad() {
    if (requiresGrad && gradient != null) {
      spareGradient = gradient;
    }
    gradient = null;
  }

  /// The same numbers in the same memory, through which no gradient flows.
  public Tensor detach() {
    return new Tensor(shape, data(), owner);
  }

  /// A copy that outlives the tape; no gradient flows through it.
  public Tensor copy() {
    return of(toArray(), shape);
  }

  /// Overwrites all numbers in place.
  public void assign(Tensor values) {
    Check.same("assign", shape, values.shape);
    changed();
    Compute.KERNELS.elementwise().affine(values.data(), data(), 1, 0, shape.size());
  }

  /// Overwrites all numbers in place, row-major.
  public void assign(float[] values) {
    Check.values(shape, values.length);
    changed();
    data().write(values);
  }

  /// To be called before numbers are overwritten in place.
  void changed() {
    lookup = null;
  }

  // Joining

  /// Tensors joined along an axis that they have.
  public static Tensor concat(int axis, List<Tensor> tensors) {
    return Op.apply(new Layout.Concat(List.copyOf(tensors), axis));
  }

  /// Tensors of one shape joined along a new axis.
  public static Tensor stack(int axis, List<Tensor> tensors) {
    return concat(
        axis,
        tensors.stream()
            .map(tensor -> tensor.reshape(tensor.shape().inserting(axis, 1).dims()))
            .toList());
  }

  // What ops and the tape use

  Floats data() {
    checkOpen();
    return data;
  }

  private void checkOpen() {
    if (gone()) {
      throw Check.wrong(
          "tensor: the memory of this %s went back to the pool when its tape closed — call copy()"
              + " before that on what you want longer",
          shape);
    }
  }

  /// Whether the tape that this tensor was computed on has closed.
  boolean gone() {
    return owner != null && owner.closed();
  }

  boolean tracked() {
    return requiresGrad || recorded;
  }

  void track() {
    recorded = true;
  }

  /// The look-up that this tensor is the result of, if it is one.
  Lookup.@Nullable Embedding lookup() {
    return lookup;
  }

  Tensor withLookup(Lookup.Embedding rows) {
    lookup = rows;
    return this;
  }

  boolean retainsGrad() {
    return retainsGrad;
  }

  @Nullable Floats gradient() {
    return gradient;
  }

  /// The buffer that gradients of this tensor are added into.
  Floats sink() {
    var sink = gradient;
    if (sink == null) {
      sink = recorded ? Tape.memory().zeros(shape.size()) : ownSink();
      gradient = sink;
    }
    return sink;
  }

  private Floats ownSink() {
    var spare = spareGradient;
    if (spare == null) {
      return Compute.KERNELS.memory().floats(shape.size());
    }
    Compute.KERNELS.elementwise().fill(spare, 0, shape.size());
    return spare;
  }

  /// The same numbers in the same memory, seen in another shape. While a tape is open the view goes
  /// with it as every result does, even where the memory is a parameter's and stays.
  Tensor viewedAs(Shape other) {
    return new Tensor(other, data(), owner == null ? Tape.current() : owner);
  }

  /// Passes this tensor's gradient on to `from`, of which it is a view.
  void passGradientTo(Tensor from) {
    if (from.gradient == null && from.recorded && !retainsGrad) {
      from.gradient = gradient;
      gradient = null;
    } else {
      Compute.KERNELS.elementwise().addScaled(required(), from.sink(), 1, shape.size());
    }
  }

  /// The gradient, which must be there.
  Floats required() {
    var numbers = gradient;
    if (numbers == null) {
      throw Check.wrong(
          "grad: %s has no gradient — run backward on a loss that depends on it; a computed"
              + " tensor needs retainGrad() before that",
          shape);
    }
    return numbers;
  }

  void releaseGradient(Tape.Memory memory) {
    if (gradient != null && !retainsGrad && !requiresGrad) {
      memory.release(gradient);
      gradient = null;
    }
  }

  static int offset(Shape shape, int... index) {
    if (index.length != shape.rank()) {
      throw Check.wrong("get: %s needs %d indices, got %d", shape, shape.rank(), index.length);
    }
    int[] strides = shape.strides();
    int offset = 0;
    for (int axis = 0; axis < index.length; axis++) {
      Check.index("get", shape, axis, index[axis]);
      offset += index[axis] * strides[axis];
    }
    return offset;
  }
}
