package sequor.tensor;

import java.util.random.RandomGenerator;

/// Tensors whose numbers follow from their places.
final class Filling {
  private Filling() {}

  @FunctionalInterface
  interface Keeps {
    boolean at(int row, int column);
  }

  /// `x` where a place of the last two axes is kept, else 0, even where `x` is NaN.
  static Tensor triangle(String op, Tensor x, Keeps keeps) {
    var shape = x.shape();
    if (shape.rank() < 2) {
      throw Check.wrong("%s: %s — needs two axes or more (…,M,N)", op, shape);
    }
    int columns = shape.dim(-1);
    float[] kept = new float[shape.dim(-2) * columns];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = keeps.at(i / columns, i % columns) ? 1 : 0;
    }
    var mask = Tensor.of(kept, shape.dim(-2), columns).expand(shape.dims());
    return x.where(mask, Tensor.zeros(shape.dims()));
  }

  static Tensor eye(int n) {
    float[] values = new float[Check.size(n, n)];
    for (int i = 0; i < n; i++) {
      values[i * n + i] = 1;
    }
    return Tensor.of(values, n, n);
  }

  /// `from`, `from + step`, … as long as they are before `to`; none if the step leads the other
  /// way.
  static Tensor arange(float from, float to, float step) {
    double count = Math.ceil(((double) to - from) / step);
    if (step == 0 || !(count < Integer.MAX_VALUE)) {
      throw Check.wrong(
          "arange: from %s to %s by %s — the step must not be 0, and lead there in fewer than 2³¹ steps",
          from, to, step);
    }
    float[] values = new float[(int) Math.max(count, 0)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (from + i * (double) step);
    }
    return Tensor.of(values);
  }

  /// `count` numbers evenly from `from` to `to`, both included; counted from the nearer end, so
  /// that both are met exactly.
  static Tensor linspace(float from, float to, int count) {
    if (count < 0) {
      throw Check.wrong("linspace: the count must be 0 or more, got %d", count);
    }
    float[] values = new float[count];
    double step = count < 2 ? 0 : ((double) to - from) / (count - 1);
    for (int i = 0; i < count; i++) {
      values[i] =
          (float) (i < count / 2 || count == 1 ? from + i * step : to - (count - 1 - i) * step);
    }
    return Tensor.of(values);
  }

  static Tensor randn(RandomGenerator random, Shape shape) {
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.of(values, shape);
  }

  static Tensor uniform(RandomGenerator random, float low, float high, Shape shape) {
    if (!(low < high)) {
      throw Check.wrong("uniform: from %s to %s — low must be less than high", low, high);
    }
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat(low, high);
    }
    return Tensor.of(values, shape);
  }
}
