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
/// steps share their rows, or only a few sequences walk, so that each step would read all weights
/// for next to nothing, all rows are projected before the walk. Both give the same bits.
///
/// @param weight `W_ihᵀ` in panels, to project with; null if that was done
/// @param projected all rows, projected
record InputProjection(Sequence sequence, @Nullable Panels weight, float[] projected) {
  private static final int FEW_ROWS = 4;

  /// Room for it.
  ///
  /// @param piece the number of the pass
  static InputProjection room(Scratch scratch, Sequence s, int piece) {
    int n = s.inputSums();
    if (s.ids.length == 0 && s.batch >= FEW_ROWS) {
      var weight = Panels.room(scratch, s.d, n, Scratch.Use.INPUT_WEIGHT, piece);
      return new InputProjection(s, weight, s.inputs);
    }
    return new InputProjection(
        s, null, scratch.floats(Scratch.Use.PROJECTED, piece, s.inputCount * n));
  }

  /// Packs the weights, or projects all rows.
  void fill() {
    var s = sequence;
    if (weight != null) {
      weight.fill(s.inputColumns());
    } else {
      var rows = Matrix.of(s.inputs, 0, s.d);
      int n = s.inputSums();
      new BlockedProduct(
              rows, s.inputColumns(), projected, 0, s.inputCount, s.d, n, InitialValue.row(s.bias))
          .run();
    }
  }

  /// The product that projects the rows that the active ones read.
  @Nullable StepProduct product(Scratch scratch, ActiveRows active) {
    var rows = Matrix.of(sequence.inputs, 0, sequence.d).only(active.read);
    return weight == null ? null : new StepProduct(scratch, rows, weight, active.read.length);
  }

  /// Fills the sums of the active rows with all that does not depend on the state.
  void begin(ActiveRows active, @Nullable StepProduct product, float[] sums) {
    float[] bias = sequence.bias;
    int n = sequence.inputSums();
    for (int i = 0; i < active.count; i++) {
      int at = i * bias.length;
      if (product == null) {
        System.arraycopy(projected, active.read[i] * n, sums, at, n);
        System.arraycopy(bias, n, sums, at + n, bias.length - n);
      } else {
        System.arraycopy(bias, 0, sums, at, bias.length);
      }
    }
    if (product != null) {
      product.addTo(sums, 0, bias.length, active.count);
    }
  }
}
