package sequor.nn;

import java.util.Arrays;
import java.util.Optional;
import sequor.tensor.Ids;
import sequor.tensor.Op;
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

  /// More than so many are computed piece by piece: 16 MiB.
  private static final int MOST_LOGITS = 1 << 22;

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

  /// The loss of a linear layer's logits, which are computed for some rows at a time where all of
  /// them would be too many to stand in memory together.
  ///
  /// @param x what the layer reads (…,H)
  /// @param targets (…)
  /// @throws NnException if there are class weights, which this does not know
  public Tensor of(Tensor x, Linear layer, Ids targets) {
    int rows = targets.shape().size();
    int classes = layer.weight().dim(0);
    if ((long) rows * classes <= MOST_LOGITS) {
      return of(layer.forward(x), targets);
    }
    if (weights.isPresent()) {
      throw new NnException(
          "cross-entropy: expected no class weights for %,d logits, got some; leave them out"
              .formatted((long) rows * classes));
    }
    var losses =
        Op.apply(
            new LinearCrossEntropy(
                x.reshape(rows, x.dim(-1)),
                layer.weight(),
                layer.bias().orElseGet(() -> Tensor.zeros(classes)),
                targets.reshape(rows),
                ignoreIndex,
                labelSmoothing,
                Math.max(1, MOST_LOGITS / classes)));
    return switch (reduction) {
      case NONE -> losses.reshape(targets.shape().dims());
      case SUM -> losses.sum();
      case MEAN -> losses.sum().dividedBy(weightOf(targets, Tensor.ones(classes)));
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
