package sequor.kernels;

import java.util.Arrays;

/// Attention, one query at a time.
final class ScalarAttentions implements Attentions {
  @Override
  public void forward(Reading reading, Floats y, Floats logSums, Size size) {
    float[] ys = HeapFloats.of(y);
    float[] sums = HeapFloats.of(logSums);
    Arrays.fill(ys, 0, size.batch() * size.queries() * size.heads() * size.width(), 0);
    each(
        reading,
        size,
        query -> {
          float[] p = new float[query.count()];
          float logSum = query.probabilities(p);
          if (sums.length > 0) {
            sums[query.place()] = logSum;
          }
          query.drop(p);
          query.addWeighted(p, reading.values(), ys, query.own());
        });
  }

  @Override
  public void backward(
      Reading reading, Floats y, Floats logSums, Floats dy, Gradients gradients, Size size) {
    float[] ys = HeapFloats.of(y);
    float[] dys = HeapFloats.of(dy);
    float[] dq = HeapFloats.of(gradients.queries());
    float[] dk = HeapFloats.of(gradients.keys());
    float[] dv = HeapFloats.of(gradients.values());
    each(
        reading,
        size,
        query -> {
          float[] p = new float[query.count()];
          query.probabilities(p);
          float[] kept = p.clone();
          query.drop(kept);
          float dot = 0; // Σ p·dp, which is y·dy
          for (int d = 0; d < size.width(); d++) {
            dot += ys[query.own() + d] * dys[query.own() + d];
          }
          for (int i = 0; i < p.length; i++) {
            int key = query.at(reading.keys(), i);
            int value = query.at(reading.values(), i);
            float dp = dot(dys, query.own(), HeapFloats.of(reading.values().data()), value, size);
            float ds = size.scale() * (kept[i] * dp - p[i] * dot);
            add(dv, value, kept[i], dys, query.own(), size);
            add(dq, query.asked(), ds, HeapFloats.of(reading.keys().data()), key, size);
            add(dk, key, ds, HeapFloats.of(reading.queries().data()), query.asked(), size);
          }
        });
  }

  @FunctionalInterface
  private interface Work {
    void run(Query query);
  }

  private static void each(Reading reading, Size size, Work work) {
    for (int b = 0; b < size.batch(); b++) {
      for (int h = 0; h < size.heads(); h++) {
        for (int t = reading.asking().starts().get(b); t < reading.asking().ends().get(b); t++) {
          work.run(new Query(reading, size, b, h, t));
        }
      }
    }
  }

  /// One head of one step that looks at others.
  private record Query(Reading reading, Size size, int b, int h, int t) {
    int first() {
      return reading.seen().starts().get(b);
    }

    int count() {
      return Math.max(0, size.end(t, reading.seen().ends().get(b)) - first());
    }

    /// Where its numbers are in `y`.
    int own() {
      return ((b * size.queries() + t) * size.heads() + h) * size.width();
    }

    /// Where they are among the queries.
    int asked() {
      return reading.queries().at(b * size.queries() + t, h, size);
    }

    /// Its place among all.
    int place() {
      return (b * size.heads() + h) * size.queries() + t;
    }

    /// Where the `i`-th key that it sees is, or that key's value.
    int at(Steps steps, int i) {
      return steps.at(b * size.keys() + first() + i, h, size);
    }

    /// Fills `p`; gives the logarithm of the sum that it was divided by.
    float probabilities(float[] p) {
      float max = Float.NEGATIVE_INFINITY;
      for (int i = 0; i < p.length; i++) {
        float[] keys = HeapFloats.of(reading.keys().data());
        float[] queries = HeapFloats.of(reading.queries().data());
        p[i] = size.scale() * dot(queries, asked(), keys, at(reading.keys(), i), size);
        max = Math.max(max, p[i]);
      }
      float sum = 0;
      for (int i = 0; i < p.length; i++) {
        p[i] = max == Float.NEGATIVE_INFINITY ? 0 : FloatMath.exp(p[i] - max);
        sum += p[i];
      }
      for (int i = 0; i < p.length; i++) {
        p[i] = sum == 0 ? 0 : p[i] / sum;
      }
      return max + (float) StrictMath.log(sum);
    }

    void drop(float[] p) {
      var dropout = reading.dropout();
      for (int i = 0; i < p.length && dropout.p() > 0; i++) {
        boolean keeps = dropout.keeps(place() * size.keys() + first() + i);
        p[i] = keeps ? p[i] * dropout.scale() : 0;
      }
    }

    void addWeighted(float[] p, Steps values, float[] y, int to) {
      for (int i = 0; i < p.length; i++) {
        add(y, to, p[i], HeapFloats.of(values.data()), at(values, i), size);
      }
    }
  }

  private static float dot(float[] a, int ai, float[] b, int bi, Size size) {
    float sum = 0;
    for (int d = 0; d < size.width(); d++) {
      sum += a[ai + d] * b[bi + d];
    }
    return sum;
  }

  /// `y += factor · x`, if anybody wants it.
  private static void add(float[] y, int yi, float factor, float[] x, int xi, Size size) {
    for (int d = 0; d < size.width() && y.length > 0; d++) {
      y[yi + d] += factor * x[xi + d];
    }
  }
}
