package sequor.tensor;

import java.util.List;
import java.util.Optional;
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
  private final Storage storage;
  private final @Nullable Tape owner; // with which this goes; null: nothing takes it back
  private final Gradient gradient;
  private boolean requiresGrad;
  private boolean sparseGrad;
  private boolean recorded;
  private boolean retainsGrad;
  private @Nullable LookUp lookUp;

  Tensor(Shape shape, Floats data, @Nullable Tape owner) {
    this(shape, new Storage(data), owner);
  }

  private Tensor(Shape shape, Storage storage, @Nullable Tape owner) {
    this.shape = shape;
    this.storage = storage;
    this.owner = owner;
    this.gradient = new Gradient(shape);
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
    tensor.storage.data().write(values);
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
    Compute.KERNELS.elementwise().fill(tensor.storage.data(), value, tensor.shape.size());
    return tensor;
  }

  /// The whole numbers from 0 to `n` (exclusive).
  public static Tensor arange(int n) {
    return Filling.arange(0, n, 1);
  }

  /// `from`, `from + step`, … as long as they are before `to`; none if the step leads away from it.
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
    return Filling.randn(random, Shape.of(dims));
  }

  /// Draws evenly from `low` (inclusive) to `high` (exclusive).
  public static Tensor uniform(RandomGenerator random, float low, float high, int... dims) {
    return Filling.uniform(random, low, high, Shape.of(dims));
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
    return data().get(shape.offset(index));
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
      gradient.drop();
    }
    return this;
  }

  /// Says that look-ups shall give this table a gradient of the rows that were looked up alone.
  /// Such a gradient costs what these rows cost, however large the table is, and an optimizer then
  /// leaves all other rows alone, their moments and their decay too. Returns this tensor.
  ///
  /// Whatever else a gradient comes from, such as a product with the table, makes it dense again.
  public Tensor sparseGrad(boolean sparse) {
    if (shape.rank() != 2) {
      throw Check.wrong("sparseGrad: only a table (V,D) has rows to look up, got %s", shape);
    }
    sparseGrad = sparse;
    return this;
  }

  public boolean sparseGrad() {
    return sparseGrad;
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
    return gradient.isThere();
  }

  /// Which rows of a table the gradient is about, in ascending order, if it is a sparse one: all
  /// other rows' is 0.
  public Optional<Ids> gradRows() {
    return Optional.ofNullable(gradient.rows()).map(RowGradient::rows);
  }

  /// The gradient of the loss with respect to this tensor, as a copy.
  ///
  /// @throws TensorException if there is none
  public Tensor grad() {
    checkUsable();
    var copy = Tape.memory().tensor(shape);
    gradient.copyTo(copy.storage.data());
    return copy;
  }

  /// Adds to this tensor's gradient, if one is required; for the backward of a [CustomOp].
  public void addGrad(Tensor more) {
    Check.same("addGrad", shape, more.shape);
    if (tracked()) {
      Compute.KERNELS.elementwise().addScaled(more.data(), sink(), 1, shape.size());
    }
  }

  /// Forgets the gradient; optimizers do so after each step.
  public void clearGrad() {
    if (requiresGrad) {
      gradient.clear();
    } else {
      gradient.drop();
    }
  }

  /// The same numbers in the same memory, through which no gradient flows.
  public Tensor detach() {
    checkUsable();
    return new Tensor(shape, storage, owner);
  }

  /// A copy that outlives the tape; no gradient flows through it.
  public Tensor copy() {
    var copy = zeros(shape);
    Compute.KERNELS.elementwise().affine(data(), copy.storage.data(), 1, 0, shape.size());
    return copy;
  }

  /// Overwrites all numbers in place. A tape that is recording does not follow: what comes after is
  /// refused by backward, if a gradient would have flowed here, but for changes in [Tape#noGrad].
  public void assign(Tensor values) {
    Check.same("assign", shape, values.shape);
    var source = values.data();
    Tape.noteIfCut(this, recorded || values.tracked());
    Compute.KERNELS.elementwise().affine(source, changed("assign"), 1, 0, shape.size());
  }

  /// Overwrites all numbers in place, row-major.
  public void assign(float[] values) {
    Check.values(shape, values.length);
    Tape.noteIfCut(this, recorded);
    changed("assign").write(values);
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
    checkUsable();
    return storage.data();
  }

  /// The numbers, to be changed in place: a backward pass that needs the old ones is refused.
  Floats changed(String by) {
    var data = data();
    storage.changing(by);
    return data;
  }

  Storage storage() {
    return storage;
  }

  private void checkUsable() {
    if (owner != null) {
      owner.checkUsable(shape);
    }
  }

  /// Whether the tape that this tensor was computed on has closed.
  boolean gone() {
    return owner != null && owner.closed();
  }

  /// Whether it belongs to a tape that is open on another thread.
  boolean onAnotherThread() {
    return owner != null && owner.onAnotherThread();
  }

  boolean tracked() {
    return recorded || (requiresGrad && Tape.seeks(this));
  }

  void track() {
    recorded = true;
  }

  /// Whether this was computed on a tape, which will pass its gradient on.
  boolean recorded() {
    return recorded;
  }

  /// What these numbers were looked up by.
  ///
  /// @param version of the result …
  /// @param tableVersion … and of the table when that was
  private record LookUp(Lookup.Embedding embedding, int version, int tableVersion) {}

  Tensor withLookup(Lookup.Embedding embedding) {
    lookUp = new LookUp(embedding, storage.version(), embedding.table().storage.version());
    return this;
  }

  /// The look-up that this tensor is the result of, if it is one and neither the result nor the
  /// table has changed since: then the table's rows hold the same numbers.
  Lookup.@Nullable Embedding lookup() {
    var made = lookUp;
    return made != null
            && made.version == storage.version()
            && made.tableVersion == made.embedding.table().storage.version()
        ? made.embedding
        : null;
  }

  boolean retainsGrad() {
    return retainsGrad;
  }

  Gradient gradient() {
    return gradient;
  }

  /// Lends the gradient of these rows, if it is stored so, to a tensor of just them.
  void giveGradTo(Tensor taken, Ids rows) {
    var mine = gradient.rows();
    if (mine != null && mine.rows().equals(rows)) {
      taken.gradient.adopt(mine.values());
    }
  }

  /// Adds the gradient of a look-up in this table.
  void addRows(LookedUp rows) {
    if (sparseGrad && !recorded && gradient.dense() == null) {
      gradient.addRows(rows);
    } else {
      rows.addTo(sink(), shape.dim(1));
    }
  }

  /// The buffer that gradients of this tensor are added into.
  Floats sink() {
    return gradient.sink(recorded);
  }

  /// The same numbers in the same memory, seen in another shape. While a tape is open the view goes
  /// with it as every result does, even where the memory is a parameter's and stays.
  Tensor viewedAs(Shape other) {
    checkUsable();
    return new Tensor(other, storage, owner == null ? Tape.current() : owner);
  }

  /// Passes this tensor's gradient on to `from`, of which it is a view.
  void passGradientTo(Tensor from) {
    if (from.gradient.dense() == null && from.recorded && !retainsGrad) {
      from.gradient.adopt(gradient.handOver());
    } else {
      Compute.KERNELS.elementwise().addScaled(required(), from.sink(), 1, shape.size());
    }
  }

  /// The gradient, which must be there.
  Floats required() {
    return gradient.required();
  }

  void releaseGradient(Memory memory) {
    if (gradient.dense() != null && !retainsGrad && !requiresGrad) {
      memory.release(gradient.handOver());
    }
  }
}
