package sequor.nn;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import sequor.kernels.Copies;
import sequor.kernels.Floats;
import sequor.kernels.Ints;
import sequor.kernels.Kernels;
import sequor.kernels.Products;
import sequor.kernels.Rows;
import sequor.tensor.Buffers;
import sequor.tensor.CustomOp;
import sequor.tensor.Ids;
import sequor.tensor.Shape;
import sequor.tensor.Tensor;

/// The cross-entropies of a linear layer's logits, computed for some rows at a time, so that N · V
/// logits never stand in memory together: a vocabulary of 50,000 words learns in the memory of a
/// small one.
///
/// ```
/// z = x · Wᵀ + b,   y[n] = cross-entropy(z[n], t[n])
/// dz = dy · (softmax(z) − target),   dx = dz · W,   dW += dzᵀ · x,   db += Σ dz
/// ```
///
/// Where a gradient is sought, forward computes it at once, while it has the logits, for dy = 1:
/// losses are nearly always summed, with one dy for all, by which backward multiplies (Hsu et al.,
/// *Liger kernel: efficient Triton kernels for LLM training*, 2025, section 3.2). Where dy differs
/// from row to row, backward computes the logits again.
///
/// Letters: N rows, H input size, V classes.
///
/// @param x (N,H)
/// @param weight (V,H)
/// @param bias (V)
/// @param targets (N)
/// @param ignored rows with this target have the loss 0
/// @param smoothing ε, as in [CrossEntropyLoss]
/// @param atOnce how many rows are computed together
/// @param ahead what is known of the gradient after forward
record LinearCrossEntropy(
    Tensor x,
    Tensor weight,
    Tensor bias,
    Ids targets,
    int ignored,
    float smoothing,
    int atOnce,
    Ahead ahead)
    implements CustomOp {
  private static final Kernels KERNELS = Kernels.best();

  /// The gradients for dy = 1, if they were computed.
  static final class Ahead {
    private Optional<Sums> sums = Optional.empty();
  }

  /// Where gradients are added; none where nobody asks.
  private record Sums(Floats dx, Floats dw, Floats db) {}

  LinearCrossEntropy {
    boolean fit =
        x.shape().rank() == 2
            && weight.shape().rank() == 2
            && x.dim(1) == weight.dim(1)
            && bias.shape().equals(weight.shape().without(-1))
            && targets.shape().size() == x.dim(0);
    if (!fit) {
      throw new NnException(
          "linear cross-entropy: expected x (N,H), a weight (V,H), a bias (V) and N targets, got %s,"
                  .formatted(x.shape())
              + " %s, %s and %s; reshape them"
                  .formatted(weight.shape(), bias.shape(), targets.shape()));
    }
    if (!(smoothing >= 0 && smoothing <= 1)) {
      throw new NnException(
          "cross-entropy: expected a smoothing from 0 to 1, got %s; set another"
              .formatted(smoothing));
    }
    for (int target : targets.toArray()) {
      if (target != ignored && (target < 0 || target >= weight.dim(0))) {
        throw new NnException(
            "cross-entropy: expected targets from 0 to %d, or %d for those that are ignored, got %d; was it"
                    .formatted(weight.dim(0) - 1, ignored, target)
                + " made with another vocabulary?");
      }
    }
  }

  LinearCrossEntropy(
      Tensor x, Tensor weight, Tensor bias, Ids targets, int ignored, float smoothing, int atOnce) {
    this(x, weight, bias, targets, ignored, smoothing, atOnce, new Ahead());
    if (inputs().stream().anyMatch(Buffers::isSought)) {
      ahead.sums = Optional.of(new Sums(zeros(x), zeros(weight), zeros(bias)));
    }
  }

  private static Floats zeros(Tensor like) {
    if (!Buffers.isSought(like)) {
      return Floats.NONE;
    }
    var floats = Buffers.floats(like.shape().size());
    KERNELS.elementwise().fill(floats, 0, like.shape().size());
    return floats;
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(x, weight, bias);
  }

  @Override
  public Shape shape() {
    return Shape.of(rows());
  }

  @Override
  public List<Tensor> saved(Tensor y) {
    return List.of(x, weight, bias);
  }

  private int rows() {
    return x.dim(0);
  }

  private int size() {
    return weight.dim(1);
  }

  private int classes() {
    return weight.dim(0);
  }

  @Override
  public void forward(Tensor y) {
    try (var some = new Some(ahead.sums.isPresent())) {
      var losses = Buffers.floats(atOnce);
      var ones = Buffers.floats(atOnce);
      KERNELS.elementwise().fill(ones, 1, atOnce);
      for (int from = 0; from < rows(); from += atOnce) {
        int n = some.logits(from);
        KERNELS.rows().crossEntropy(some.logits, some.targets, Floats.NONE, losses, some.of(n));
        KERNELS.copies().copy(losses, Buffers.of(y), run(n, 0, from));
        if (ahead.sums.isPresent()) {
          some.backward(from, n, ones, ahead.sums.get());
        }
      }
      Buffers.release(ones);
      Buffers.release(losses);
    }
  }

  @Override
  public void backward(Tensor y) {
    var to = new Sums(Buffers.sink(x), Buffers.sink(weight), Buffers.sink(bias));
    float[] dy = y.grad().toArray();
    var same = same(dy);
    if (same.isPresent() && ahead.sums.isPresent()) {
      add(ahead.sums.get().dx, to.dx, same.get(), x);
      add(ahead.sums.get().dw, to.dw, same.get(), weight);
      add(ahead.sums.get().db, to.db, same.get(), bias);
      return;
    }
    try (var some = new Some(true)) {
      var losses = Buffers.floats(atOnce);
      for (int from = 0; from < rows(); from += atOnce) {
        int n = some.logits(from);
        KERNELS.copies().copy(Buffers.gradient(y), losses, run(n, from, 0));
        some.backward(from, n, losses, to);
      }
      Buffers.release(losses);
    }
  }

  private static void add(Floats ready, Floats to, float scale, Tensor like) {
    if (to != Floats.NONE) {
      KERNELS.elementwise().addScaled(ready, to, scale, like.shape().size());
    }
  }

  /// The dy of all rows that count, if it is one.
  private Optional<Float> same(float[] dy) {
    int[] right = targets.toArray();
    int first = 0;
    while (first < dy.length && right[first] == ignored) {
      first++;
    }
    for (int n = first + 1; n < dy.length; n++) {
      if (right[n] != ignored && dy[n] != dy[first]) {
        return Optional.empty();
      }
    }
    return Optional.of(first < dy.length ? dy[first] : 0);
  }

  /// `count` numbers in a row, from one place to another.
  private static Copies.View run(int count, int from, int to) {
    return new Copies.View(new int[] {count}, from, new int[] {1}, to, new int[] {1});
  }

  /// The rows that are computed together, and the memory for them.
  private final class Some implements AutoCloseable {
    final Floats rows = Buffers.floats(atOnce * size()); // (n,H)
    final Floats logits = Buffers.floats(Math.multiplyExact(atOnce, classes())); // (n,V)
    final Optional<Floats> gradients; // (n,V)
    Ints targets = Ints.NONE;

    Some(boolean backward) {
      gradients = backward ? Optional.of(Buffers.floats(atOnce * classes())) : Optional.empty();
    }

    Rows.Classes of(int n) {
      return new Rows.Classes(n, classes(), ignored, smoothing);
    }

    /// The logits of the rows from there on; returns how many they are.
    int logits(int from) {
      int n = Math.min(atOnce, rows() - from);
      KERNELS.copies().copy(Buffers.of(x), rows, run(n * size(), from * size(), 0));
      KERNELS
          .products()
          .linear(
              rows,
              Buffers.of(weight),
              Buffers.of(bias),
              logits,
              Products.Linear.of(n, size(), classes()));
      targets =
          KERNELS
              .memory()
              .ints(Arrays.copyOfRange(LinearCrossEntropy.this.targets.toArray(), from, from + n));
      return n;
    }

    /// Adds the gradients of the rows whose logits there are.
    ///
    /// @param losses dy // (n)
    void backward(int from, int n, Floats losses, Sums to) {
      int v = classes();
      var dz = gradients.orElseThrow();
      KERNELS.elementwise().fill(dz, 0, n * v);
      KERNELS.rows().crossEntropyBackward(logits, targets, Floats.NONE, losses, dz, of(n));
      if (to.dw != Floats.NONE) {
        var size = Products.Size.of(v, n, size()).transposingA().adding();
        KERNELS.products().matmul(dz, rows, to.dw, size);
      }
      if (to.db != Floats.NONE) { // a sum over the rows
        var sum = new Copies.View(new int[] {n, v}, 0, new int[] {v, 1}, 0, new int[] {0, 1});
        KERNELS.copies().add(dz, to.db, sum);
      }
      if (to.dx != Floats.NONE) { // last, for it takes the place of the rows
        KERNELS.products().matmul(dz, Buffers.of(weight), rows, Products.Size.of(n, v, size()));
        KERNELS.copies().add(rows, to.dx, run(n * size(), 0, from * size()));
      }
    }

    @Override
    public void close() {
      Buffers.release(rows);
      Buffers.release(logits);
      gradients.ifPresent(Buffers::release);
    }
  }
}
