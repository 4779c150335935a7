package sequor.tensor;

import java.util.ArrayList;
import java.util.List;

/// How a tensor's numbers are rearranged; every method gives a new tensor. [#reshape], [#squeeze],
/// [#unsqueeze] and [#flatten] share this tensor's memory, all others copy the numbers.
public sealed interface Arrangement permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// The same numbers in another shape of the same size; one dim may be −1, to be worked out. The
  /// result shares this tensor's memory.
  default Tensor reshape(int... dims) {
    return reshaped(Layout.Reshape.inferred(self().shape(), dims));
  }

  private Tensor reshaped(Shape shape) {
    return Op.apply(new Layout.Reshape(self(), shape));
  }

  /// This shape without one axis, which must have size 1.
  default Tensor squeeze(int axis) {
    return reshaped(Check.squeezed("squeeze", self().shape(), axis));
  }

  /// A new axis of size 1 before `axis`, which may be one past the last; −1 puts it at the end.
  default Tensor unsqueeze(int axis) {
    return reshaped(self().shape().inserting(axis, 1));
  }

  /// The axes `from` to `to`, both inclusive, as one.
  default Tensor flatten(int from, int to) {
    return reshaped(Check.flattened(self().shape(), from, to));
  }

  /// The last two axes exchanged.
  default Tensor transpose() {
    return transpose(-2, -1);
  }

  /// Two axes exchanged.
  default Tensor transpose(int a, int b) {
    var shape = self().shape();
    int[] axes = new int[shape.rank()];
    for (int axis = 0; axis < axes.length; axis++) {
      axes[axis] = axis;
    }
    axes[Check.axis(shape, a)] = Check.axis(shape, b);
    axes[Check.axis(shape, b)] = Check.axis(shape, a);
    return permute(axes);
  }

  /// Axes in a new order: axis `i` of the result is axis `axes[i]` of this tensor.
  default Tensor permute(int... axes) {
    return Op.apply(new Layout.Permute(self(), List.copyOf(Layout.boxed(axes))));
  }

  /// The places `from` (inclusive) to `to` (exclusive) of one axis; negative ones count from the
  /// end, so that `slice(0, -2, x.dim(0))` are the last two.
  default Tensor slice(int axis, int from, int to) {
    int first = Check.fromEnd(self().shape(), axis, from);
    int end = Check.fromEnd(self().shape(), axis, to);
    return Op.apply(new Layout.Slice(self(), axis, first, end));
  }

  /// One place of one axis, which disappears; −1 is the last.
  default Tensor select(int axis, int index) {
    int place = Check.fromEnd(self().shape(), axis, index);
    Check.index("select", self().shape(), axis, place);
    return slice(axis, place, place + 1).squeeze(axis);
  }

  /// Equal parts of one axis, in order.
  default List<Tensor> split(int parts, int axis) {
    int dim = self().dim(axis);
    if (parts < 1 || dim % parts != 0) {
      throw Check.wrong(
          "split: axis %d of %s into %d — the parts must be equal", axis, self().shape(), parts);
    }
    var pieces = new ArrayList<Tensor>();
    for (int part = 0; part < parts; part++) {
      pieces.add(slice(axis, part * (dim / parts), (part + 1) * (dim / parts)));
    }
    return pieces;
  }

  /// This tensor repeated until it has the shape `dims`, by the rules of broadcasting; −1 leaves an
  /// axis as it is.
  default Tensor expand(int... dims) {
    return Op.apply(new Layout.Expand(self(), Check.expanded(self().shape(), dims)));
  }

  /// This tensor repeated as a whole, `times` along each axis; more numbers than axes make new axes
  /// in front.
  default Tensor repeat(int... times) {
    return Layout.repeat(self(), times);
  }

  /// Windows of `size` neighbours along one axis, which begin `step` apart: along the axis stand
  /// the windows, their numbers along a new last axis. What is too short for a window at the end is
  /// left out. // (B,T,D), axis 1 → (B,(T−size)/step+1,D,size)
  default Tensor unfold(int axis, int size, int step) {
    return Op.apply(new Layout.Unfold(self(), axis, size, step));
  }

  /// One axis read backwards.
  default Tensor flip(int axis) {
    return Op.apply(new Layout.Flip(self(), axis));
  }
}
