package sequor.models;

import java.util.random.RandomGenerator;
import sequor.nn.Init;
import sequor.nn.Layer;
import sequor.nn.Linear;
import sequor.nn.Parts;
import sequor.tensor.Tensor;

/// How likely it is that something is above each level but the highest, from one score for all of
/// them and a cut between each two levels.
///
/// ```
/// s = w·x,   logit P(y > level_k | x) = s + b_k          k = 1 … K − 1
/// ```
///
/// As all levels share w, what is above a level is also above those below it where b falls, as it
/// does at the optimum.
///
/// Source: Cao, Mirjalili and Raschka, *Rank consistent ordinal regression for neural networks*
/// (2020), section 3.3 (CORAL); McCullagh, *Regression models for ordinal data* (1980).
final class CumulativeLink implements Layer {
  private final Linear score;
  private final Tensor cuts; // (K−1)

  /// @param inputSize of x
  /// @param cuts K − 1 of them
  CumulativeLink(int inputSize, int cuts, RandomGenerator random) {
    this.score = Linear.withoutBias(inputSize, 1, random);
    this.cuts = Init.zeros(cuts);
  }

  /// The logits of what is above each level. // (B,H) → (B,K−1)
  @Override
  public Tensor forward(Tensor x) {
    return score.forward(x).plus(cuts); // (B,1) + (K−1)
  }

  @Override
  public Parts parts() {
    return Parts.of("score", score).and("bias", cuts);
  }
}
