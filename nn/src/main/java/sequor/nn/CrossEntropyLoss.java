package sequor.nn;

import java.util.Arrays;
import java.util.Optional;
import sequor.tensor.Ids;
import sequor.tensor.Tensor;

/// Cross-entropy of logits (…,C) against target classes (…), in nats.
///
/// ```
/// loss(x, t) = (1 − ε) · w[t] · −ln softmax(x)[t]  +  ε/C · Σ_c w[c] · −ln softmax(x)[c]
/// ```
///
/// The mean divides by the weights of the targets, and items whose target is the ignored index
/// count for nothing, as in PyTorch; if all are ignored the mean is 0 (PyTorch: NaN).
///
/// ```java
/// var loss = new CrossEntropyLoss().withWeights(weights).withLabelSmoothing(0.1f);
/// ```
public final class CrossEntropyLoss {
  private static final int PYTORCH_IGNORED = -100;

  private final Optional<Tensor> weights;
  private final int ignoreIndex;
  private final float labelSmoothing;
  private final Reduction reduction;

  /// No weights, nothing ignored, no smoothing, the mean.
  public CrossEntropyLoss() {
    this(Optional.empty(), PYTORCH_IGNORED, 0, Reduction.MEAN);
  }

  private CrossEntropyLoss(
      Optional<Tensor> weights, int ignoreIndex, float labelSmoothing, Reduction reduction) {
    this.weights = weights;
    this.ignoreIndex = ignoreIndex;
    this.labelSmoothing = labelSmoothing;
    this.reduction = reduction;
  }

  /// One weight per class. // (C)
  public CrossEntropyLoss withWeights(Tensor weights) {
    return new CrossEntropyLoss(Optional.of(weights), ignoreIndex, labelSmoothing, reduction);
  }

  /// Items with this target are ignored.
  public CrossEntropyLoss withIgnoreIndex(int ignoreIndex) {
    return new CrossEntropyLoss(weights, ignoreIndex, labelSmoothing, reduction);
  }

  /// The share ε of each target that is spread over all classes, from 0 to 1.
  public CrossEntropyLoss withLabelSmoothing(float labelSmoothing) {
    return new CrossEntropyLoss(weights, ignoreIndex, labelSmoothing, reduction);
  }

  public CrossEntropyLoss withReduction(Reduction reduction) {
    return new CrossEntropyLoss(weights, ignoreIndex, labelSmoothing, reduction);
  }

  /// @param logits (…,C)
  /// @param targets (…)
  public Tensor of(Tensor logits, Ids targets) {
    var w = weights.orElseGet(() -> Tensor.ones(logits.dim(-1)));
    var losses = logits.crossEntropies(targets, w, ignoreIndex, labelSmoothing);
    return switch (reduction) {
      case NONE -> losses;
      case SUM -> losses.sum();
      case MEAN -> losses.sum().dividedBy(weightOf(targets, w));
    };
  }

  private float weightOf(Ids targets, Tensor w) {
    float[] byClass = w.toArray();
    double sum =
        Arrays.stream(targets.toArray())
            .filter(t -> t != ignoreIndex)
            .mapToDouble(t -> byClass[t])
            .sum();
    return sum == 0 ? 1 : (float) sum;
  }
}
