package sequor.nn;

import sequor.tensor.Ids;
import sequor.tensor.Tensor;

/// Negative log-likelihood of log-probabilities (…,C) at target classes (…), in nats; with
/// [Tensor#logSoftmax] before it this is cross-entropy in two steps.
///
/// @param reduction what becomes of the losses of single items
public record NllLoss(Reduction reduction) {
  /// The mean.
  public NllLoss() {
    this(Reduction.MEAN);
  }

  public Tensor of(Tensor logProbabilities, Ids targets) {
    return reduction.of(logProbabilities.pick(targets).negate());
  }
}
