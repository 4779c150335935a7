package sequor.tensor;

import java.util.Arrays;

/// Every rule about shapes, in one place, with what it says when it is broken.
final class Check {
  private Check() {}

  static TensorException wrong(String message, Object... arguments) {
    return new TensorException(message.formatted(arguments));
  }

  static TapeException state(String message, Object... arguments) {
    return new TapeException(message.formatted(arguments));
  }

  /// The number of elements, refused where it does not fit an array.
  static int size(int... dims) {
    return size(dims, 0, dims.length);
  }

  /// The same of the axes `from` (inclusive) to `to` (exclusive).
  static int size(int[] dims, int from, int to) {
    long size = 1;
    for (int axis = from; axis < to; axis++) {
      int dim = dims[axis];
      if (dim < 0) {
        throw wrong("shape: sizes are 0 or more, got %d; compute it before the call", dim);
      }
      size *= dim;
      if (size > Integer.MAX_VALUE - 64) {
        throw wrong(
            "shape: at most %d numbers fit one tensor, got %s; use a smaller batch",
            Integer.MAX_VALUE - 64, Arrays.toString(dims));
      }
    }
    return (int) size;
  }

  /// The axis counted from 0.
  static int axis(Shape shape, int axis) {
    int rank = shape.rank();
    if (rank == 0) {
      throw wrong("axis: () is a single number and has no axes, got %d", axis);
    }
    if (axis < -rank || axis >= rank) {
      throw wrong(
          "axis: %s has axes %d to %d (or -1 for the last), got %d", shape, 0, rank - 1, axis);
    }
    return axis < 0 ? axis + rank : axis;
  }

  static void values(Shape shape, int length) {
    if (shape.size() != length) {
      throw wrong(
          "tensor: %s holds %d numbers, got %d; give one number a place",
          shape, shape.size(), length);
    }
  }

  static void same(String op, Shape a, Shape b) {
    if (!a.equals(b)) {
      throw wrong("%s: %s and %s — both must have the same shape", op, a, b);
    }
  }

  static void mask(String op, Shape mask, Shape shape) {
    if (!broadcast(op, mask, shape).equals(shape)) {
      throw wrong(
          "%s: a mask %s for %s — the mask must broadcast to the tensor's shape; expand the tensor",
          op, mask, shape);
    }
  }

  /// The shape that `a` and `b` take together, lined up at their last axes.
  static Shape broadcast(String op, Shape a, Shape b) {
    if (a.equals(b)) {
      return a;
    }
    int rank = Math.max(a.rank(), b.rank());
    int[] dims = new int[rank];
    for (int i = 1; i <= rank; i++) {
      int left = i <= a.rank() ? a.dim(-i) : 1;
      int right = i <= b.rank() ? b.dim(-i) : 1;
      if (left != right && left != 1 && right != 1) {
        throw wrong(
            "%s: %s and %s — sizes lined up from the last axis must be equal or 1 (%d ≠ %d);"
                + " reshape one of them so that its axes line up",
            op, a, b, left, right);
      }
      dims[rank - i] = left == 1 ? right : left;
    }
    return Shape.of(dims);
  }

  static void matmul(Shape a, Shape b, boolean transposeB) {
    String op = transposeB ? "matmulTransposed" : "matmul";
    if (a.rank() < 1 || b.rank() < 1) {
      throw wrong("%s: %s · %s — both need an axis; multiply by a number with times", op, a, b);
    }
    int k = transposeB || b.rank() == 1 ? b.dim(-1) : b.dim(-2);
    if (a.dim(-1) != k) {
      boolean turned = b.rank() > 1 && a.dim(-1) == b.dim(transposeB ? -2 : -1);
      throw wrong(
          "%s: %s · %s — last dim of the first must equal %s dim of the second (%d ≠ %d)%s",
          op,
          a,
          b,
          transposeB ? "last" : "first",
          a.dim(-1),
          k,
          !turned ? "" : transposeB ? "; did you mean matmul?" : "; did you mean b.transpose()?");
    }
    for (int axis = 3; axis <= Math.min(a.rank(), b.rank()); axis++) {
      if (a.dim(-axis) != b.dim(-axis) && a.dim(-axis) != 1 && b.dim(-axis) != 1) {
        throw wrong(
            "%s: %s · %s — axes before the last two, lined up from the right, must be equal or 1"
                + " (%d ≠ %d); reshape one of them so that its axes line up",
            op, a, b, a.dim(-axis), b.dim(-axis));
      }
    }
  }

  static void linear(Shape x, Shape weight) {
    if (weight.rank() != 2 || x.rank() < 1 || x.dim(-1) != weight.dim(1)) {
      throw wrong(
          "linear: %s into a weight of %s — the last dim of the input must be the layer's input"
              + " size, the weight's second dim",
          x, weight);
    }
  }

  static void linear(Shape x, Shape weight, Shape bias) {
    linear(x, weight);
    if (!bias.equals(Shape.of(weight.dim(0)))) {
      throw wrong("linear: bias %s — must be (%d) for weight %s", bias, weight.dim(0), weight);
    }
  }

  static void convolution(
      Shape x, Shape weight, Shape bias, int stride, int padding, int dilation) {
    convolution(x, weight, bias);
    if (stride < 1 || padding < 0 || dilation < 1) {
      throw wrong(
          "conv1d: stride %d, padding %d, dilation %d — stride and dilation are 1 or more, padding"
              + " 0 or more",
          stride, padding, dilation);
    }
    long reach = dilation * (weight.dim(2) - 1L) + 1;
    if (reach > x.dim(1) + 2L * padding) {
      throw wrong(
          "conv1d: a kernel of %d steps, %d apart, over %s — it reaches over %d steps, more than the"
              + " %d with padding; pad more, or leave out short sequences",
          weight.dim(2), dilation, x, reach, x.dim(1) + 2L * padding);
    }
    convolutionFits(x, weight, 2L * padding + reach);
  }

  /// One that gives a window for each real step.
  static void convolution(Shape x, Shape weight, Shape bias, int dilation, Spans spans) {
    convolution(x, weight, bias);
    if (dilation < 1) {
      throw wrong("conv1d: dilation %d — it is 1 or more", dilation);
    }
    if (spans.batch() != x.dim(0) || spans.steps() != x.dim(1)) {
      throw wrong(
          "conv1d: spans of %d rows and %d steps for an input %s — both must be its own",
          spans.batch(), spans.steps(), x);
    }
    convolutionFits(x, weight, dilation * (weight.dim(2) - 1L) + 1);
  }

  private static void convolution(Shape x, Shape weight, Shape bias) {
    if (x.rank() != 3 || weight.rank() != 3 || x.dim(2) != weight.dim(1)) {
      throw wrong(
          "conv1d: %s with a weight of %s — needs an input (B,T,D) and a weight (O,D,K)",
          x, weight);
    }
    if (bias.size() > 0 && !bias.equals(Shape.of(weight.dim(0)))) {
      throw wrong("conv1d: bias %s — must be (%d) for weight %s", bias, weight.dim(0), weight);
    }
    if (weight.dim(2) == 0) {
      throw wrong("conv1d: weight %s — a window sees a step at least", weight);
    }
  }

  /// What is laid out for the windows, or for those of a gradient, must fit an array.
  private static void convolutionFits(Shape x, Shape weight, long more) {
    long most = x.dim(0) * (x.dim(1) + more) * Math.max(x.dim(2), weight.dim(0));
    if (most > Integer.MAX_VALUE - 64) {
      throw wrong(
          "conv1d: weight %s over %s — at most %d numbers fit one array (%d needed); use a smaller"
              + " batch",
          weight, x, Integer.MAX_VALUE - 64, most);
    }
  }

  /// What a recurrent layer works on must fit arrays, where no tensor's shape says so.
  ///
  /// @param gates G, of an input (B,T,D) and states of width `h`
  /// @param recorded whether there will be a backward pass, which needs the gates of every step
  /// @param table (V,D) where the input was looked up in it, and is projected row by row, or (0,D)
  static void recurrence(int gates, Shape x, int h, boolean recorded, Shape table) {
    long places = (long) x.dim(0) * x.dim(1);
    long d = x.dim(2);
    long padded = Math.ceilDiv(h, 16) * 16L; // to whole vectors of the widest kind, as kernels do
    long most = recorded ? places * Math.max((long) gates * h, d + h) : places;
    if (most > Integer.MAX_VALUE - 64) {
      throw wrong(
          "recurrence: %d steps of an input %s with %d gates of %d — at most %d numbers fit one"
              + " array (%d needed); use a smaller batch, or windows that hand on their state",
          places, x, gates, h, Integer.MAX_VALUE - 64, most);
    }
    long weights = Math.max(Math.max(d, h), table.dim(0)) * (gates * padded + 48);
    if (weights > Integer.MAX_VALUE - 64) {
      throw wrong(
          "recurrence: %d gates of %d over an input %s — at most %d numbers fit one array (%d"
              + " needed); use a smaller layer or table",
          gates, h, x, Integer.MAX_VALUE - 64, weights);
    }
  }

  /// A sequence (B,T,H) whose rows are real where `spans` says so.
  static void sequence(String what, Shape shape, Spans spans) {
    if (shape.rank() != 3) {
      throw wrong("%s: must be (B,T,H), got %s", what, shape);
    }
    if (spans.batch() != shape.dim(0) || spans.steps() != shape.dim(1)) {
      throw wrong(
          "%s: spans of %d rows and %d steps for %s — both must be its own",
          what, spans.batch(), spans.steps(), shape);
    }
  }

  static void reshape(Shape from, Shape to) {
    if (from.size() != to.size()) {
      throw wrong(
          "reshape: %s to %s — both must hold as many numbers (%d ≠ %d)",
          from, to, from.size(), to.size());
    }
  }

  static void range(String op, Shape shape, int axis, int from, int to) {
    int dim = shape.dim(axis);
    if (from < 0 || to < from || to > dim) {
      throw wrong(
          "%s: %d to %d of axis %d of %s — needs 0 ≤ from ≤ to ≤ %d",
          op, from, to, axis, shape, dim);
    }
  }

  static void index(String op, Shape shape, int axis, int index) {
    int dim = shape.dim(axis);
    if (index < 0 || index >= dim) {
      throw wrong(
          "%s: place %d of axis %d of %s — places run from 0 to %d",
          op, index, axis, shape, dim - 1);
    }
  }

  /// A place of an axis counted from its start, where a negative one counts from its end.
  static int fromEnd(Shape shape, int axis, int place) {
    return place < 0 ? place + shape.dim(axis) : place;
  }

  static Shape squeezed(String op, Shape shape, int axis) {
    if (shape.dim(axis) != 1) {
      throw wrong(
          "%s: axis %d of %s — only an axis of size 1 can go; select one of its places",
          op, axis, shape);
    }
    return shape.without(axis);
  }

  static Shape flattened(Shape shape, int from, int to) {
    if (shape.rank() == 0) {
      return Shape.of(1);
    }
    int first = axis(shape, from);
    int last = axis(shape, to);
    if (first > last) {
      throw wrong(
          "flatten: axes %d to %d of %s — the first must not lie behind the last", from, to, shape);
    }
    int[] dims = shape.dims();
    int[] flat = new int[dims.length - (last - first)];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = i <= first ? dims[i] : dims[i + last - first];
    }
    for (int i = first + 1; i <= last; i++) {
      flat[first] *= dims[i];
    }
    return Shape.of(flat);
  }

  static Shape expanded(Shape shape, int... dims) {
    int[] known = dims.clone();
    int lead = dims.length - shape.rank();
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] == -1) {
        if (i < lead) {
          throw wrong(
              "expand: %s to %s — only an axis that is there can stay as it is, not a new one",
              shape, Arrays.toString(dims));
        }
        known[i] = shape.dim(i - lead);
      }
    }
    return Shape.of(known);
  }

  /// Ids that name places of one axis, number by number.
  static void along(String op, Shape shape, int axis, Ids ids) {
    var places = ids.shape();
    int named = axis(shape, axis);
    boolean fits = places.rank() == shape.rank();
    for (int i = 0; fits && i < shape.rank(); i++) {
      fits = i == named || places.dim(i) == shape.dim(i);
    }
    if (!fits) {
      throw wrong(
          "%s: ids %s along axis %d of %s — the ids must have its rank and, but for that axis, its"
              + " sizes; use unsqueeze, or slice what is longer",
          op, places, axis, shape);
    }
    ids(op, ids, shape.dim(axis));
  }

  static void notEmpty(String op, Shape shape, int axis) {
    if (shape.dim(axis) == 0) {
      throw wrong("%s: axis %d of %s is empty; it has no largest", op, axis, shape);
    }
  }

  static void ids(String op, Ids ids, int count) {
    for (int id : ids.values()) {
      if (id < 0 || id >= count) {
        throw wrong(
            "%s: id %d — ids run from 0 to %d; was it made with another vocabulary?",
            op, id, count - 1);
      }
    }
  }

  static void offsets(String op, Ids ids, Ids offsets) {
    if (ids.shape().rank() != 1 || offsets.shape().rank() != 1) {
      throw wrong(
          "%s: ids %s with offsets %s — give vectors: all ids, and where each bag begins",
          op, ids.shape(), offsets.shape());
    }
    int before = 0;
    for (int b = 0; b < offsets.values().length; b++) {
      int offset = offsets.values()[b];
      if (offset < before || offset > ids.shape().size() || (b == 0 && offset != 0)) {
        throw wrong(
            "%s: offset %d of bag %d — the first is 0, none is less than the one before, and there"
                + " are %d ids",
            op, offset, b, ids.shape().size());
      }
      before = offset;
    }
    if (offsets.shape().size() == 0 && ids.shape().size() > 0) {
      throw wrong("%s: %d ids and no bag — give the offset 0", op, ids.shape().size());
    }
  }

  static void targets(Shape logits, Ids targets, int ignored) {
    if (logits.rank() < 1 || !logits.without(-1).equals(targets.shape())) {
      throw wrong(
          "cross-entropy: logits %s with targets %s — the targets must have the logits' shape"
              + " without its last axis, the classes",
          logits, targets.shape());
    }
    int classes = logits.dim(-1);
    for (int target : targets.values()) {
      if (target != ignored && (target < 0 || target >= classes)) {
        throw wrong(
            "cross-entropy: target %d — classes run from 0 to %d; give rows to leave out the"
                + " ignored index (%d)",
            target, classes - 1, ignored);
      }
    }
  }

  static void dropout(float p) {
    if (!(p >= 0 && p < 1)) {
      throw wrong("dropout: p must be at least 0 and less than 1, got %s", p);
    }
  }

  static void shape(String what, Shape got, int... dims) {
    if (!got.equals(Shape.of(dims))) {
      throw wrong("%s: must be %s, got %s", what, Shape.of(dims), got);
    }
  }
}
