package sequor.train;

import java.util.Objects;
import sequor.tensor.Ids;
import sequor.tensor.Tensor;

/// Top-k accuracy: the share of items whose target is among the k classes with the highest scores.
/// Of equal scores the one that stands first is the higher, as in [Tensor#argmax].
public final class TopAccuracy {
  private final int k;
  private long right;
  private long total;

  public TopAccuracy(int k) {
    Check.positive("top accuracy", "k", k);
    this.k = k;
  }

  /// Counts the rows of scores (…,C) against targets (…) but those whose target is −100.
  public void add(Tensor scores, Ids targets) {
    if (scores.shape().rank() < 1 || !scores.shape().without(-1).equals(targets.shape())) {
      throw Check.wrong(
          "top accuracy: scores %s with targets %s — the targets must have the scores' shape"
              + " without its last axis, the classes",
          scores.shape(), targets.shape());
    }
    int classes = scores.dim(-1);
    float[] all = scores.toArray();
    int[] wanted = targets.toArray();
    for (int row = 0; row < wanted.length; row++) {
      if (wanted[row] != -100) {
        total++;
        right += rank(all, row * classes, classes, wanted[row]) < k ? 1 : 0;
      }
    }
  }

  private static int rank(float[] scores, int start, int classes, int target) {
    Objects.checkIndex(target, classes);
    float score = scores[start + target];
    int rank = 0;
    for (int c = 0; c < classes; c++) {
      float other = scores[start + c];
      rank += other > score || (other == score && c < target) ? 1 : 0;
    }
    return rank;
  }

  /// The share so far; 0 before the first item.
  public double value() {
    return total == 0 ? 0 : (double) right / total;
  }
}
