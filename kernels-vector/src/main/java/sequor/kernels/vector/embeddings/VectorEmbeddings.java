package sequor.kernels.vector.embeddings;

import static sequor.kernels.vector.simd.Lanes.L;

import java.util.Arrays;
import sequor.kernels.Embeddings;
import sequor.kernels.Floats;
import sequor.kernels.HeapFloats;
import sequor.kernels.HeapInts;
import sequor.kernels.Parallel;
import sequor.kernels.vector.simd.Scratch;
import sequor.kernels.vector.simd.Scratch.Use;

/// Word vectors, some windows a task.
///
/// Changes are added by owners: a row belongs to one of as many parts as there are threads, and
/// each thread goes through all changes and adds those to its rows. So a row gets them in one
/// order, whichever thread it belongs to.
public final class VectorEmbeddings implements Embeddings {
  private static final int GRAIN = 16; // windows a task
  private static final int FEW = 512; // rows that one thread alone adds sooner

  /// One task's rows.
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Step(Rows x, Rows y, float[] partial, int n, int m, int d) {}

  @Override
  public void pairs(
      Floats in, Floats out, Windows windows, Changes changes, float rate, Size size) {
    float[] xs = HeapFloats.of(in);
    float[] ys = HeapFloats.of(out);
    int n = size.inputs();
    int m = size.outputs();
    int d = size.dimension();
    Parallel.ranges(
        size.windows(),
        GRAIN,
        (from, to) -> {
          try (var scratch = Scratch.borrow()) {
            float[] partial = scratch.floats(Use.WORK, Dots.length(n * m));
            var step = new Step(new Rows(xs, n), new Rows(ys, m), partial, n, m, d);
            for (int g = from; g < to; g++) {
              pairs(step, windows, changes, rate, g);
            }
          }
        });
  }

  private static void pairs(Step step, Windows windows, Changes changes, float rate, int g) {
    int d = step.d;
    int xi = g * step.n;
    int yi = g * step.m;
    float[] errors = HeapFloats.of(changes.errors());
    float[] losses = HeapFloats.of(changes.losses());
    float[] targets = HeapFloats.of(windows.targets());
    var x = step.x.take(HeapInts.of(windows.inputs()), xi, d);
    var y = step.y.take(HeapInts.of(windows.outputs()), yi, d);
    losses[g] = 0;
    if (x.count == 0 || y.count == 0) {
      return;
    }
    for (int i = 0; i < x.count; i += 2) {
      for (int j = 0; j < y.count; j += 3) {
        Dots.twoByThree(x, i, y, j, step.partial, (i * y.count + j) * L, d);
      }
    }
    int ei = g * step.n * step.m;
    Dots.probabilities(step.partial, x.count * y.count, errors, ei);
    for (int i = 0; i < x.count; i++) {
      losses[g] += errors(errors, ei + i * y.count, targets, yi, y.count, rate);
    }
    float[] dx = HeapFloats.of(changes.inputs());
    float[] dy = HeapFloats.of(changes.outputs());
    var ofInputs = new Sums(y, errors, 1, d);
    for (int i = 0; i < x.count; i++) {
      ofInputs.all(ei + i * y.count, dx, (xi + i) * d);
    }
    var ofOutputs = new Sums(x, errors, y.count, d);
    for (int j = 0; j < y.count; j++) {
      ofOutputs.all(ei + j, dy, (yi + j) * d);
    }
  }

  @Override
  public void means(
      Floats in, Floats out, Windows windows, Changes changes, float rate, Size size) {
    float[] xs = HeapFloats.of(in);
    float[] ys = HeapFloats.of(out);
    int n = size.inputs();
    int m = size.outputs();
    int d = size.dimension();
    Parallel.ranges(
        size.windows(),
        GRAIN,
        (from, to) -> {
          try (var scratch = Scratch.borrow()) {
            float[] partial = scratch.floats(Use.WORK, Dots.length(m));
            float[] shares = new float[n];
            var hidden = new Rows(HeapFloats.of(changes.outputs()), 1);
            var step = new Step(new Rows(xs, n), new Rows(ys, m), partial, n, m, d);
            for (int g = from; g < to; g++) {
              means(step, hidden, shares, windows, changes, rate, g);
            }
          }
        });
  }

  private static void means(
      Step step, Rows hidden, float[] shares, Windows windows, Changes changes, float rate, int g) {
    int d = step.d;
    int yi = g * step.m;
    float[] errors = HeapFloats.of(changes.errors());
    float[] losses = HeapFloats.of(changes.losses());
    var x = step.x.take(HeapInts.of(windows.inputs()), g * step.n, d);
    var y = step.y.take(HeapInts.of(windows.outputs()), yi, d);
    losses[g] = 0;
    if (x.count == 0 || y.count == 0) {
      return;
    }
    Arrays.fill(shares, 0, x.count, 1f / x.count);
    new Sums(x, shares, 1, d).all(0, hidden.table, g * d);
    var h = hidden.take(g * d);
    for (int j = 0; j < y.count; j += 4) {
      Dots.oneByFour(h, y, j, step.partial, j * L, d);
    }
    Dots.probabilities(step.partial, y.count, errors, yi);
    losses[g] = errors(errors, yi, HeapFloats.of(windows.targets()), yi, y.count, rate);
    new Sums(y, errors, 1, d).all(yi, HeapFloats.of(changes.inputs()), g * d);
  }

  /// Turns probabilities into errors; gives their loss.
  private static float errors(
      float[] errors, int at, float[] targets, int ti, int count, float rate) {
    float loss = Embeddings.loss(errors, at, targets, ti, count);
    for (int j = 0; j < count; j++) {
      errors[at + j] = rate * (targets[ti + j] - errors[at + j]);
    }
    return loss;
  }

  @Override
  public void add(Floats table, Floats changes, Additions additions, int dimension) {
    int parts = additions.count() < FEW ? 1 : Parallel.threads();
    Parallel.run(parts, part -> add(table, changes, additions, dimension, part, parts));
  }

  private static void add(
      Floats table, Floats changes, Additions additions, int d, int part, int parts) {
    float[] to = HeapFloats.of(table);
    float[] from = HeapFloats.of(changes);
    int[] rows = HeapInts.of(additions.rows());
    int[] counts = HeapInts.of(additions.counts());
    float[] weights = HeapFloats.of(additions.weights());
    int count = additions.count();
    int share = additions.share();
    for (int k = 0; counts.length > 0 && k < count; k++) {
      if (rows[k] >= 0 && rows[k] % parts == part) {
        counts[rows[k]]++;
      }
    }
    for (int k = 0, change = 0, left = share; k < count; k++, left--) {
      if (left == 0) {
        change += d;
        left = share;
      }
      int row = rows[k];
      if (row >= 0 && row % parts == part) {
        float weight = weights.length == 0 ? 1 : weights[k];
        if (counts.length > 0 && counts[row] > additions.most()) {
          weight *= additions.most() / counts[row];
        }
        Sums.one(weight, from, change, to, row * d, d, true);
      }
    }
    for (int k = 0; counts.length > 0 && k < count; k++) {
      if (rows[k] >= 0 && rows[k] % parts == part) {
        counts[rows[k]] = 0;
      }
    }
  }

  @Override
  public double together(
      Floats words, Floats contexts, Squares squares, Pairs pairs, float rate, int dimension) {
    int[] rows = HeapInts.of(pairs.words());
    int[] columns = HeapInts.of(pairs.contexts());
    float[] weights = HeapFloats.of(pairs.weights());
    float[] logarithms = HeapFloats.of(pairs.logarithms());
    var step =
        new Together(
            HeapFloats.of(words),
            HeapFloats.of(contexts),
            HeapFloats.of(squares.words()),
            HeapFloats.of(squares.contexts()),
            new float[L],
            dimension);
    double loss = 0;
    for (int p = 0; p < pairs.count(); p++) {
      int wi = rows[p] * dimension;
      int ci = columns[p] * dimension;
      float error = step.dot(wi, ci) - logarithms[p];
      float weighted = weights[p] * error;
      loss += 0.5 * weighted * error;
      step.step(wi, ci, weighted, rate);
    }
    return loss;
  }
}
