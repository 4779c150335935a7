package sequor.testkit.fuzz;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import sequor.tensor.Shape;

/// A tensor of the reference: which nodes of the [Trace] its numbers are, row-major.
final class Ref {
  private final Shape shape;
  private final int[] nodes;

  private Ref(Shape shape, int[] nodes) {
    this.shape = shape;
    this.nodes = nodes;
  }

  /// The tensor whose number at each place is the node given for it.
  static Ref of(Shape shape, IntUnaryOperator node) {
    int[] nodes = new int[shape.size()];
    for (int place = 0; place < nodes.length; place++) {
      nodes[place] = node.applyAsInt(place);
    }
    return new Ref(shape, nodes);
  }

  Shape shape() {
    return shape;
  }

  int node(int place) {
    return nodes[place];
  }

  int at(int... index) {
    return nodes[place(shape, index)];
  }

  int dim(int axis) {
    return shape.dim(axis);
  }

  int size() {
    return nodes.length;
  }

  /// How many rows the last axis is cut into.
  int rows() {
    return outer(shape, -1);
  }

  /// The nodes of one row of the last axis.
  int[] row(int row) {
    int length = dim(-1);
    return Arrays.copyOfRange(nodes, row * length, (row + 1) * length);
  }

  /// All nodes.
  int[] all() {
    return nodes.clone();
  }

  /// The index of a place in row-major order.
  static int[] index(Shape shape, int place) {
    int[] index = new int[shape.rank()];
    for (int axis = shape.rank() - 1, rest = place; axis >= 0; axis--) {
      index[axis] = rest % shape.dim(axis);
      rest /= shape.dim(axis);
    }
    return index;
  }

  /// The place of an index in row-major order.
  static int place(Shape shape, int... index) {
    int place = 0;
    for (int axis = 0; axis < index.length; axis++) {
      place = place * shape.dim(axis) + index[axis];
    }
    return place;
  }

  /// The place that is read at `index` of a larger shape when `shape` is broadcast to it.
  static int broadcastPlace(Shape shape, int... index) {
    int[] own = new int[shape.rank()];
    int lead = index.length - own.length;
    for (int axis = 0; axis < own.length; axis++) {
      own[axis] = shape.dim(axis) == 1 ? 0 : index[lead + axis];
    }
    return place(shape, own);
  }

  /// The shape that two are broadcast to.
  static Shape broadcast(Shape a, Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    int[] dims = new int[rank];
    for (int i = 1; i <= rank; i++) {
      int da = i <= a.rank() ? a.dim(-i) : 1;
      int db = i <= b.rank() ? b.dim(-i) : 1;
      dims[rank - i] = da == 1 ? db : da;
    }
    return Shape.of(dims);
  }

  /// Whether two can be broadcast against each other.
  static boolean fits(Shape a, Shape b) {
    for (int i = 1; i <= Math.min(a.rank(), b.rank()); i++) {
      if (a.dim(-i) != b.dim(-i) && a.dim(-i) != 1 && b.dim(-i) != 1) {
        return false;
      }
    }
    return true;
  }

  /// The product of the dims before `axis`.
  static int outer(Shape shape, int axis) {
    int end = axis < 0 ? axis + shape.rank() : axis;
    int product = 1;
    for (int i = 0; i < end; i++) {
      product *= shape.dim(i);
    }
    return product;
  }

  /// The product of the dims after `axis`.
  static int inner(Shape shape, int axis) {
    int start = axis < 0 ? axis + shape.rank() : axis;
    int product = 1;
    for (int i = start + 1; i < shape.rank(); i++) {
      product *= shape.dim(i);
    }
    return product;
  }
}
