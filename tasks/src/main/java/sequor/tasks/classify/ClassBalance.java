package sequor.tasks.classify;

import java.util.Arrays;
import sequor.tensor.Tensor;

/// How much an example of each class counts while learning.
///
/// ```
/// w = (N / (C · n)) ^ balance
/// ```
///
/// for a class with n of N examples and C classes. Balance 0 counts all examples the same; 1 counts
/// all classes the same, as scikit-learn's `balanced`; in between, rare classes count more and
/// frequent ones still most.
final class ClassBalance {
  private ClassBalance() {}

  /// One weight per class, for these numbers of examples. // (C)
  static Tensor weights(int[] counts, double balance) {
    double total = Arrays.stream(counts).sum();
    float[] weights = new float[counts.length];
    for (int c = 0; c < weights.length; c++) {
      double balanced = total / (counts.length * (double) Math.max(counts[c], 1));
      weights[c] = (float) Math.pow(balanced, balance);
    }
    return Tensor.of(weights);
  }
}
