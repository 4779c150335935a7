package sequor.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One axis or several of a tensor, to be reduced as one: neighbours are merged by a view, others
/// brought together by a copy.
///
/// @param x the tensor with these axes merged
/// @param axis where the merged axis is
/// @param kept the shape of the result with a 1 for each of these axes
record Axes(Tensor x, int axis, Shape kept) {

  /// An op that makes one number of many along one axis, which disappears.
  @FunctionalInterface
  interface Reduction {
    Tensor over(Tensor x, int axis);
  }

  /// The axes named, or all where none is.
  static Axes of(String op, Tensor x, int... axes) {
    return of(op, x, false, axes);
  }

  /// The same, brought to the end.
  static Axes last(String op, Tensor x, int... axes) {
    return of(op, x, true, axes);
  }

  private static Axes of(String op, Tensor x, boolean atTheEnd, int... axes) {
    var shape = x.shape();
    int rank = shape.rank();
    boolean[] reduced = reduced(op, shape, axes);
    var rest = new ArrayList<Integer>();
    var merged = new ArrayList<Integer>();
    int[] kept = shape.dims();
    int size = 1;
    for (int axis = 0; axis < rank; axis++) {
      (reduced[axis] ? merged : rest).add(axis);
      if (reduced[axis]) {
        size *= kept[axis];
        kept[axis] = 1;
      }
    }
    if (merged.size() == 1 && !(atTheEnd && merged.getFirst() < rank - 1)) {
      return new Axes(x, merged.getFirst(), Shape.of(kept));
    }
    int first = merged.isEmpty() ? 0 : merged.getFirst();
    boolean neighbours = merged.isEmpty() || merged.getLast() - first == merged.size() - 1;
    if (!neighbours || (atTheEnd && first + merged.size() < rank)) {
      first = rest.size();
      x = x.permute(order(rest, merged));
    }
    int[] dims = new int[rest.size() + 1];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = i < first ? shape.dim(rest.get(i)) : i == first ? size : shape.dim(rest.get(i - 1));
    }
    return new Axes(x.reshape(dims), first, Shape.of(kept));
  }

  /// Which axes are named, or all where none is.
  private static boolean[] reduced(String op, Shape shape, int... axes) {
    boolean[] reduced = new boolean[shape.rank()];
    if (axes.length == 0) {
      Arrays.fill(reduced, true);
    }
    for (int axis : axes) {
      int place = Check.axis(shape, axis);
      if (reduced[place]) {
        throw Check.wrong(
            "%s: axes %s of %s — name each axis once", op, Arrays.toString(axes), shape);
      }
      reduced[place] = true;
    }
    return reduced;
  }

  /// How many numbers are reduced to one.
  static int size(String op, Shape shape, int... axes) {
    boolean[] reduced = reduced(op, shape, axes);
    int size = 1;
    for (int axis = 0; axis < reduced.length; axis++) {
      size *= reduced[axis] ? shape.dim(axis) : 1;
    }
    return size;
  }

  /// Refuses axes that hold nothing.
  static void notEmpty(String op, Shape shape, int... axes) {
    boolean[] reduced = reduced(op, shape, axes);
    for (int axis = 0; axis < reduced.length; axis++) {
      if (reduced[axis]) {
        Check.notEmpty(op, shape, axis);
      }
    }
  }

  private static int[] order(List<Integer> rest, List<Integer> merged) {
    var order = new ArrayList<>(rest);
    order.addAll(merged);
    return order.stream().mapToInt(axis -> axis).toArray();
  }

  Tensor reduce(boolean keepDim, Reduction reduction) {
    var y = reduction.over(x, axis);
    return keepDim ? y.reshape(kept.dims()) : y;
  }
}
