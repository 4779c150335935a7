package sequor.tensor;

import static sequor.tensor.Compute.KERNELS;

import java.util.Arrays;
import java.util.List;
import sequor.kernels.Copies.View;

/// Ops that put the same numbers in other places.
sealed interface Layout extends Op {

  /// The same numbers, read in another shape.
  record Reshape(Tensor x, Shape shape) implements Layout {
    public Reshape {
      Check.reshape(x.shape(), shape);
    }

    /// `dims` with a −1 replaced by what is left over.
    static Shape inferred(Shape from, int... dims) {
      int[] known = dims.clone();
      int open = -1;
      int rest = 1;
      for (int axis = 0; axis < dims.length; axis++) {
        if (dims[axis] == -1 && open < 0) {
          open = axis;
        } else {
          rest *= dims[axis];
        }
      }
      if (open >= 0) {
        known[open] = rest == 0 ? 0 : from.size() / rest;
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

  /// Joined along one axis.
  record Concat(List<Tensor> parts, int axis) implements Layout {
    public Concat {
      if (parts.isEmpty()) {
        throw Check.wrong("concat: nothing to join — give one tensor or more");
      }
      var first = parts.getFirst().shape();
      for (var part : parts) {
        if (part.shape().rank() != first.rank()
            || !part.shape().with(axis, first.dim(axis)).equals(first)) {
          throw Check.wrong(
              "concat: %s and %s along axis %d — all other axes must be equal",
              first, part.shape(), axis);
        }
      }
    }

    @Override
    public List<Tensor> inputs() {
      return parts;
    }

    @Override
    public Shape shape() {
      int sum = parts.stream().mapToInt(part -> part.dim(axis)).sum();
      return parts.getFirst().shape().with(axis, sum);
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
  private static View slab(Shape whole, int axis, int from, Shape part) {
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

  static List<Integer> boxed(int... axes) {
    return Arrays.stream(axes).boxed().toList();
  }
}
