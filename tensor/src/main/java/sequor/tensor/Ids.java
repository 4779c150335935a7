package sequor.tensor;

import java.util.Arrays;
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

  public Shape shape() {
    return shape;
  }

  /// The id at one place.
  public int get(int... index) {
    return values[Tensor.offset(shape, index)];
  }

  /// The same ids in another shape of the same size.
  public Ids reshape(int... dims) {
    Check.reshape(shape, Shape.of(dims));
    return new Ids(Shape.of(dims), values);
  }

  /// How many places hold this id.
  public int count(int id) {
    return (int) Arrays.stream(values).filter(value -> value == id).count();
  }

  /// A copy of all ids, row-major.
  public int[] toArray() {
    return values.clone();
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
