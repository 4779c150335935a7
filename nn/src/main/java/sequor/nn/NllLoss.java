package sequor.nn;

import java.util.Optional;
import sequor.tensor.Ids;
import sequor.tensor.Tensor;

/// Negative log-likelihood of log-probabilities (…,C) at target classes (…), in nats: `loss(x, t) =
/// −w[t] · x[t]`. With [Tensor#logSoftmax] before it this is cross-entropy in two steps.
///
/// The mean divides by the weights of the targets, and items whose target is the ignored index
/// count for nothing, as in PyTorch; if all are ignored the mean is 0 (PyTorch: NaN).
public final class NllLoss {
  private static final int PYTORCH_IGNORED = -100;

  private final Reduction reduction;
  private final Optional<Tensor> weights;
  private final int ignoreIndex;

  /// No weights, nothing ignored, the mean.
  public NllLoss() {
    this(Reduction.MEAN);
  }

  /// No weights, nothing ignored.
  public NllLoss(Reduction reduction) {
    this(reduction, Optional.empty(), PYTORCH_IGNORED);
  }

  private NllLoss(Reduction reduction, Optional<Tensor> weights, int ignoreIndex) {
    this.reduction = reduction;
    this.weights = weights;
    this.ignoreIndex = ignoreIndex;
  }

  /// One weight per class. // (C)
  public NllLoss withWeights(Tensor weights) {
    return new NllLoss(reduction, Optional.of(weights), ignoreIndex);
  }

  /// Items with this target are ignored.
  public NllLoss withIgnoreIndex(int ignoreIndex) {
    return new NllLoss(reduction, weights, ignoreIndex);
  }

  /// @param logProbabilities (…,C)
  /// @param targets (…)
  public Tensor of(Tensor logProbabilities, Ids targets) {
    int[] places = targets.toArray();
    int count = logProbabilities.dim(-1);
    var each = weights.orElseGet(() -> Tensor.ones(count));
    if (each.shape().rank() != 1 || each.dim(0) != count) {
      throw new NnException(
          "nll: expected a weight for each of %d classes, got %s; give as many"
              .formatted(count, each.shape()));
    }
    float[] byClass = each.toArray();
    float[] itemWeights = new float[places.length];
    double sum = 0;
    for (int i = 0; i < places.length; i++) {
      boolean ignored = places[i] == ignoreIndex;
      places[i] = ignored ? 0 : places[i];
      boolean known = places[i] >= 0 && places[i] < byClass.length; // if not, gather says so
      itemWeights[i] = ignored || !known ? 0 : byClass[places[i]];
      sum += itemWeights[i];
    }
    var classes = Ids.of(places, targets.shape()).unsqueeze(-1); // (…,1)
    var chosen = logProbabilities.gather(-1, classes).squeeze(-1); // (…)
    var losses = chosen.times(Tensor.of(itemWeights, targets.shape())).negate();
    return switch (reduction) {
      case NONE -> losses;
      case SUM -> losses.sum();
      case MEAN -> losses.sum().dividedBy(sum == 0 ? 1 : (float) sum);
    };
  }
}
