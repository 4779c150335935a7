package sequor.kernels;

import java.util.Arrays;
import sequor.kernels.Recurrences.Span;

/// Convolutions, one window at a time. Sums run over whole rows of outputs or inputs, because the
/// JIT turns those into vector instructions.
final class ScalarConvolutions implements Convolutions {
  private static final int NOWHERE = -1;

  @Override
  public void forward(Layer layer, Floats y, Span read, Span written, Size size) {
    float[] ys = HeapFloats.of(y);
    float[] taps = turned(HeapFloats.of(layer.weight()), size);
    for (int b = 0; b < size.batch(); b++) {
      for (int t = 0; t < size.windows(); t++) {
        int at = (b * size.windows() + t) * size.out();
        Arrays.fill(ys, at, at + size.out(), 0);
        if (isReal(written, b, t)) {
          window(layer, taps, b, t, read, ys, at, size);
          for (int o = at; o < at + size.out() && size.window().relu(); o++) {
            ys[o] = ys[o] <= 0 ? 0 : ys[o];
          }
        }
      }
    }
  }

  /// `z[b,t,·]`.
  private static void window(
      Layer layer, float[] taps, int b, int t, Span read, float[] z, int at, Size size) {
    float[] xs = HeapFloats.of(layer.x());
    float[] bias = HeapFloats.of(layer.bias());
    if (bias.length > 0) {
      System.arraycopy(bias, 0, z, at, size.out());
    } else {
      Arrays.fill(z, at, at + size.out(), 0);
    }
    for (int k = 0; k < size.window().width(); k++) {
      int step = size.window().step(t, k);
      if (isReal(read, b, step)) {
        int row = (b * size.steps() + step) * size.in();
        for (int d = 0; d < size.in(); d++) {
          int tap = (k * size.in() + d) * size.out();
          addScaled(taps, tap, xs[row + d], z, at, size.out());
        }
      }
    }
  }

  @Override
  public void backward(
      Layer layer, Floats y, Floats dy, Gradients gradients, Span read, Span written, Size size) {
    int out = size.out();
    boolean relu = size.window().relu();
    float[] ys = HeapFloats.of(y);
    float[] dys = HeapFloats.of(dy);
    float[] dz = new float[out];
    double[] dBias = new double[out];
    var sums = new WindowGradients(layer, gradients, size);
    for (int b = 0; b < size.batch(); b++) {
      for (int t = 0; t < size.windows(); t++) {
        if (isReal(written, b, t)) {
          int at = (b * size.windows() + t) * out;
          for (int o = 0; o < out; o++) {
            dz[o] = relu && ys[at + o] <= 0 ? 0 : dys[at + o];
            dBias[o] += dz[o];
          }
          sums.add(b, t, dz, read);
        }
      }
    }
    sums.finish();
    addBias(dBias, gradients);
  }

  private static void addBias(double[] sums, Gradients gradients) {
    float[] dBias = HeapFloats.of(gradients.bias());
    for (int o = 0; o < sums.length && dBias.length > 0; o++) {
      dBias[o] += (float) sums[o];
    }
  }

  /// Adds up what all windows leave, `dx += dz · weight` and `dWeight += dzᵀ · x`.
  private static final class WindowGradients {
    private final float[] xs;
    private final float[] weight;
    private final float[] dx;
    private final float[] dWeight;
    private final float[] dTaps; // (K,D,O)
    private final float[] rows; // (O,K,D) the weight
    private final Size size;

    WindowGradients(Layer layer, Gradients gradients, Size size) {
      this.size = size;
      xs = HeapFloats.of(layer.x());
      weight = HeapFloats.of(layer.weight());
      dx = HeapFloats.of(gradients.x());
      dWeight = HeapFloats.of(gradients.weight());
      int length = size.window().width() * size.in() * size.out();
      dTaps = new float[dWeight.length > 0 ? length : 0];
      rows = new float[dx.length > 0 ? length : 0];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = weight[weightPlace(i / size.in(), i % size.in())];
      }
    }

    /// Where `weight[o,d,k]` lies, of row `o·K + k`.
    private int weightPlace(int row, int d) {
      int width = size.window().width();
      return (row / width * size.in() + d) * width + row % width;
    }

    void add(int b, int t, float[] dz, Span read) {
      int width = size.window().width();
      for (int k = 0; k < width; k++) {
        int step = size.window().step(t, k);
        if (!isReal(read, b, step)) {
          continue;
        }
        int row = (b * size.steps() + step) * size.in();
        for (int d = 0; d < size.in() && dTaps.length > 0; d++) {
          int tap = (k * size.in() + d) * size.out();
          addScaled(dz, 0, xs[row + d], dTaps, tap, size.out());
        }
        for (int o = 0; o < size.out() && rows.length > 0; o++) {
          addScaled(rows, (o * width + k) * size.in(), dz[o], dx, row, size.in());
        }
      }
    }

    void finish() {
      int width = size.window().width();
      for (int i = 0; i < dTaps.length; i++) {
        int o = i % size.out();
        int k = i / size.out() / size.in();
        dWeight[weightPlace(o * width + k, i / size.out() % size.in())] += dTaps[i];
      }
    }
  }

  @Override
  public void forwardMax(Layer layer, Floats y, Ints places, Span span, Size size) {
    int out = size.out();
    float[] ys = HeapFloats.of(y);
    int[] placed = HeapInts.of(places);
    float[] taps = turned(HeapFloats.of(layer.weight()), size);
    float[] z = new float[out];
    int[] best = new int[out];
    for (int b = 0; b < size.batch(); b++) {
      int at = b * out;
      boolean some = span.starts().get(b) < span.ends().get(b);
      Arrays.fill(ys, at, at + out, some ? Float.NEGATIVE_INFINITY : 0);
      Arrays.fill(best, NOWHERE);
      for (int t = span.starts().get(b); t < span.ends().get(b); t++) {
        window(layer, taps, b, t, span, z, 0, size);
        for (int o = 0; o < out; o++) {
          if (z[o] > ys[at + o] || Float.isNaN(z[o])) {
            ys[at + o] = z[o];
            best[o] = t;
          }
        }
      }
      for (int o = 0; o < out && size.window().relu(); o++) {
        if (ys[at + o] <= 0) {
          ys[at + o] = 0;
          best[o] = NOWHERE;
        }
      }
      if (placed.length > 0) {
        System.arraycopy(best, 0, placed, at, out);
      }
    }
  }

  @Override
  public void backwardMax(
      Layer layer, Ints places, Floats dy, Gradients gradients, Span span, Size size) {
    int out = size.out();
    float[] dys = HeapFloats.of(dy);
    int[] placed = HeapInts.of(places);
    float[] xs = HeapFloats.of(layer.x());
    float[] weight = HeapFloats.of(layer.weight());
    float[] dx = HeapFloats.of(gradients.x());
    float[] dWeight = HeapFloats.of(gradients.weight());
    double[] dBias = new double[out];
    int width = size.window().width();
    for (int i = 0; i < size.batch() * out; i++) {
      int b = i / out;
      int o = i % out;
      if (placed[i] == NOWHERE) {
        continue;
      }
      dBias[o] += dys[i];
      for (int k = 0; k < width; k++) {
        int step = size.window().step(placed[i], k);
        for (int d = 0; d < size.in() && isReal(span, b, step); d++) {
          int from = (b * size.steps() + step) * size.in() + d;
          int tap = (o * size.in() + d) * width + k;
          if (dWeight.length > 0) {
            dWeight[tap] += dys[i] * xs[from];
          }
          if (dx.length > 0) {
            dx[from] += dys[i] * weight[tap];
          }
        }
      }
    }
    addBias(dBias, gradients);
  }

  private static boolean isReal(Span span, int b, int step) {
    return step >= span.starts().get(b) && step < span.ends().get(b);
  }

  /// A weight (O,D,K) as (K,D,O).
  private static float[] turned(float[] weight, Size size) {
    int width = size.window().width();
    float[] turned = new float[width * size.in() * size.out()];
    for (int o = 0; o < size.out(); o++) {
      for (int d = 0; d < size.in(); d++) {
        for (int k = 0; k < width; k++) {
          turned[(k * size.in() + d) * size.out() + o] = weight[(o * size.in() + d) * width + k];
        }
      }
    }
    return turned;
  }

  /// `y += scale · x`.
  private static void addScaled(float[] x, int xi, float scale, float[] y, int yi, int n) {
    for (int i = 0; i < n; i++) {
      y[yi + i] += scale * x[xi + i];
    }
  }
}
