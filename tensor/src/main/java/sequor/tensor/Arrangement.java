package sequor.tensor;

import java.util.ArrayList;
import java.util.List;

/// How a tensor's numbers are rearranged and looked up; every method gives a new tensor, and all
/// but [#reshape] copy the numbers.
public sealed interface Arrangement permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// The same numbers in another shape of the same size; one dim may be −1, to be worked out. The
  /// result shares this tensor's memory.
  default Tensor reshape(int... dims) {
    return Op.apply(new Layout.Reshape(self(), Layout.Reshape.inferred(self().shape(), dims)));
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

  /// The places `from` (inclusive) to `to` (exclusive) of one axis.
  default Tensor slice(int axis, int from, int to) {
    return Op.apply(new Layout.Slice(self(), axis, from, to));
  }

  /// One place of one axis, which disappears.
  default Tensor select(int axis, int index) {
    Check.index("select", self().shape(), axis, index);
    var one = slice(axis, index, index + 1);
    return one.reshape(self().shape().without(axis).dims());
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

  /// This tensor repeated until it has the shape `dims`, by the rules of broadcasting.
  default Tensor expand(int... dims) {
    return Op.apply(new Layout.Expand(self(), Shape.of(dims)));
  }

  /// One axis read backwards.
  default Tensor flip(int axis) {
    return Op.apply(new Layout.Flip(self(), axis));
  }

  /// Rows of this table (V,D) by id: an embedding. // (…,D)
  default Tensor embedding(Ids ids) {
    return embedding(ids, -1);
  }

  /// The same, with one row that never learns (−1 for none).
  default Tensor embedding(Ids ids, int paddingIndex) {
    var rows = new Lookup.Embedding(self(), ids, paddingIndex);
    return Op.apply(rows).withLookup(rows);
  }

  /// One number of each row of (…,C), by its place. // (…)
  default Tensor pick(Ids places) {
    return Op.apply(new Lookup.Pick(self(), places));
  }
}
