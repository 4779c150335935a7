package sequor.kernels.vector.attentions;

import java.util.Arrays;
import sequor.kernels.Attentions.Gradients;
import sequor.kernels.Attentions.Reading;
import sequor.kernels.Attentions.Size;
import sequor.kernels.Attentions.Steps;
import sequor.kernels.HeapFloats;
import sequor.kernels.vector.products.InitialValue;
import sequor.kernels.vector.products.LocalProduct;
import sequor.kernels.vector.products.Matrix;
import sequor.kernels.vector.rows.RowLoops;
import sequor.kernels.vector.simd.Lanes;
import sequor.kernels.vector.simd.Scratch;
import sequor.kernels.vector.simd.Scratch.Use;

/// A block of real queries of one head, and all keys that one of them sees.
///
/// @param b the row of the batch
/// @param h the head
/// @param from the first query
/// @param rows how many there are, which may be none
/// @param first the first key
/// @param keys how many the last query sees, which sees the most
record HeadBlock(
    Reading reading, Size size, int b, int h, int from, int rows, int first, int keys) {
  /// So few that what they take from some thousand keys fits the second cache.
  static final int QUERIES = 64;

  static HeadBlock of(Reading reading, Size size, int b, int h, int block) {
    int from = reading.asking().starts().get(b) + block * QUERIES;
    int rows = Math.clamp(reading.asking().ends().get(b) - from, 0, QUERIES);
    int first = reading.seen().starts().get(b);
    int end = size.end(from + rows - 1, reading.seen().ends().get(b));
    return new HeadBlock(reading, size, b, h, from, rows, first, Math.max(0, end - first));
  }

  /// How many of the keys the `r`-th query sees.
  private int count(int r) {
    return Math.clamp(size.end(from + r, first + keys) - first, 0, keys);
  }

  /// The place of the `r`-th query among all of all heads.
  private int place(int r) {
    return (b * size.heads() + h) * size.queries() + from + r;
  }

  private int placeOfDropout(int r) {
    return place(r) * size.keys() + first;
  }

  private boolean drops() {
    return reading.dropout().p() > 0;
  }

  /// Where the numbers of the `r`-th query are in `y`.
  private int own(int r) {
    return ((b * size.queries() + from + r) * size.heads() + h) * size.width();
  }

  private Matrix own(float[] y) {
    return Matrix.of(y, own(0), size.heads() * size.width());
  }

  private Matrix queries() {
    return lines(reading.queries(), asked());
  }

  private int asked() {
    return reading.queries().at(b * size.queries() + from, h, size);
  }

  private int at(Steps steps) {
    return steps.at(b * size.keys() + first, h, size);
  }

  private static Matrix lines(Steps steps, int at) {
    return Matrix.of(HeapFloats.of(steps.data()), at, steps.apart());
  }

  private LocalProduct.Size scores() {
    return new LocalProduct.Size(rows, size.width(), keys);
  }

  /// `q · kᵀ`.
  private float[] products(Scratch scratch) {
    float[] p = scratch.floats(Use.SCORES, rows * keys);
    var k = lines(reading.keys(), at(reading.keys())).transpose();
    LocalProduct.run(scratch, queries(), k, InitialValue.ZEROS, p, 0, keys, scores());
    return p;
  }

  void forward(Scratch scratch, float[] y, float[] logSums) {
    if (rows == 0) {
      return;
    }
    float[] p = products(scratch);
    float[] lanes = new float[Lanes.L];
    float[] parts = new float[rows]; // one over each softmax's sum
    for (int r = 0; r < rows; r++) {
      int at = r * keys;
      int count = count(r);
      float max = size.scale() * RowLoops.max(p, at, count, lanes);
      boolean none = max == Float.NEGATIVE_INFINITY;
      float sum = none ? 0 : AttentionLoops.exp(p, at, count, size.scale(), max, lanes);
      Arrays.fill(p, none ? at : at + count, at + keys, 0);
      parts[r] = none ? 0 : 1 / sum;
      if (logSums.length > 0) {
        logSums[place(r)] = none ? max : max + (float) StrictMath.log(sum);
      }
      if (drops()) {
        AttentionLoops.drop(p, at, count, reading.dropout(), placeOfDropout(r));
      }
    }
    var v = lines(reading.values(), at(reading.values()));
    var taken = new LocalProduct.Size(rows, keys, size.width());
    int apart = size.heads() * size.width();
    LocalProduct.run(
        scratch, Matrix.of(p, 0, keys), v, InitialValue.ZEROS, y, own(0), apart, taken);
    for (int r = 0; r < rows; r++) {
      RowLoops.affine(y, own(r), parts[r], 0, y, own(r), size.width());
    }
  }

  void backward(Scratch scratch, float[] y, float[] logSums, float[] dy, Gradients gradients) {
    if (rows == 0 || keys == 0) {
      return;
    }
    float[] p = products(scratch);
    float[] dp = scratch.floats(Use.SCORES, 1, rows * keys);
    var v = lines(reading.values(), at(reading.values())).transpose();
    LocalProduct.run(scratch, own(dy), v, InitialValue.ZEROS, dp, 0, keys, scores());
    float[] lanes = new float[Lanes.L];
    for (int r = 0; r < rows; r++) {
      row(r, p, dp, logSums[place(r)], dot(y, dy, r, lanes), lanes);
    }
    var toKeys = new LocalProduct.Size(keys, rows, size.width());
    var toQueries = new LocalProduct.Size(rows, keys, size.width());
    var k = lines(reading.keys(), at(reading.keys()));
    var products = Matrix.of(dp, 0, keys);
    add(scratch, Matrix.of(p, 0, keys).transpose(), own(dy), values(gradients), toKeys);
    add(scratch, products, k, queries(gradients), toQueries);
    add(scratch, products.transpose(), queries(), keys(gradients), toKeys);
  }

  /// Σ p·dp of the `r`-th query.
  private float dot(float[] y, float[] dy, int r, float[] lanes) {
    return RowLoops.dot(y, own(r), dy, own(r), size.width(), lanes);
  }

  /// Makes the p of one query of its products, as they were after dropout, and of `dp` the gradient
  /// of the products.
  private void row(int r, float[] p, float[] dp, float logSum, float dot, float[] lanes) {
    int at = r * keys;
    int count = logSum == Float.NEGATIVE_INFINITY ? 0 : count(r);
    Arrays.fill(p, at + count, at + keys, 0);
    Arrays.fill(dp, at + count, at + keys, 0);
    AttentionLoops.exp(p, at, count, size.scale(), logSum, lanes);
    if (drops()) {
      AttentionLoops.gradient(
          p, dp, at, count, dot, size.scale(), reading.dropout(), placeOfDropout(r));
    } else {
      AttentionLoops.gradient(p, dp, at, count, dot, size.scale());
    }
  }

  private Steps queries(Gradients gradients) {
    return new Steps(gradients.queries(), asked(), reading.queries().apart());
  }

  private Steps keys(Gradients gradients) {
    return new Steps(gradients.keys(), at(reading.keys()), reading.keys().apart());
  }

  private Steps values(Gradients gradients) {
    return new Steps(gradients.values(), at(reading.values()), reading.values().apart());
  }

  /// `to += a · b`, if anybody wants it.
  private static void add(Scratch scratch, Matrix a, Matrix b, Steps to, LocalProduct.Size size) {
    float[] c = HeapFloats.of(to.data());
    if (c.length > 0) {
      LocalProduct.run(scratch, a, b, InitialValue.KEPT, c, to.start(), to.apart(), size);
    }
  }
}
