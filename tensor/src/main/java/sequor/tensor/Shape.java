package sequor.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;

/// The sizes of a tensor's axes, outermost first. The shape of a single number is `()`.
///
/// Axes are counted from 0; negative ones count from the end, so −1 is the last axis.
public final class Shape {
  private final int[] dims;
  private final int size;

  private Shape(int[] dims) {
    this.dims = dims;
    this.size = Check.size(dims);
  }

  /// @throws TensorException if a size is negative or the product exceeds the largest array
  public static Shape of(int... dims) {
    return new Shape(dims.clone());
  }

  public int rank() {
    return dims.length;
  }

  /// The size of one axis.
  public int dim(int axis) {
    return dims[Check.axis(this, axis)];
  }

  /// How many numbers a tensor of this shape holds.
  public int size() {
    return size;
  }

  /// The sizes as a new array.
  public int[] dims() {
    return dims.clone();
  }

  /// This shape with another size for one axis.
  public Shape with(int axis, int dim) {
    int[] changed = dims.clone();
    changed[Check.axis(this, axis)] = dim;
    return new Shape(changed);
  }

  /// This shape without one axis.
  public Shape without(int axis) {
    int dropped = Check.axis(this, axis);
    int[] rest = new int[dims.length - 1];
    System.arraycopy(dims, 0, rest, 0, dropped);
    System.arraycopy(dims, dropped + 1, rest, dropped, rest.length - dropped);
    return new Shape(rest);
  }

  /// This shape with an axis of the given size before `axis`, which may be one past the last.
  public Shape inserting(int axis, int dim) {
    int[] more = new int[dims.length + 1];
    int place = axis < 0 ? axis + more.length : axis;
    if (place < 0 || place >= more.length) {
      throw Check.wrong(
          "axis: a new axis of %s goes to %d to %d (or -1 for the end), got %d",
          this, 0, dims.length, axis);
    }
    System.arraycopy(dims, 0, more, 0, place);
    more[place] = dim;
    System.arraycopy(dims, place, more, place + 1, dims.length - place);
    return new Shape(more);
  }

  /// The axes before the last `count`, none where there are no more than these.
  Shape leading(int count) {
    return new Shape(Arrays.copyOf(dims, Math.max(0, dims.length - count)));
  }

  /// How many numbers lie before `axis`: the product of the sizes to its left.
  int outer(int axis) {
    return Check.size(dims, 0, Check.axis(this, axis));
  }

  /// How many numbers lie behind `axis`: the product of the sizes to its right.
  int inner(int axis) {
    return Check.size(dims, Check.axis(this, axis) + 1, dims.length);
  }

  /// Where the number at one place lies in row-major order.
  int offset(int... index) {
    if (index.length != dims.length) {
      throw Check.wrong("get: %s needs %d indices, got %d", this, dims.length, index.length);
    }
    int offset = 0;
    for (int axis = 0; axis < index.length; axis++) {
      Check.index("get", this, axis, index[axis]);
      offset = offset * dims[axis] + index[axis];
    }
    return offset;
  }

  /// The place that a number in row-major order has, such as `[1,2]`.
  public String index(int flat) {
    int[] index = new int[dims.length];
    int rest = flat;
    for (int axis = dims.length - 1; axis >= 0; axis--) {
      index[axis] = rest % dims[axis];
      rest /= dims[axis];
    }
    return Arrays.stream(index)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(",", "[", "]"));
  }

  /// How far apart in memory neighbours along each axis are.
  int[] strides() {
    int[] strides = new int[dims.length];
    int step = 1;
    for (int axis = dims.length - 1; axis >= 0; axis--) {
      strides[axis] = step;
      step *= dims[axis];
    }
    return strides;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  /// The sizes in brackets, such as `(64,19,100)`.
  @Override
  public String toString() {
    return Arrays.stream(dims).mapToObj(String::valueOf).collect(Collectors.joining(",", "(", ")"));
  }
}
