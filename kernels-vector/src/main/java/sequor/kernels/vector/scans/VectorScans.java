package sequor.kernels.vector.scans;

import sequor.kernels.Floats;
import sequor.kernels.Recurrences.Span;
import sequor.kernels.Scans;

/// Linear recurrences: one number of a state in each lane.
public final class VectorScans implements Scans {
  @Override
  public void linear(Floats a, Floats b, Floats initial, Floats hidden, Span span, Size size) {
    new LinearForward(a, b, initial, hidden, span, size).run();
  }

  @Override
  public void linearBackward(
      Floats a,
      Floats initial,
      Floats hidden,
      Floats dHidden,
      LinearGradients gradients,
      Span span,
      Size size) {
    new LinearBackward(a, initial, hidden, dHidden, gradients, span, size).run();
  }

  @Override
  public void diagonal(
      Floats u, Modes modes, Floats initial, Floats y, Floats last, Span span, Size size) {
    new DiagonalForward(u, modes, initial, y, last, new Places(span, size)).run();
  }

  @Override
  public void diagonalBackward(
      Floats u,
      Modes modes,
      Floats initial,
      FromAbove above,
      DiagonalGradients gradients,
      Span span,
      Size size) {
    new DiagonalBackward(u, modes, initial, above, gradients, new Places(span, size)).run();
  }
}
