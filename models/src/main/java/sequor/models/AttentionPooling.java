package sequor.models;

import java.util.random.RandomGenerator;
import sequor.nn.Init;
import sequor.nn.Inspection;
import sequor.nn.Linear;
import sequor.nn.Parts;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// Pooling by attention: a learned query says how much each real step matters.
///
/// ```
/// u[t] = tanh(W·h[t] + b)
/// α = softmax over real t of u[t]·q
/// s = Σ α[t]·h[t]
/// ```
///
/// Source: Yang et al., *Hierarchical attention networks for document classification* (2016),
/// equations 5 to 7.
public final class AttentionPooling implements Pooling.Pooler {
  private final Linear projection; // (H,H)
  private final Tensor query; // (H)

  /// @param hiddenSize H
  public AttentionPooling(int hiddenSize, RandomGenerator random) {
    projection = new Linear(hiddenSize, hiddenSize, random);
    query = Init.byFanIn(random, hiddenSize, hiddenSize);
  }

  @Override
  public Tensor forward(Encoder encoder, Inputs inputs) {
    var encoded = encoder.encode(inputs);
    var hidden = encoded.hidden(); // (B,T,H)
    var weights = weights(hidden, encoded.spans());
    Inspection.tell(this, Inspection.Looking.POOLING, weights.unsqueeze(1).unsqueeze(1));
    return hidden.times(weights.unsqueeze(2)).sum(1); // (B,H)
  }

  /// How much each step matters: 0 where there is padding, and each row adds up to 1, an empty one
  /// to 0. (B,T,H) → (B,T)
  public Tensor weights(Tensor hidden, Spans spans) {
    var scores = projection.forward(hidden).tanh().matmul(query); // (B,T)
    return scores.maskedFill(spans.mask().lessThan(1), Float.NEGATIVE_INFINITY).softmax();
  }

  @Override
  public Parts parts() {
    return Parts.of("projection", projection).and("query", query);
  }
}
