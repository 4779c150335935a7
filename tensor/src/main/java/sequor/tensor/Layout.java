package sequor.tensor;

import static sequor.tensor.Compute.KERNELS;

import java.util.Arrays;
import java.util.List;
import sequor.kernels.Copies.View;

/// Ops that put the same numbers in other places.
sealed interface Layout extends Op {

  @Override
  default List<Tensor> saved(Tensor y) {
    return List.of();
  }

  /// The same numbers, read in another shape.
  record Reshape(Tensor x, Shape shape) implements Layout {
    public Reshape {
      Check.reshape(x.shape(), shape);
    }

    /// `dims` with a −1 replaced by what is left over.
    static Shape inferred(Shape from, int... dims) {
      int[] known = dims.clone();
      int open = -1;
      long rest = 1;
      for (int axis = 0; axis < dims.length; axis++) {
        if (dims[axis] == -1) {
          if (open >= 0) {
            throw Check.wrong(
                "reshape: %s to %s — only one dim may be -1, to be worked out",
                from, Arrays.toString(dims));
          }
          open = axis;
        } else {
          rest *= dims[axis];
        }
      }
      if (open >= 0) {
        known[open] = rest == 0 ? 0 : (int) (from.size() / rest);
      }
      return Shape.of(known);
    }

    @Override
    public List<Tensor> inputs() {
      return List.of(x);
    }

    @Override
    public void forward(Tensor y) {
      // y shares the memory of x
    }

    @Override
    public void backward(Tensor y) {
      y.passGradientTo(x); // dx += dy
    }
  }

  /// Axes in a new order.
  record Permute(Tensor x, List<Integer> axes) implements Moving {
    public Permute {
      var sorted = axes.stream().sorted().toList();
      for (int axis = 0; axis < sorted.size() || axis < x.shape().rank(); axis++) {
        if (sorted.size() != x.shape().rank() || sorted.get(axis) != axis) {
          throw Check.wrong(
              "permute: axes %s of %s — name each axis once, from 0 to %d",
              axes, x.shape(), x.shape().rank() - 1);
        }
      }
    }

    @Override
    public Shape shape() {
      return Shape.of(axes.stream().mapToInt(x.shape()::dim).toArray());
    }

    @Override
    public View view() {
      int[] strides = x.shape().strides();
      int[] walked = axes.stream().mapToInt(axis -> strides[axis]).toArray();
      return new View(shape().dims(), 0, walked, 0, shape().strides());
    }
  }

  /// Part of one axis.
  record Slice(Tensor x, int axis, int from, int to) implements Moving {
    public Slice {
      Check.range("slice", x.shape(), axis, from, to);
    }

    @Override
    public Shape shape() {
      return x.shape().with(axis, to - from);
    }

    @Override
    public View view() {
      return slab(x.shape(), axis, from, shape());
    }
  }

  /// One axis backwards.
  record Flip(Tensor x, int axis) implements Moving {
    public Flip {
      Check.axis(x.shape(), axis);
    }

    @Override
    public Shape shape() {
      return x.shape();
    }

    @Override
    public View view() {
      int[] strides = x.shape().strides();
      int flipped = Check.axis(x.shape(), axis);
      int start = strides[flipped] * Math.max(x.dim(axis) - 1, 0);
      int[] walked = strides.clone();
      walked[flipped] = -strides[flipped];
      return new View(x.shape().dims(), start, walked, 0, strides);
    }
  }

  /// Repeated along some axes.
  record Expand(Tensor x, Shape shape) implements Moving {
    public Expand {
      if (!Check.broadcast("expand", x.shape(), shape).equals(shape)) {
        throw Check.wrong("expand: %s to %s — only axes of size 1 can grow", x.shape(), shape);
      }
    }

    @Override
    public View view() {
      return repeating(x.shape(), shape);
    }
  }

  /// Windows of one axis, with their numbers along a new last axis.
  record Unfold(Tensor x, int axis, int size, int step) implements Layout {
    public Unfold {
      int dim = x.dim(axis);
      if (size < 1 || size > dim || step < 1) {
        throw Check.wrong(
            "unfold: windows of %d, %d apart, along axis %d of %s — sizes run from 1 to %d, steps"
                + " from 1",
            size, step, axis, x.shape(), dim);
      }
    }

    @Override
    public List<Tensor> inputs() {
      return List.of(x);
    }

    @Override
    public Shape shape() {
      var windows = x.shape().with(axis, (x.dim(axis) - size) / step + 1);
      return windows.inserting(windows.rank(), size);
    }

    @Override
    public void forward(Tensor y) {
      for (int place = 0; place < size; place++) {
        KERNELS.copies().copy(x.data(), y.data(), view(place));
      }
    }

    /// Place by place, because windows overlap and the same place of all windows does not.
    @Override
    public void backward(Tensor y) { // dx[w·step + k] += dy[w,k]
      for (int place = 0; place < size; place++) {
        KERNELS.copies().add(y.required(), x.sink(), reversed(view(place)));
      }
    }

    /// From the numbers of `x` that stand at `place` in their windows.
    private View view(int place) {
      int windows = (x.dim(axis) - size) / step + 1;
      int inner = x.shape().inner(axis);
      return new View(
          new int[] {x.shape().outer(axis), windows, inner},
          place * inner,
          new int[] {x.dim(axis) * inner, step * inner, 1},
          place,
          new int[] {windows * inner * size, inner * size, size});
    }
  }

  /// Joined along one axis.
  record Concat(List<Tensor> parts, int axis) implements Layout {
    public Concat {
      joined(parts.stream().map(Tensor::shape).toList(), axis);
    }

    /// The shape of what is joined.
    static Shape joined(List<Shape> parts, int axis) {
      if (parts.isEmpty()) {
        throw Check.wrong("concat: nothing to join — give one tensor or more");
      }
      var first = parts.getFirst();
      int sum = 0;
      for (var part : parts) {
        if (part.rank() != first.rank() || !part.with(axis, first.dim(axis)).equals(first)) {
          throw Check.wrong(
              "concat: %s and %s along axis %d — all other axes must be equal", first, part, axis);
        }
        sum += part.dim(axis);
      }
      return first.with(axis, sum);
    }

    @Override
    public List<Tensor> inputs() {
      return parts;
    }

    @Override
    public Shape shape() {
      return joined(parts.stream().map(Tensor::shape).toList(), axis);
    }

    @Override
    public void forward(Tensor y) {
      int from = 0;
      for (var part : parts) {
        var there = slab(y.shape(), axis, from, part.shape());
        KERNELS.copies().copy(part.data(), y.data(), reversed(there));
        from += part.dim(axis);
      }
    }

    @Override
    public void backward(Tensor y) {
      int from = 0;
      for (var part : parts) {
        if (part.tracked()) { // dpart += its slab of dy
          var there = slab(y.shape(), axis, from, part.shape());
          KERNELS.copies().add(y.required(), part.sink(), there);
        }
        from += part.dim(axis);
      }
    }
  }

  /// What ops share that carry each number of the result from one place of one input.
  sealed interface Moving extends Layout {
    Tensor x();

    /// From places of the input to places of the result.
    View view();

    @Override
    default List<Tensor> inputs() {
      return List.of(x());
    }

    @Override
    default void forward(Tensor y) {
      KERNELS.copies().copy(x().data(), y.data(), view());
    }

    @Override
    default void backward(Tensor y) {
      KERNELS.copies().add(y.required(), x().sink(), reversed(view())); // dx[from] += dy[to]
    }
  }

  /// From the part of `whole` that starts at `from` along `axis` to a dense `part`.
  static View slab(Shape whole, int axis, int from, Shape part) {
    int[] strides = whole.strides();
    int start = from * strides[Check.axis(whole, axis)];
    return new View(part.dims(), start, strides, 0, part.strides());
  }

  /// From a tensor to a larger one that it is broadcast to.
  static View repeating(Shape small, Shape large) {
    int[] walked = new int[large.rank()];
    int[] strides = small.strides();
    int lead = large.rank() - small.rank();
    for (int axis = 0; axis < small.rank(); axis++) {
      walked[lead + axis] = small.dim(axis) == 1 ? 0 : strides[axis];
    }
    return new View(large.dims(), 0, walked, 0, large.strides());
  }

  /// From a tensor to a smaller one that was broadcast to it: a sum.
  static View summing(Shape large, Shape small) {
    return reversed(repeating(small, large));
  }

  static View reversed(View view) {
    return new View(view.dims(), view.yOffset(), view.yStrides(), view.xOffset(), view.xStrides());
  }

  /// `x` repeated as a whole along its axes.
  static Tensor repeat(Tensor x, int... times) {
    int[] dims = x.shape().dims();
    int lead = times.length - dims.length;
    if (lead < 0 || Arrays.stream(times).anyMatch(each -> each < 0)) {
      throw Check.wrong(
          "repeat: %s by %s — give one number, 0 or more, for each axis",
          x.shape(), Arrays.toString(times));
    }
    int[] apart = new int[2 * times.length]; // (1,d) for each axis
    int[] repeated = new int[2 * times.length]; // (times,d)
    int[] result = new int[times.length];
    for (int axis = 0; axis < times.length; axis++) {
      int dim = axis < lead ? 1 : dims[axis - lead];
      apart[2 * axis] = 1;
      repeated[2 * axis] = times[axis];
      apart[2 * axis + 1] = repeated[2 * axis + 1] = dim;
      result[axis] = times[axis] * dim;
    }
    return x.reshape(apart).expand(repeated).reshape(result);
  }

  static List<Integer> boxed(int... axes) {
    return Arrays.stream(axes).boxed().toList();
  }
}
