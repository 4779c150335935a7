package sequor.kernels;

/// Arithmetic on each row of a matrix; sums in double precision.
final class ScalarRows implements Rows {
  @Override
  public void softmax(Floats x, Floats y, Size size) {
    float[] xs = HeapFloats.of(x);
    float[] ys = HeapFloats.of(y);
    int n = size.length();
    for (int start = 0; start < size.rows() * n; start += n) {
      float max = max(xs, start, n);
      double sum = 0;
      for (int i = start; i < start + n; i++) {
        ys[i] = max == Float.NEGATIVE_INFINITY ? 0 : FloatMath.exp(xs[i] - max);
        sum += ys[i];
      }
      float scale = max == Float.NEGATIVE_INFINITY ? 0 : (float) (1 / sum);
      for (int i = start; i < start + n; i++) {
        ys[i] *= scale;
      }
    }
  }

  @Override
  public void softmaxBackward(Floats y, Floats dy, Floats dx, Size size) {
    float[] ys = HeapFloats.of(y);
    float[] dys = HeapFloats.of(dy);
    float[] dxs = HeapFloats.of(dx);
    int n = size.length();
    for (int start = 0; start < size.rows() * n; start += n) {
      double dot = 0;
      for (int i = start; i < start + n; i++) {
        dot += (double) dys[i] * ys[i];
      }
      for (int i = start; i < start + n; i++) {
        dxs[i] += ys[i] * (dys[i] - (float) dot);
      }
    }
  }

  @Override
  public void logSoftmax(Floats x, Floats y, Size size) {
    float[] xs = HeapFloats.of(x);
    float[] ys = HeapFloats.of(y);
    int n = size.length();
    for (int start = 0; start < size.rows() * n; start += n) {
      float max = max(xs, start, n);
      float logSum = logSum(xs, start, n, max);
      for (int i = start; i < start + n; i++) {
        ys[i] = xs[i] - max - logSum;
      }
    }
  }

  @Override
  public void logSoftmaxBackward(Floats y, Floats dy, Floats dx, Size size) {
    float[] ys = HeapFloats.of(y);
    float[] dys = HeapFloats.of(dy);
    float[] dxs = HeapFloats.of(dx);
    int n = size.length();
    for (int start = 0; start < size.rows() * n; start += n) {
      double sum = 0;
      for (int i = start; i < start + n; i++) {
        sum += dys[i];
      }
      for (int i = start; i < start + n; i++) {
        dxs[i] += dys[i] - FloatMath.exp(ys[i]) * (float) sum;
      }
    }
  }

  @Override
  public void logSumExp(Floats x, Floats y, Size size) {
    float[] xs = HeapFloats.of(x);
    float[] ys = HeapFloats.of(y);
    int n = size.length();
    for (int row = 0; row < size.rows(); row++) {
      float max = max(xs, row * n, n);
      ys[row] = Float.isInfinite(max) ? max : max + logSum(xs, row * n, n, max);
    }
  }

  @Override
  public void logSumExpBackward(Floats x, Floats y, Floats dy, Floats dx, Size size) {
    float[] xs = HeapFloats.of(x);
    float[] ys = HeapFloats.of(y);
    float[] dys = HeapFloats.of(dy);
    float[] dxs = HeapFloats.of(dx);
    int n = size.length();
    for (int row = 0; row < size.rows(); row++) {
      if (ys[row] != Float.NEGATIVE_INFINITY) {
        for (int i = row * n; i < (row + 1) * n; i++) {
          dxs[i] += dys[row] * FloatMath.exp(xs[i] - ys[row]);
        }
      }
    }
  }

  @Override
  public void crossEntropy(
      Floats logits, Ints targets, Floats weights, Floats losses, Classes size) {
    float[] xs = HeapFloats.of(logits);
    int[] ts = HeapInts.of(targets);
    float[] ws = HeapFloats.of(weights);
    float[] ys = HeapFloats.of(losses);
    int n = size.classes();
    float share = size.smoothing() / n; // ε/C
    for (int row = 0; row < size.rows(); row++) {
      if (ts[row] == size.ignored()) {
        ys[row] = 0;
        continue;
      }
      int start = row * n;
      float max = max(xs, start, n);
      float logSum = logSum(xs, start, n, max);
      double loss =
          (1 - size.smoothing()) * weight(ws, ts[row]) * -(xs[start + ts[row]] - max - logSum);
      if (share > 0) {
        for (int c = 0; c < n; c++) {
          loss += share * weight(ws, c) * -(xs[start + c] - max - logSum);
        }
      }
      ys[row] = (float) loss;
    }
  }

  @Override
  public void crossEntropyBackward(
      Floats logits, Ints targets, Floats weights, Floats dLosses, Floats dLogits, Classes size) {
    float[] xs = HeapFloats.of(logits);
    int[] ts = HeapInts.of(targets);
    float[] ws = HeapFloats.of(weights);
    float[] dys = HeapFloats.of(dLosses);
    float[] dxs = HeapFloats.of(dLogits);
    int n = size.classes();
    float share = size.smoothing() / n;
    float allWeights = 0;
    for (int c = 0; c < n; c++) {
      allWeights += weight(ws, c);
    }
    for (int row = 0; row < size.rows(); row++) {
      if (ts[row] == size.ignored()) {
        continue;
      }
      int start = row * n;
      float max = max(xs, start, n);
      float logSum = logSum(xs, start, n, max);
      float onTarget = (1 - size.smoothing()) * weight(ws, ts[row]);
      float total = onTarget + share * allWeights; // the weights of all −ln p together
      for (int c = 0; c < n; c++) {
        float p = FloatMath.exp(xs[start + c] - max - logSum);
        dxs[start + c] += dys[row] * (total * p - share * weight(ws, c));
      }
      dxs[start + ts[row]] -= dys[row] * onTarget;
    }
  }

  @Override
  public void layerNorm(Floats x, Floats weight, Floats bias, Floats y, Normal size) {
    float[] xs = HeapFloats.of(x);
    float[] ws = HeapFloats.of(weight);
    float[] bs = HeapFloats.of(bias);
    float[] ys = HeapFloats.of(y);
    int n = size.length();
    for (int start = 0; start < size.rows() * n; start += n) {
      var moments = Moments.of(xs, start, size);
      for (int i = 0; i < n; i++) {
        float shift = bs.length == 0 ? 0 : bs[i];
        ys[start + i] = moments.normal(xs[start + i]) * weight(ws, i) + shift;
      }
    }
  }

  @Override
  public void layerNormBackward(
      Floats x, Floats weight, Floats dy, Floats dx, Floats dWeight, Floats dBias, Normal size) {
    float[] xs = HeapFloats.of(x);
    float[] ws = HeapFloats.of(weight);
    float[] dys = HeapFloats.of(dy);
    float[] dxs = HeapFloats.of(dx);
    float[] dws = HeapFloats.of(dWeight);
    float[] dbs = HeapFloats.of(dBias);
    int n = size.length();
    for (int start = 0; start < size.rows() * n; start += n) {
      var moments = Moments.of(xs, start, size);
      double sum = 0; // Σ dx̂
      double dot = 0; // Σ dx̂ · x̂
      for (int i = 0; i < n; i++) {
        float normal = moments.normal(xs[start + i]);
        float dNormal = dys[start + i] * weight(ws, i);
        sum += dNormal;
        dot += (double) dNormal * normal;
        if (dws.length > 0) {
          dws[i] += dys[start + i] * normal;
        }
        if (dbs.length > 0) {
          dbs[i] += dys[start + i];
        }
      }
      if (dxs.length == 0) {
        continue;
      }
      for (int i = 0; i < n; i++) {
        float normal = moments.normal(xs[start + i]);
        float dNormal = dys[start + i] * weight(ws, i);
        dxs[start + i] +=
            moments.inverseDeviation * (dNormal - (float) (sum / n) - normal * (float) (dot / n));
      }
    }
  }

  private record Moments(float mean, float inverseDeviation) {
    static Moments of(float[] x, int start, Normal size) {
      int n = size.length();
      double sum = 0;
      for (int i = start; i < start + n; i++) {
        sum += x[i];
      }
      float mean = (float) (sum / n);
      double squares = 0;
      for (int i = start; i < start + n; i++) {
        squares += (double) (x[i] - mean) * (x[i] - mean);
      }
      return new Moments(mean, (float) (1 / Math.sqrt(squares / n + size.epsilon())));
    }

    float normal(float x) {
      return (x - mean) * inverseDeviation;
    }
  }

  private static float weight(float[] weights, int i) {
    return weights.length == 0 ? 1 : weights[i];
  }

  private static float max(float[] x, int start, int n) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = start; i < start + n; i++) {
      max = Math.max(max, x[i]);
    }
    return max;
  }

  /// `ln Σ e^(x − max)`.
  private static float logSum(float[] x, int start, int n, float max) {
    double sum = 0;
    for (int i = start; i < start + n; i++) {
      sum += FloatMath.exp(x[i] - max);
    }
    return (float) StrictMath.log(sum);
  }
}
