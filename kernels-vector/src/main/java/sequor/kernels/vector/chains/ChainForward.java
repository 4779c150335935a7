package sequor.kernels.vector.chains;

import java.util.Arrays;
import sequor.kernels.vector.rows.RowLoops;
import sequor.kernels.vector.simd.Lanes;
import sequor.kernels.vector.simd.Scratch;
import sequor.kernels.vector.simd.Scratch.Use;

/// The sums over beginnings, and what a row's path costs.
final class ChainForward {
  private final ChainRows rows;
  private final Factors factors;
  private final float[] sums;
  private final float[] losses;

  ChainForward(ChainRows rows, Factors factors, float[] sums, float[] losses) {
    this.rows = rows;
    this.factors = factors;
    this.sums = sums;
    this.losses = losses;
  }

  /// The rows of one block, step by step.
  void block(int index) {
    try (var scratch = Scratch.borrow()) {
      var block = new Block(index * ChainLoops.ROWS, scratch);
      for (int t = 0; t < rows.longestOf(index); t++) {
        if (t > 0) {
          ChainLoops.product(block.powers, factors.into, block.into, rows.n, rows.width);
        }
        for (int b = block.first; b < rows.endOf(index); b++) {
          if (t < rows.length(b)) {
            block.step(b, t);
          }
        }
      }
      for (int b = block.first; b < rows.endOf(index); b++) {
        losses[b] = rows.length(b) == 0 ? 0 : block.loss(b);
      }
    }
  }

  private final class Block {
    private final int first;
    private final float[] beginnings; // a
    private final float[] powers; // exp(a − max a)
    private final float[] into; // Σ_i powers[i]·F[i,j]
    private final float[] maxima = new float[ChainLoops.ROWS];
    private final double[] taken = new double[ChainLoops.ROWS];
    private final float[] lanes = new float[Lanes.L];

    Block(int first, Scratch scratch) {
      this.first = first;
      int size = ChainLoops.ROWS * rows.width;
      beginnings = scratch.floats(Use.HIDDEN, size);
      powers = scratch.floats(Use.CELL, size);
      into = scratch.floats(Use.SUMS, size);
      Arrays.fill(powers, 0, size, 0);
    }

    void step(int b, int t) {
      int own = (b - first) * rows.width;
      int at = rows.at(b, t);
      int n = rows.n;
      if (t == 0) {
        System.arraycopy(rows.start, 0, sums, at, n);
      } else {
        float least = ChainLoops.logs(into, own, factors.most, sums, at, n, lanes);
        if (least < Factors.TINY) {
          exactly(own, at, maxima[b - first]);
        }
      }
      float max = ChainLoops.add(sums, at, rows.emissions, at, beginnings, own, n, lanes);
      if (t == rows.length(b) - 1) {
        return;
      }
      maxima[b - first] = max;
      taken[b - first] += max;
      if (max == Float.NEGATIVE_INFINITY) {
        Arrays.fill(powers, own, own + n, 0);
      } else {
        RowLoops.exp(beginnings, own, max, powers, own, n, lanes);
      }
    }

    /// The sums that factors are too coarse for, from the beginnings of the step before.
    private void exactly(int own, int at, float max) {
      for (int j = 0; j < rows.n; j++) {
        if (into[own + j] < Factors.TINY) {
          sums[at + j] = factors.logSum(beginnings, own, max, j);
        }
      }
    }

    float loss(int b) {
      int own = (b - first) * rows.width;
      float max = ChainLoops.add(beginnings, own, rows.end, 0, beginnings, own, rows.n, lanes);
      double all = max;
      if (max != Float.NEGATIVE_INFINITY) {
        float sum = RowLoops.sumOfExp(beginnings, own, max, rows.n, lanes);
        all = taken[b - first] + max + StrictMath.log(sum);
      }
      if (!rows.tagged()) {
        return (float) all;
      }
      double score = rows.score(b);
      return score == Double.NEGATIVE_INFINITY
          ? Float.POSITIVE_INFINITY
          : (float) Math.max(0, all - score); // less than 0 by rounding alone
    }
  }
}
