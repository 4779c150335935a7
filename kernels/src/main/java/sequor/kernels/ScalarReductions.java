package sequor.kernels;

/// Many numbers in, one out, in the order in which they lie.
final class ScalarReductions implements Reductions {
  @Override
  public void sum(Floats x, Floats y, Axis axis) {
    float[] xs = HeapFloats.of(x);
    float[] ys = HeapFloats.of(y);
    for (int o = 0; o < axis.outer(); o++) {
      for (int i = 0; i < axis.inner(); i++) {
        float sum = 0;
        for (int l = 0; l < axis.length(); l++) {
          sum += xs[axis.place(o, l, i)];
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
  public int[] argmax(Floats x, Axis axis) {
    float[] xs = HeapFloats.of(x);
    int[] places = new int[axis.outer() * axis.inner()];
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
        places[o * axis.inner() + i] = best;
      }
    }
    return places;
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
