package sequor.kernels.vector.chains;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import sequor.kernels.Chains.Gradients;
import sequor.kernels.FloatMath;
import sequor.kernels.HeapFloats;
import sequor.kernels.Parallel;
import sequor.kernels.Products;
import sequor.kernels.vector.products.VectorProducts;
import sequor.kernels.vector.rows.RowLoops;
import sequor.kernels.vector.simd.Lanes;
import sequor.kernels.vector.simd.Scratch;
import sequor.kernels.vector.simd.Scratch.Use;

/// Marginals from the last step to the first, and gradients from these.
///
/// With `u_t = exp(a_t − max a_t)` and `v_t[j] = p_t[j]·exp(c[j] − z_t[j])`, in [Factors]:
///
/// ```
/// q_t[i,j] = u_t[i]·F[i,j]·v_{t+1}[j],   p_t = u_t · (F v_{t+1})
/// ```
///
/// so the gradient of the transitions is `F · (Uᵀ V)`, number by number, with the `u_t` and
/// `v_{t+1}` of all pairs of steps as the rows of U and V: one product of matrices.
final class ChainBackward {
  private final ChainRows rows;
  private final Factors factors;
  private final Scratch scratch;
  private final float[] sums;
  private final float[] dLosses;
  private final float[] dEmissions;
  private final float[] dTransitions;
  private final float[] dStart;
  private final float[] dEnd;
  private final float[] from; // Fᵀ
  private final int[] pairs; // of steps, before those of each row
  private final float[] powers; // U
  private final float[] shares; // V, times the gradient of the row
  private final float[] ends; // (B,2,N) the marginals of each row's first and last step
  private final boolean[] impossible;
  private final List<List<Far>> far;

  ChainBackward(
      ChainRows rows,
      Factors factors,
      float[] sums,
      float[] dLosses,
      Gradients gradients,
      Scratch scratch) {
    this.rows = rows;
    this.factors = factors;
    this.scratch = scratch;
    this.sums = sums;
    this.dLosses = dLosses;
    dEmissions = HeapFloats.of(gradients.emissions());
    dTransitions = HeapFloats.of(gradients.transitions());
    dStart = HeapFloats.of(gradients.start());
    dEnd = HeapFloats.of(gradients.end());
    from = factors.transposed();
    pairs = new int[rows.batch + 1];
    for (int b = 0; b < rows.batch; b++) {
      pairs[b + 1] = pairs[b] + Math.max(0, rows.length(b) - 1);
    }
    int paired = dTransitions.length > 0 ? pairs[rows.batch] * rows.n : 0;
    powers = scratch.floats(Use.READ, paired);
    shares = scratch.floats(Use.GATE_GRADIENTS, paired);
    ends = scratch.floats(Use.SUM_GRADIENTS, 2 * rows.batch * rows.n);
    impossible = new boolean[rows.batch];
    far = new ArrayList<>();
    for (int block = 0; block < rows.blocks(); block++) {
      far.add(List.of());
    }
  }

  /// A step of a row whose tag `j` has a part in the marginals, though factors are too coarse for
  /// what leads to it.
  ///
  /// @param p its marginal
  private record Far(int b, int t, int j, float p) {}

  void run() {
    Parallel.run(rows.blocks(), this::block);
    if (dTransitions.length > 0) {
      transitions();
    }
    for (int b = 0; b < rows.batch; b++) {
      if (rows.length(b) > 0 && !impossible[b]) {
        end(b, 0, 0, dStart);
        end(b, 1, rows.length(b) - 1, dEnd);
      }
    }
  }

  private void end(int b, int which, int t, float[] gradient) {
    if (gradient.length > 0) {
      RowLoops.addScaled(ends, (2 * b + which) * rows.n, dLosses[b], gradient, 0, rows.n);
      if (rows.tagged()) {
        gradient[rows.tag(b, t)] -= dLosses[b];
      }
    }
  }

  private void transitions() {
    int n = rows.n;
    int count = pairs[rows.batch];
    if (count == 0) {
      return;
    }
    float[] product = scratch.floats(Use.PROJECTED, n * n);
    new VectorProducts()
        .matmul(
            new HeapFloats(powers),
            new HeapFloats(shares),
            new HeapFloats(product),
            Products.Size.of(n, count, n).transposingA()); // UᵀV
    ChainLoops.addProduct(factors.into, rows.width, product, dTransitions, n);
    float[] a = new float[n];
    for (var block : far) {
      for (var each : block) {
        float dy = dLosses[each.b] * each.p;
        float max = beginnings(each.b, each.t - 1, a, 0, new float[Lanes.L]);
        float sum = sums[rows.at(each.b, each.t) + each.j];
        for (int i = 0; i < n; i++) {
          dTransitions[i * n + each.j] +=
              dy * FloatMath.exp(factors.into(a, 0, max, i, each.j) - sum);
        }
      }
    }
    for (int b = 0; b < rows.batch && rows.tagged(); b++) {
      for (int t = 1; t < rows.length(b) && !impossible[b]; t++) {
        dTransitions[rows.tag(b, t - 1) * n + rows.tag(b, t)] -= dLosses[b];
      }
    }
  }

  /// `a_t = z_t + x_t`; gives the largest.
  private float beginnings(int b, int t, float[] a, int ai, float[] lanes) {
    int at = rows.at(b, t);
    return ChainLoops.add(sums, at, rows.emissions, at, a, ai, rows.n, lanes);
  }

  private void block(int index) {
    try (var own = Scratch.borrow()) {
      var block = new Block(index * ChainLoops.ROWS, own);
      int longest = rows.longestOf(index);
      for (int t = longest - 1; t >= 0; t--) {
        if (t < longest - 1) {
          ChainLoops.product(block.shared, from, block.back, rows.n, rows.width);
        }
        for (int b = block.first; b < rows.endOf(index); b++) {
          if (t < rows.length(b) && !impossible[b]) {
            block.step(b, t);
          }
        }
      }
      far.set(index, block.found);
    }
  }

  private final class Block {
    private final int first;
    private final float[] a; // then exp(a − max a), then p
    private final float[] shared; // v
    private final float[] back; // F v
    private final float[] more; // what comes back by far steps
    private final boolean[] some = new boolean[ChainLoops.ROWS]; // of these
    private final List<Far> found = new ArrayList<>();
    private final float[] lanes = new float[Lanes.L];

    Block(int first, Scratch scratch) {
      this.first = first;
      int size = ChainLoops.ROWS * rows.width;
      a = scratch.floats(Use.HIDDEN, 0, size);
      shared = scratch.floats(Use.HIDDEN, 1, size);
      back = scratch.floats(Use.SUMS, size);
      more = scratch.floats(Use.THROUGH, size);
      Arrays.fill(shared, 0, size, 0);
    }

    void step(int b, int t) {
      int own = (b - first) * rows.width;
      if (t == rows.length(b) - 1) {
        last(b, t, own);
      } else {
        earlier(b, t, own);
      }
      if (impossible[b]) {
        return;
      }
      if (dEmissions.length > 0) {
        RowLoops.addScaled(a, own, dLosses[b], dEmissions, rows.at(b, t), rows.n);
        if (rows.tagged()) {
          dEmissions[rows.at(b, t) + rows.tag(b, t)] -= dLosses[b];
        }
      }
      if (t > 0) {
        share(b, t, own);
      } else {
        System.arraycopy(a, own, ends, 2 * b * rows.n, rows.n);
      }
    }

    private void last(int b, int t, int own) {
      int n = rows.n;
      beginnings(b, t, a, own, lanes);
      float max = ChainLoops.add(a, own, rows.end, 0, a, own, n, lanes);
      if (max == Float.NEGATIVE_INFINITY) {
        impossible[b] = true;
        if (dTransitions.length > 0) {
          Arrays.fill(powers, pairs[b] * n, pairs[b + 1] * n, 0);
          Arrays.fill(shares, pairs[b] * n, pairs[b + 1] * n, 0);
        }
        return;
      }
      float sum = RowLoops.exp(a, own, max, a, own, n, lanes);
      RowLoops.affine(a, own, 1 / sum, 0, a, own, n);
      System.arraycopy(a, own, ends, (2 * b + 1) * n, n);
    }

    private void earlier(int b, int t, int own) {
      int n = rows.n;
      float max = beginnings(b, t, a, own, lanes);
      RowLoops.exp(a, own, max, a, own, n, lanes);
      if (dTransitions.length > 0) {
        System.arraycopy(a, own, powers, (pairs[b] + t) * n, n);
      }
      float sum = ChainLoops.multiply(back, own, a, own, n, lanes);
      if (some[b - first]) {
        RowLoops.add(more, own, a, own, n);
        sum = RowLoops.sum(a, own, n, lanes);
      }
      RowLoops.affine(a, own, 1 / sum, 0, a, own, n); // the sum is 1, but for rounding
    }

    private void share(int b, int t, int own) {
      int n = rows.n;
      int at = rows.at(b, t);
      float least =
          ChainLoops.shares(a, factors.most, sums, at, Factors.LOG_TINY, shared, own, n, lanes);
      some[b - first] = false;
      if (least < Factors.LOG_TINY) {
        far(b, t, own);
      }
      if (dTransitions.length > 0) {
        int pair = (pairs[b] + t - 1) * n;
        RowLoops.affine(shared, own, dLosses[b], 0, shares, pair, n);
      }
    }

    private void far(int b, int t, int own) {
      int at = rows.at(b, t);
      float[] before = new float[rows.n];
      float max = beginnings(b, t - 1, before, 0, lanes);
      Arrays.fill(more, own, own + rows.n, 0);
      for (int j = 0; j < rows.n; j++) {
        float p = a[own + j];
        if (sums[at + j] - factors.most[j] < Factors.LOG_TINY && p > 0) {
          some[b - first] = true;
          found.add(new Far(b, t, j, p));
          for (int i = 0; i < rows.n; i++) {
            more[own + i] += p * FloatMath.exp(factors.into(before, 0, max, i, j) - sums[at + j]);
          }
        }
      }
    }
  }
}
