package sequor.kernels;

import java.util.Arrays;

/// Many numbers in, one out, in the order in which they lie.
final class ScalarReductions implements Reductions {
  @Override
  public void sum(Floats x, Floats y, Axis axis) {
    float[] xs = HeapFloats.of(x);
    float[] ys = HeapFloats.of(y);
    for (int o = 0; o < axis.outer(); o++) {
      for (int i = 0; i < axis.inner(); i++) {
        float sum = 0;
        for (int from = 0; from < axis.length(); from += CHUNK) {
          float part = 0;
          for (int l = from; l < Math.min(from + CHUNK, axis.length()); l++) {
            part += xs[axis.place(o, l, i)];
          }
          sum += part;
        }
        ys[o * axis.inner() + i] = sum;
      }
    }
  }

  @Override
  public void max(Floats x, Floats y, Axis axis) {
    float[] xs = HeapFloats.of(x);
    float[] ys = HeapFloats.of(y);
    for (int o = 0; o < axis.outer(); o++) {
      for (int i = 0; i < axis.inner(); i++) {
        float max = Float.NEGATIVE_INFINITY;
        for (int l = 0; l < axis.length(); l++) {
          max = Math.max(max, xs[axis.place(o, l, i)]);
        }
        ys[o * axis.inner() + i] = max;
      }
    }
  }

  @Override
  public void argmax(Floats x, Ints places, Axis axis) {
    float[] xs = HeapFloats.of(x);
    int[] ps = HeapInts.of(places);
    for (int o = 0; o < axis.outer(); o++) {
      for (int i = 0; i < axis.inner(); i++) {
        int best = 0;
        for (int l = 1; l < axis.length(); l++) {
          float candidate = xs[axis.place(o, l, i)];
          float max = xs[axis.place(o, best, i)];
          if (candidate > max || (Float.isNaN(candidate) && !Float.isNaN(max))) {
            best = l;
          }
        }
        ps[o * axis.inner() + i] = best;
      }
    }
  }

  @Override
  public void topK(Floats x, Ints places, Axis axis, int k, boolean largest) {
    float[] xs = HeapFloats.of(x);
    int[] ps = HeapInts.of(places);
    long[] keys = new long[axis.length()];
    for (int o = 0; o < axis.outer(); o++) {
      for (int i = 0; i < axis.inner(); i++) {
        for (int l = 0; l < keys.length; l++) {
          keys[l] = Order.key(xs[axis.place(o, l, i)], l, largest);
        }
        Arrays.sort(keys);
        for (int j = 0; j < k; j++) {
          ps[(o * k + j) * axis.inner() + i] = Order.place(keys[j]);
        }
      }
    }
  }

  @Override
  public void cumsum(Floats x, Floats y, Axis axis) {
    float[] xs = HeapFloats.of(x);
    float[] ys = HeapFloats.of(y);
    for (int o = 0; o < axis.outer(); o++) {
      for (int i = 0; i < axis.inner(); i++) {
        double sum = 0;
        for (int l = 0; l < axis.length(); l++) {
          sum += xs[axis.place(o, l, i)];
          ys[axis.place(o, l, i)] = (float) sum;
        }
      }
    }
  }

  @Override
  public void cumsumBackward(Floats dy, Floats dx, Axis axis) {
    float[] dys = HeapFloats.of(dy);
    float[] dxs = HeapFloats.of(dx);
    for (int o = 0; o < axis.outer(); o++) {
      for (int i = 0; i < axis.inner(); i++) {
        double sum = 0;
        for (int l = axis.length() - 1; l >= 0; l--) {
          sum += dys[axis.place(o, l, i)];
          dxs[axis.place(o, l, i)] += (float) sum;
        }
      }
    }
  }

  @Override
  public double sumOfSquares(Floats x, int n) {
    float[] xs = HeapFloats.of(x);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += (double) xs[i] * xs[i];
    }
    return sum;
  }
}
