package sequor.recipes;

import java.util.Arrays;
import sequor.tensor.Tensor;

/// How much an example of each class counts while learning.
enum ClassWeights {
  /// All the same.
  NONE(0),
  /// Rare classes together as much as frequent ones: `N / (C · n)` for a class with n of N examples
  /// and C classes, as scikit-learn's `balanced`.
  BALANCED(1),
  /// The square root of that: halfway.
  ROOT(0.5);

  private final double power;

  ClassWeights(double power) {
    this.power = power;
  }

  /// One weight per class, for these numbers of examples. // (C)
  Tensor of(int[] counts) {
    double total = Arrays.stream(counts).sum();
    float[] weights = new float[counts.length];
    for (int c = 0; c < weights.length; c++) {
      weights[c] =
          (float) Math.pow(total / (counts.length * (double) Math.max(counts[c], 1)), power);
    }
    return Tensor.of(weights);
  }
}
