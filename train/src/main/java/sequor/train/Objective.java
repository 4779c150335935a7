package sequor.train;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import sequor.nn.NnModule;
import sequor.tensor.Tensor;

/// What there is to learn: a module, batches, a loss, and an evaluation.
///
/// ```java
/// record Sentiment(Classifier module, DataSet train, DataSet valid) implements Objective<Batch> {
///   public Feed<Batch> batches(int epoch, RandomGenerator random) {
///     return Feed.of(train.shuffled(random));
///   }
///
///   public Tensor loss(Batch batch) {
///     return module.forward(batch.ids()).crossEntropy(batch.labels());
///   }
///
///   public Map<String, Double> evaluate() {
///     return confusion(module, valid).metrics();
///   }
/// }
/// ```
///
/// @param <B> a batch
public interface Objective<B> {
  /// What learns.
  NnModule module();

  /// The batches of one epoch. The same epoch and the same state of `random` must give the same
  /// batches, as a run that resumes asks for them again; each may be made when it is asked for.
  ///
  /// @param epoch from 1
  /// @param random belongs to this epoch alone
  Feed<B> batches(int epoch, RandomGenerator random);

  /// The loss of one batch, a single number, computed while a training tape is open.
  Tensor loss(B batch);

  /// The loss of one batch that goes on where the batch before stopped; see [CarryingObjective].
  default Carried loss(B batch, List<Tensor> state) {
    return new Carried(loss(batch), List.of());
  }

  /// How much a batch counts beside others of the same step ([Trainer#accumulating]): where its
  /// loss is a mean, over how many (tokens, say), so that some batches together have the gradient
  /// that one of all their items has.
  default double weight(B batch) {
    return 1;
  }

  /// Metrics by name on data that is not learned from, computed after each epoch without a tape.
  default Map<String, Double> evaluate() {
    return Map.of();
  }

  /// The loss of a batch, and the state that the next batch starts from.
  ///
  /// @param state in a fixed order, as that of a recurrent layer's state; no gradient flows from
  ///   the next batch into this one
  record Carried(Tensor loss, List<Tensor> state) {
    public Carried {
      state = List.copyOf(state);
    }
  }
}
