package sequor.kernels;

import java.util.Arrays;
import sequor.kernels.Recurrences.Span;

/// [Scans] step by step, as their formulas stand there.
final class ScalarScans implements Scans {

  /// The real steps of one row, in the order in which they are read.
  private record Row(int row, int start, int end, Size size) {
    static Row of(int row, Span span, Size size) {
      return new Row(row, span.starts().get(row), span.ends().get(row), size);
    }

    int length() {
      return end - start;
    }

    /// Where step `k` of those read lies: the first of its H numbers.
    int at(int k) {
      int t = size.reverse() ? end - 1 - k : start + k;
      return (row * size.steps() + t) * size.hidden();
    }
  }

  @Override
  public void linear(Floats a, Floats b, Floats initial, Floats hidden, Span span, Size size) {
    float[] as = HeapFloats.of(a);
    float[] bs = HeapFloats.of(b);
    float[] hs = HeapFloats.of(hidden);
    int n = size.hidden();
    Arrays.fill(hs, 0, size.batch() * size.steps() * n, 0);
    for (int i = 0; i < size.batch(); i++) {
      var row = Row.of(i, span, size);
      for (int j = 0; j < n; j++) {
        float h = initial.get(i * n + j);
        for (int k = 0; k < row.length(); k++) {
          int at = row.at(k) + j;
          h = as[at] * h + bs[at];
          hs[at] = h;
        }
      }
    }
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
    float[] as = HeapFloats.of(a);
    float[] hs = HeapFloats.of(hidden);
    float[] dhs = HeapFloats.of(dHidden);
    int n = size.hidden();
    for (int i = 0; i < size.batch(); i++) {
      var row = Row.of(i, span, size);
      for (int j = 0; j < n; j++) {
        float through = 0; // a_{t+1}·g_{t+1}
        for (int k = row.length() - 1; k >= 0; k--) {
          int at = row.at(k) + j;
          float before = k > 0 ? hs[row.at(k - 1) + j] : initial.get(i * n + j);
          float g = dhs[at] + through;
          add(gradients.b(), at, g);
          add(gradients.a(), at, g * before);
          through = as[at] * g;
        }
        add(gradients.initial(), i * n + j, through);
      }
    }
  }

  private static void add(Floats gradient, int at, float value) {
    if (gradient.length() > 0) {
      gradient.set(at, gradient.get(at) + value);
    }
  }

  @Override
  public void diagonal(
      Floats u, Modes modes, Floats initial, Floats y, Floats last, Span span, Size size) {
    float[] us = HeapFloats.of(u);
    float[] ys = HeapFloats.of(y);
    Arrays.fill(ys, 0, size.batch() * size.steps() * size.hidden(), 0);
    for (int i = 0; i < size.batch(); i++) {
      var row = Row.of(i, span, size);
      for (int p = 0; p < modes.count(); p++) {
        for (int j = 0; j < size.hidden(); j++) {
          var mode = new Mode(modes, size, p, j);
          float re = initial.get(mode.stateRe(i));
          float im = initial.get(mode.stateIm(i));
          for (int k = 0; k < row.length(); k++) {
            int at = row.at(k) + j;
            float next = mode.lambdaRe() * re - mode.lambdaIm() * im + us[at];
            im = mode.lambdaRe() * im + mode.lambdaIm() * re;
            re = next;
            ys[at] += mode.weightRe() * re - mode.weightIm() * im;
          }
          last.set(mode.stateRe(i), re);
          last.set(mode.stateIm(i), im);
        }
      }
    }
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
    for (int i = 0; i < size.batch(); i++) {
      var row = Row.of(i, span, size);
      for (int p = 0; p < modes.count(); p++) {
        for (int j = 0; j < size.hidden(); j++) {
          backward(row, new Mode(modes, size, p, j), u, initial, above, gradients);
        }
      }
    }
  }

  private static void backward(
      Row row, Mode mode, Floats u, Floats initial, FromAbove above, DiagonalGradients gradients) {
    int length = row.length();
    float[] re = new float[length + 1]; // the states from the initial one on
    float[] im = new float[length + 1];
    re[0] = initial.get(mode.stateRe(row.row));
    im[0] = initial.get(mode.stateIm(row.row));
    for (int k = 0; k < length; k++) {
      float in = u.get(row.at(k) + mode.j);
      re[k + 1] = mode.lambdaRe() * re[k] - mode.lambdaIm() * im[k] + in;
      im[k + 1] = mode.lambdaRe() * im[k] + mode.lambdaIm() * re[k];
    }
    boolean some = above.last().length() > 0;
    float throughRe = some ? above.last().get(mode.stateRe(row.row)) : 0; // λ̄·g_{t+1}
    float throughIm = some ? above.last().get(mode.stateIm(row.row)) : 0;
    for (int k = length - 1; k >= 0; k--) {
      int at = row.at(k) + mode.j;
      float dy = above.y().length() > 0 ? above.y().get(at) : 0;
      float gRe = mode.weightRe() * dy + throughRe;
      float gIm = -mode.weightIm() * dy + throughIm;
      add(gradients.u(), at, gRe);
      add(gradients.poles(), mode.re(), gRe * re[k] + gIm * im[k]);
      add(gradients.poles(), mode.im(), gIm * re[k] - gRe * im[k]);
      add(gradients.weights(), mode.re(), dy * re[k + 1]);
      add(gradients.weights(), mode.im(), -dy * im[k + 1]);
      throughRe = mode.lambdaRe() * gRe + mode.lambdaIm() * gIm;
      throughIm = mode.lambdaRe() * gIm - mode.lambdaIm() * gRe;
    }
    add(gradients.initial(), mode.stateRe(row.row), throughRe);
    add(gradients.initial(), mode.stateIm(row.row), throughIm);
  }

  /// State `p` of channel `j`.
  private record Mode(Modes modes, Size size, int p, int j) {
    int re() {
      return p * size.hidden() + j;
    }

    int im() {
      return (modes.count() + p) * size.hidden() + j;
    }

    float lambdaRe() {
      return modes.poles().get(re());
    }

    float lambdaIm() {
      return modes.poles().get(im());
    }

    float weightRe() {
      return modes.weights().get(re());
    }

    float weightIm() {
      return modes.weights().get(im());
    }

    /// Where its state in a row lies.
    int stateRe(int row) {
      return row * 2 * modes.count() * size.hidden() + re();
    }

    int stateIm(int row) {
      return row * 2 * modes.count() * size.hidden() + im();
    }
  }
}
