package sequor.tensor;

import sequor.kernels.Binary;

/// Comparing the numbers of two tensors, with broadcasting, and choosing between them.
///
/// A comparison gives 1 where it holds and 0 where it does not, and no gradient flows through it.
/// Such a tensor is a mask: what is not 0 counts as true.
public sealed interface Comparisons permits Arithmetic {
  private Tensor self() {
    return (Tensor) this;
  }

  /// 1 where `a = b`, else 0.
  default Tensor equalTo(Tensor b) {
    return Broadcasting.compare("equalTo", Binary.EQUAL, self(), b);
  }

  /// 1 where `a = b`, else 0.
  default Tensor equalTo(float b) {
    return equalTo(Tensor.of(b));
  }

  /// 1 where `a ≠ b`, else 0; NaN is, of itself too.
  default Tensor notEqualTo(Tensor b) {
    return Broadcasting.compare("notEqualTo", Binary.NOT_EQUAL, self(), b);
  }

  /// 1 where `a ≠ b`, else 0; NaN is, of itself too.
  default Tensor notEqualTo(float b) {
    return notEqualTo(Tensor.of(b));
  }

  /// 1 where `a < b`, else 0.
  default Tensor lessThan(Tensor b) {
    return Broadcasting.compare("lessThan", Binary.LESS, self(), b);
  }

  /// 1 where `a < b`, else 0.
  default Tensor lessThan(float b) {
    return lessThan(Tensor.of(b));
  }

  /// 1 where `a ≤ b`, else 0.
  default Tensor lessOrEqual(Tensor b) {
    return Broadcasting.compare("lessOrEqual", Binary.LESS_OR_EQUAL, self(), b);
  }

  /// 1 where `a ≤ b`, else 0.
  default Tensor lessOrEqual(float b) {
    return lessOrEqual(Tensor.of(b));
  }

  /// 1 where `a > b`, else 0.
  default Tensor greaterThan(Tensor b) {
    return Broadcasting.compare("greaterThan", Binary.GREATER, self(), b);
  }

  /// 1 where `a > b`, else 0.
  default Tensor greaterThan(float b) {
    return greaterThan(Tensor.of(b));
  }

  /// 1 where `a ≥ b`, else 0.
  default Tensor greaterOrEqual(Tensor b) {
    return Broadcasting.compare("greaterOrEqual", Binary.GREATER_OR_EQUAL, self(), b);
  }

  /// 1 where `a ≥ b`, else 0.
  default Tensor greaterOrEqual(float b) {
    return greaterOrEqual(Tensor.of(b));
  }

  /// 1 where a number is NaN, else 0.
  default Tensor isNan() {
    return notEqualTo(self());
  }

  /// This tensor where `mask` is not 0, else `other`, all three broadcast. The gradient goes to the
  /// one that was chosen.
  default Tensor where(Tensor mask, Tensor other) {
    return Op.apply(new Pointwise.Where(mask, self(), other));
  }

  /// `value` where `mask` is not 0, else this tensor, to whose shape the mask is broadcast.
  default Tensor maskedFill(Tensor mask, float value) {
    Check.mask("maskedFill", mask.shape(), self().shape());
    return Op.apply(new Pointwise.Where(mask, Tensor.of(value), self()));
  }

  /// [#allClose(Tensor, float, float)] with PyTorch's tolerances, 10⁻⁵ of the size and 10⁻⁸.
  default boolean allClose(Tensor other) {
    return allClose(other, 1e-5f, 1e-8f);
  }

  /// Whether everywhere `|a − b| ≤ absolute + relative·|b|`, `b` from `other`, with broadcasting.
  /// Infinities are close to themselves only, NaN to nothing.
  default boolean allClose(Tensor other, float relative, float absolute) {
    var shape = Check.broadcast("allClose", self().shape(), other.shape());
    float[] as = self().detach().expand(shape.dims()).toArray();
    float[] bs = other.detach().expand(shape.dims()).toArray();
    for (int i = 0; i < as.length; i++) {
      float off = Math.abs(as[i] - bs[i]);
      boolean close = Float.isFinite(off) && off <= absolute + Math.abs(relative * bs[i]);
      if (as[i] != bs[i] && !close) {
        return false;
      }
    }
    return true;
  }
}
