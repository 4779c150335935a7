package sequor.tensor;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sequor.kernels.Ints;

/// Whole numbers that name things: tokens, classes, rows of a table. They have a shape as a tensor
/// has, and no arithmetic.
public final class Ids {
  private final Shape shape;
  private final int[] values;
  private @Nullable Ints ints;

  private Ids(Shape shape, int[] values) {
    Check.values(shape, values.length);
    this.shape = shape;
    this.values = values;
  }

  /// Ids of the shape `dims`, row-major; without `dims` a vector.
  public static Ids of(int[] values, int... dims) {
    return of(values, dims.length == 0 ? Shape.of(values.length) : Shape.of(dims));
  }

  /// Ids of the given shape, row-major.
  public static Ids of(int[] values, Shape shape) {
    return new Ids(shape, values.clone());
  }

  /// What a kernel wrote.
  static Ids of(Ints ints, Shape shape) {
    int[] values = new int[shape.size()];
    ints.read(values);
    return new Ids(shape, values);
  }

  /// The numbers from 0 to `n` (exclusive).
  public static Ids arange(int n) {
    return arange(0, n);
  }

  /// The numbers from `from` (inclusive) to `to` (exclusive); none if `to` is not above `from`.
  public static Ids arange(int from, int to) {
    int[] values = new int[Math.clamp((long) to - from, 0, Integer.MAX_VALUE - 64)];
    for (int i = 0; i < values.length; i++) {
      values[i] = from + i;
    }
    return new Ids(Shape.of(values.length), values);
  }

  public Shape shape() {
    return shape;
  }

  /// The id at one place.
  public int get(int... index) {
    return values[shape.offset(index)];
  }

  /// How many places hold this id.
  public int count(int id) {
    return (int) Arrays.stream(values).filter(value -> value == id).count();
  }

  /// A copy of all ids, row-major.
  public int[] toArray() {
    return values.clone();
  }

  // Rearranged

  /// The same ids in another shape of the same size; one dim may be −1, to be worked out.
  public Ids reshape(int... dims) {
    var other = Layout.Reshape.inferred(shape, dims);
    Check.reshape(shape, other);
    return new Ids(other, values);
  }

  /// This shape without one axis, which must have size 1.
  public Ids squeeze(int axis) {
    return new Ids(Check.squeezed("squeeze", shape, axis), values);
  }

  /// A new axis of size 1 before `axis`, which may be one past the last; −1 puts it at the end.
  public Ids unsqueeze(int axis) {
    return new Ids(shape.inserting(axis, 1), values);
  }

  /// The places `from` (inclusive) to `to` (exclusive) of one axis; negative ones count from the
  /// end.
  public Ids slice(int axis, int from, int to) {
    int first = Check.fromEnd(shape, axis, from);
    int end = Check.fromEnd(shape, axis, to);
    Check.range("slice", shape, axis, first, end);
    var part = shape.with(axis, end - first);
    int length = (end - first) * shape.inner(axis);
    int whole = shape.dim(axis) * shape.inner(axis);
    int[] cut = new int[part.size()];
    for (int o = 0; o < shape.outer(axis); o++) {
      System.arraycopy(values, o * whole + first * shape.inner(axis), cut, o * length, length);
    }
    return new Ids(part, cut);
  }

  /// One place of one axis, which disappears; −1 is the last.
  public Ids select(int axis, int index) {
    int place = Check.fromEnd(shape, axis, index);
    Check.index("select", shape, axis, place);
    return slice(axis, place, place + 1).squeeze(axis);
  }

  /// One axis read backwards.
  public Ids flip(int axis) {
    int dim = shape.dim(axis);
    int inner = shape.inner(axis);
    int[] flipped = new int[values.length];
    for (int row = 0; row < shape.outer(axis) * dim; row++) {
      int mirrored = row / dim * dim + (dim - 1 - row % dim);
      System.arraycopy(values, row * inner, flipped, mirrored * inner, inner);
    }
    return new Ids(shape, flipped);
  }

  /// Ids joined along an axis that they have.
  public static Ids concat(int axis, List<Ids> parts) {
    var joined = Layout.Concat.joined(parts.stream().map(Ids::shape).toList(), axis);
    int inner = joined.inner(axis);
    int whole = joined.dim(axis) * inner;
    int[] values = new int[joined.size()];
    int from = 0;
    for (var part : parts) {
      int length = part.shape.dim(axis) * inner;
      for (int o = 0; o < joined.outer(axis); o++) {
        System.arraycopy(part.values, o * length, values, o * whole + from, length);
      }
      from += length;
    }
    return new Ids(joined, values);
  }

  /// In training each id gives way to another one with a probability that depends on it, and
  /// without a tape that trains none does: what word dropout is.
  ///
  /// @param rates from 0 to 1, by id
  /// @param other what stands where an id gave way
  public Ids replacedAtRandom(float[] rates, int other) {
    Check.ids("replacedAtRandom", this, rates.length);
    var random = Tape.random();
    if (random == null) {
      return this;
    }
    int[] some = values.clone();
    for (int i = 0; i < some.length; i++) {
      some[i] = random.nextFloat() < rates[some[i]] ? other : some[i];
    }
    return new Ids(shape, some);
  }

  // As numbers

  /// The same numbers as a tensor; those beyond 2²⁴ are rounded.
  public Tensor toFloat() {
    float[] numbers = new float[values.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = values[i];
    }
    return Tensor.of(numbers, shape);
  }

  /// For each id a row of zeros with a 1 at its place. // (…,classes)
  public Tensor oneHot(int classes) {
    if (classes < 0) {
      throw Check.wrong("oneHot: expected 0 or more classes, got %d; give their number", classes);
    }
    Check.ids("oneHot", this, classes);
    var rows = shape.inserting(shape.rank(), classes);
    float[] ones = new float[rows.size()];
    for (int i = 0; i < values.length; i++) {
      ones[i * classes + values[i]] = 1;
    }
    return Tensor.of(ones, rows);
  }

  int[] values() {
    return values;
  }

  /// The ids in the kernels' memory, brought there once.
  Ints ints() {
    var there = ints;
    if (there == null) {
      there = Compute.KERNELS.memory().ints(values);
      ints = there;
    }
    return there;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Ids ids && shape.equals(ids.shape) && Arrays.equals(values, ids.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Ids" + shape + Arrays.toString(values);
  }
}
