package sequor.tensor;

import static sequor.tensor.Compute.KERNELS;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sequor.kernels.Floats;

/// The gradient that has arrived at one tensor: of all its numbers, or, of a table, of the rows
/// that were looked up alone.
final class Gradient {
  private static final List<RowGradient> NO_PARTS = List.of(); // what nearly all tensors have

  private final Shape shape;
  private @Nullable Floats dense;
  private List<RowGradient> parts = NO_PARTS; // of few rows, the larger first
  private @Nullable Floats spare; // a parameter's, between one step and the next

  Gradient(Shape shape) {
    this.shape = shape;
  }

  boolean isThere() {
    return dense != null || !parts.isEmpty();
  }

  /// The gradient of all numbers, if it is stored so.
  @Nullable Floats dense() {
    return dense;
  }

  /// The gradient of a few rows, if it is stored so.
  @Nullable RowGradient rows() {
    while (parts.size() > 1) {
      joinLast();
    }
    return parts.isEmpty() ? null : parts.getFirst();
  }

  private void joinLast() {
    var last = parts.removeLast();
    parts.add(parts.removeLast().plus(last, shape));
  }

  /// The gradient of all numbers, which must be there.
  Floats required() {
    var numbers = dense;
    var few = rows();
    if (few != null) {
      throw Check.wrong(
          "grad: the gradient of %s is a sparse one of %d rows — take these rows, change them, and"
              + " put them back (InPlace.takeRows, putRows)",
          shape, few.rows().shape().size());
    }
    if (numbers == null) {
      throw Check.wrong(
          "grad: %s has no gradient — run backward on a loss that depends on it; a computed"
              + " tensor needs retainGrad() before that",
          shape);
    }
    return numbers;
  }

  /// The numbers as they are stored: all, or those of a few rows …
  Floats stored() {
    var few = rows();
    return few == null ? required() : few.values();
  }

  /// … and how many these are.
  int storedSize() {
    var few = rows();
    return few == null ? shape.size() : few.size(shape.dim(1));
  }

  /// Writes the gradient of all numbers.
  void copyTo(Floats target) {
    var few = rows();
    if (few == null) {
      KERNELS.elementwise().affine(required(), target, 1, 0, shape.size());
    } else {
      KERNELS.elementwise().fill(target, 0, shape.size());
      few.addTo(target, shape.dim(1));
    }
  }

  /// The buffer that gradients are added into.
  ///
  /// @param recorded whether the tensor was computed on a tape, which lends the buffer
  Floats sink(boolean recorded) {
    var sink = dense;
    if (sink == null) {
      sink = recorded ? Tape.memory().zeros(shape.size()) : own();
      dense = sink;
      for (var few : parts) {
        few.addTo(sink, shape.dim(1));
      }
      parts = NO_PARTS;
    }
    return sink;
  }

  private Floats own() {
    var kept = spare;
    if (kept == null) {
      return KERNELS.memory().floats(shape.size());
    }
    KERNELS.elementwise().fill(kept, 0, shape.size());
    return kept;
  }

  /// Adds the gradient of a look-up to that of a few rows. Gradients of as many rows are joined at
  /// once, so that many look-ups cost what sorting their rows costs, and not each time all before.
  void addRows(LookedUp rows) {
    parts = parts.isEmpty() ? new ArrayList<>() : parts;
    parts.add(RowGradient.of(rows, shape));
    while (parts.size() > 1 && count(parts.size() - 2) <= 2 * count(parts.size() - 1)) {
      joinLast();
    }
  }

  private int count(int part) {
    return parts.get(part).rows().shape().size();
  }

  /// Takes a buffer for the gradient.
  void adopt(Floats numbers) {
    dense = numbers;
  }

  /// Hands the buffer over and has none any more.
  Floats handOver() {
    var numbers = required();
    dense = null;
    return numbers;
  }

  /// Forgets the gradient and keeps its memory for the next.
  void clear() {
    if (dense != null) {
      spare = dense;
    }
    dense = null;
    parts = NO_PARTS;
  }

  /// Forgets the gradient and its memory.
  void drop() {
    dense = null;
    parts = NO_PARTS;
    spare = null;
  }
}
