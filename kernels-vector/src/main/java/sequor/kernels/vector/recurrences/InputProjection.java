package sequor.kernels.vector.recurrences;

import org.jspecify.annotations.Nullable;
import sequor.kernels.vector.products.BlockedProduct;
import sequor.kernels.vector.products.InitialValue;
import sequor.kernels.vector.products.Matrix;
import sequor.kernels.vector.products.Panels;
import sequor.kernels.vector.products.StepProduct;
import sequor.kernels.vector.simd.Scratch;

/// How the input reaches the sums of a step: `W_ih · input` and all that the sums start with.
///
/// Usually each step projects its own rows, because what is not written need not be read. Where
/// steps share their rows, all of these are projected before the walk. And where only a few
/// sequences walk, so that each step would read all weights for next to nothing, many steps are
/// projected at a time. All give the same bits.
///
/// @param weight `W_ihᵀ` in panels, for each step to project with; null if rows are projected
///   before
/// @param projected the rows that are projected before: all, or those of a window of steps
/// @param window how many steps are projected at a time; 0 if all rows are before the walk, or each
///   step's with it
record InputProjection(Sequence sequence, @Nullable Panels weight, float[] projected, int window) {
  /// From so many rows on each step projects its own. Fewer are a single block.
  private static final int FEW_ROWS = 4;

  private static final int WINDOW_FLOATS = 1 << 18; // 1 MiB, in the second cache
  private static final int FEWEST_STEPS = 64; // to read all weights for

  /// Room for it.
  ///
  /// @param piece the number of the pass
  static InputProjection room(Scratch scratch, Sequence s, int piece) {
    int n = s.inputSums();
    if (s.ids.length == 0 && s.batch >= FEW_ROWS) {
      var weight = Panels.room(scratch, s.d, n, Scratch.Use.INPUT_WEIGHT, piece);
      return new InputProjection(s, weight, s.inputs, 0);
    }
    int most = Math.max(WINDOW_FLOATS / (s.batch * n), FEWEST_STEPS);
    int window = s.ids.length > 0 || s.steps <= most ? 0 : most;
    int rows = window == 0 ? s.inputCount : s.batch * window;
    float[] projected = scratch.floats(Scratch.Use.PROJECTED, piece, rows * n);
    return new InputProjection(s, null, projected, window);
  }

  /// Packs the weights, or projects all rows.
  void fill() {
    var s = sequence;
    if (weight != null) {
      weight.fill(s.inputColumns());
    } else if (window == 0) {
      project(Matrix.of(s.inputs, 0, s.d), s.inputCount);
    }
  }

  private void project(Matrix rows, int count) {
    var s = sequence;
    var start = InitialValue.row(s.bias);
    new BlockedProduct(rows, s.inputColumns(), projected, 0, count, s.d, s.inputSums(), start)
        .run();
  }

  /// What fills the sums of a block at each step.
  Reader reader(Scratch scratch, ActiveRows active) {
    var rows = Matrix.of(sequence.inputs, 0, sequence.d).only(active.read);
    return new Reader(
        active, weight == null ? null : new StepProduct(scratch, rows, weight, active.read.length));
  }

  /// Fills the sums of the active rows of a block with all that does not depend on the state.
  final class Reader {
    private final ActiveRows active;
    private final @Nullable StepProduct product;
    private int projectedFrom; // the first step of the window that is projected …
    private int projectedTo; // … and the one after the last

    private Reader(ActiveRows active, @Nullable StepProduct product) {
      this.active = active;
      this.product = product;
    }

    void begin(float[] sums) {
      float[] bias = sequence.bias;
      if (product != null) {
        for (int i = 0; i < active.count; i++) {
          System.arraycopy(bias, 0, sums, i * bias.length, bias.length);
        }
        product.addTo(sums, 0, bias.length, active.count);
        return;
      }
      int n = sequence.inputSums();
      int t = active.time();
      if (window > 0 && (t < projectedFrom || t >= projectedTo)) {
        projectWindow(t);
      }
      for (int i = 0; i < active.count; i++) {
        int at = i * bias.length;
        int row = window == 0 ? active.read[i] : active.batchRow(i) * window + t - projectedFrom;
        System.arraycopy(projected, row * n, sums, at, n);
        System.arraycopy(bias, n, sums, at + n, bias.length - n);
      }
    }

    /// Projects the window of steps that begins, in reading order, with step `t`.
    private void projectWindow(int t) {
      var s = sequence;
      projectedFrom = s.reverse ? Math.max(0, t + 1 - window) : Math.min(t, s.steps - window);
      projectedTo = projectedFrom + window;
      int[] rows = new int[s.batch * window];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = s.read(i / window, projectedFrom + i % window);
      }
      project(Matrix.of(s.inputs, 0, s.d).only(rows), rows.length);
    }
  }
}
