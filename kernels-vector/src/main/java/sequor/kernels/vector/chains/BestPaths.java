package sequor.kernels.vector.chains;

import java.util.Arrays;
import sequor.kernels.vector.rows.RowLoops;
import sequor.kernels.vector.simd.Lanes;
import sequor.kernels.vector.simd.Scratch;
import sequor.kernels.vector.simd.Scratch.Use;

/// The best path of each row. Where it came from is not written down on the way, but found again on
/// the way back, one column of the transitions a step.
final class BestPaths {
  private final ChainRows rows;
  private final float[] transitions; // each row in whole vectors
  private final int[] paths;
  private final float[] best;

  BestPaths(ChainRows rows, float[] transitions, int[] paths, float[] best) {
    this.rows = rows;
    this.transitions = transitions;
    this.paths = paths;
    this.best = best;
  }

  /// The rows of one block, step by step and back.
  void block(int index) {
    int first = index * ChainLoops.ROWS;
    int width = rows.width;
    int longest = rows.longestOf(index);
    int block = ChainLoops.ROWS * width;
    double[] taken = new double[ChainLoops.ROWS];
    float[] lanes = new float[Lanes.L];
    try (var scratch = Scratch.borrow()) {
      float[] a = scratch.floats(Use.HIDDEN, block);
      float[] into = scratch.floats(Use.SUMS, block);
      float[] kept = scratch.floats(Use.PROJECTED, longest * block); // (T,ROWS,width)
      Arrays.fill(a, 0, block, 0);
      for (int t = 0; t < longest; t++) {
        if (t > 0) {
          ChainLoops.best(a, transitions, into, rows.n, width);
        }
        for (int b = first; b < rows.endOf(index); b++) {
          int own = (b - first) * width;
          if (t < rows.length(b)) {
            float[] before = t == 0 ? rows.start : into;
            taken[b - first] += step(b, t, before, t == 0 ? 0 : own, a, own, lanes);
          }
        }
        System.arraycopy(a, 0, kept, t * block, block);
      }
      for (int b = first; b < rows.endOf(index); b++) {
        int own = (b - first) * width;
        best[b] = rows.length(b) == 0 ? 0 : back(b, kept, own, block, taken[b - first]);
      }
    }
  }

  /// What is taken away, so that the best beginning has the score 0.
  private float step(int b, int t, float[] into, int at, float[] a, int own, float[] lanes) {
    int n = rows.n;
    float max = ChainLoops.add(into, at, rows.emissions, rows.at(b, t), a, own, n, lanes);
    if (max > Float.NEGATIVE_INFINITY) {
      RowLoops.affine(a, own, 1, -max, a, own, n);
    }
    return max;
  }

  private float back(int b, float[] kept, int own, int block, double taken) {
    int n = rows.n;
    int length = rows.length(b);
    int last = (length - 1) * block + own;
    int tag = 0;
    for (int j = 0; j < n; j++) {
      kept[last + j] += rows.end[j];
      tag = kept[last + j] > kept[last + tag] ? j : tag;
    }
    float score = (float) (taken + kept[last + tag]);
    for (int t = length - 1; t >= 0; t--) {
      paths[rows.place(b, t)] = tag;
      tag = t > 0 ? from(kept, (t - 1) * block + own, tag) : tag;
    }
    return score;
  }

  private int from(float[] kept, int at, int tag) {
    int from = 0;
    float most = kept[at] + rows.transitions[tag];
    for (int i = 1; i < rows.n; i++) {
      float score = kept[at + i] + rows.transitions[i * rows.n + tag];
      if (score > most) {
        most = score;
        from = i;
      }
    }
    return from;
  }
}
