package sequor.kernels;

/// Word vectors, window by window.
final class ScalarEmbeddings implements Embeddings {
  @Override
  public void pairs(
      Floats in, Floats out, Windows windows, Changes changes, float rate, Size size) {
    float[] xs = HeapFloats.of(in);
    float[] ys = HeapFloats.of(out);
    int[] inputs = HeapInts.of(windows.inputs());
    int[] outputs = HeapInts.of(windows.outputs());
    float[] targets = HeapFloats.of(windows.targets());
    float[] dxs = HeapFloats.of(changes.inputs());
    float[] dys = HeapFloats.of(changes.outputs());
    float[] errors = HeapFloats.of(changes.errors());
    float[] losses = HeapFloats.of(changes.losses());
    int d = size.dimension();
    for (int g = 0; g < size.windows(); g++) {
      int xi = g * size.inputs();
      int yi = g * size.outputs();
      int ei = g * size.inputs() * size.outputs();
      int n = Embeddings.count(inputs, xi, size.inputs());
      int m = n == 0 ? 0 : Embeddings.count(outputs, yi, size.outputs());
      losses[g] = 0;
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < m; j++) {
          errors[ei + i * m + j] = probability(xs, inputs[xi + i] * d, ys, outputs[yi + j] * d, d);
        }
        losses[g] += Embeddings.loss(errors, ei + i * m, targets, yi, m);
        for (int j = 0; j < m; j++) {
          errors[ei + i * m + j] = rate * (targets[yi + j] - errors[ei + i * m + j]);
        }
      }
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < m; j++) {
          float e = errors[ei + i * m + j];
          add(e, ys, outputs[yi + j] * d, dxs, (xi + i) * d, d, j == 0);
          add(e, xs, inputs[xi + i] * d, dys, (yi + j) * d, d, i == 0);
        }
      }
    }
  }

  @Override
  public void means(
      Floats in, Floats out, Windows windows, Changes changes, float rate, Size size) {
    float[] xs = HeapFloats.of(in);
    float[] ys = HeapFloats.of(out);
    int[] inputs = HeapInts.of(windows.inputs());
    int[] outputs = HeapInts.of(windows.outputs());
    float[] targets = HeapFloats.of(windows.targets());
    float[] dxs = HeapFloats.of(changes.inputs());
    float[] hs = HeapFloats.of(changes.outputs());
    float[] errors = HeapFloats.of(changes.errors());
    float[] losses = HeapFloats.of(changes.losses());
    int d = size.dimension();
    for (int g = 0; g < size.windows(); g++) {
      int xi = g * size.inputs();
      int yi = g * size.outputs();
      int n = Embeddings.count(inputs, xi, size.inputs());
      int m = n == 0 ? 0 : Embeddings.count(outputs, yi, size.outputs());
      for (int i = 0; i < n; i++) {
        add(1f / n, xs, inputs[xi + i] * d, hs, g * d, d, i == 0);
      }
      for (int j = 0; j < m; j++) {
        errors[yi + j] = probability(hs, g * d, ys, outputs[yi + j] * d, d);
      }
      losses[g] = m == 0 ? 0 : Embeddings.loss(errors, yi, targets, yi, m);
      for (int j = 0; j < m; j++) {
        float e = rate * (targets[yi + j] - errors[yi + j]);
        errors[yi + j] = e;
        add(e, ys, outputs[yi + j] * d, dxs, g * d, d, j == 0);
      }
    }
  }

  private static float probability(float[] x, int xi, float[] y, int yi, int d) {
    float sum = 0;
    for (int k = 0; k < d; k++) {
      sum = Math.fma(x[xi + k], y[yi + k], sum);
    }
    return FloatMath.sigmoid(sum);
  }

  /// `to = c·from` or `to += c·from`.
  private static void add(float c, float[] from, int fi, float[] to, int ti, int d, boolean first) {
    for (int k = 0; k < d; k++) {
      to[ti + k] = Math.fma(c, from[fi + k], first ? 0 : to[ti + k]);
    }
  }

  @Override
  public void add(Floats table, Floats changes, Additions additions, int dimension) {
    float[] to = HeapFloats.of(table);
    float[] from = HeapFloats.of(changes);
    int[] rows = HeapInts.of(additions.rows());
    float[] weights = HeapFloats.of(additions.weights());
    int[] counts = HeapInts.of(additions.counts());
    for (int k = 0; counts.length > 0 && k < additions.count(); k++) {
      if (rows[k] >= 0) {
        counts[rows[k]]++;
      }
    }
    for (int k = 0; k < additions.count(); k++) {
      if (rows[k] >= 0) {
        float weight = weights.length == 0 ? 1 : weights[k];
        if (counts.length > 0 && counts[rows[k]] > additions.most()) {
          weight *= additions.most() / counts[rows[k]];
        }
        int at = k / additions.share() * dimension;
        add(weight, from, at, to, rows[k] * dimension, dimension, false);
      }
    }
    for (int k = 0; counts.length > 0 && k < additions.count(); k++) {
      if (rows[k] >= 0) {
        counts[rows[k]] = 0;
      }
    }
  }

  @Override
  public double together(
      Floats words, Floats contexts, Squares squares, Pairs pairs, float rate, int dimension) {
    float[] w = HeapFloats.of(words);
    float[] c = HeapFloats.of(contexts);
    float[] ws = HeapFloats.of(squares.words());
    float[] cs = HeapFloats.of(squares.contexts());
    int[] rows = HeapInts.of(pairs.words());
    int[] columns = HeapInts.of(pairs.contexts());
    float[] weights = HeapFloats.of(pairs.weights());
    float[] logarithms = HeapFloats.of(pairs.logarithms());
    double loss = 0;
    for (int p = 0; p < pairs.count(); p++) {
      int wi = rows[p] * dimension;
      int ci = columns[p] * dimension;
      float sum = 0;
      for (int k = 0; k < dimension; k++) {
        sum = Math.fma(w[wi + k], c[ci + k], sum);
      }
      float error = sum - logarithms[p];
      float weighted = weights[p] * error;
      loss += 0.5 * weighted * error;
      for (int k = 0; k < dimension; k++) {
        float ofWord = rate * Math.clamp(weighted * c[ci + k], -Pairs.MOST, Pairs.MOST);
        float ofContext = rate * Math.clamp(weighted * w[wi + k], -Pairs.MOST, Pairs.MOST);
        w[wi + k] -= ofWord / (float) Math.sqrt(ws[wi + k]);
        c[ci + k] -= ofContext / (float) Math.sqrt(cs[ci + k]);
        ws[wi + k] = Math.fma(ofWord, ofWord, ws[wi + k]);
        cs[ci + k] = Math.fma(ofContext, ofContext, cs[ci + k]);
      }
      w[wi + dimension - 1] = 1;
      c[ci + dimension - 2] = 1;
    }
    return loss;
  }
}
