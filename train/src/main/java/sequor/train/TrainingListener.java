package sequor.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Is called as training goes on; what it throws ends the training.
public interface TrainingListener {
  /// A step is done.
  default void stepped(Step step) {}

  /// An epoch is done and evaluated.
  default void epochEnded(Epoch epoch) {}

  /// One step.
  ///
  /// @param number the number of this step, from 1, over all epochs
  /// @param epoch from 1
  /// @param batch which batch of the epoch, from 1; of several that were accumulated the last
  /// @param batches how many the epoch has; 0 if that is not known
  /// @param loss of the batch; of several that were accumulated the mean
  /// @param gradientNorm before clipping
  record Step(
      long number,
      int epoch,
      int batch,
      int batches,
      double loss,
      double gradientNorm,
      double learningRate) {}

  /// One epoch.
  ///
  /// @param number from 1
  /// @param steps how many steps are done
  /// @param learningRate of the last step
  /// @param metrics `train_loss`, the mean over the batches, and what the objective's evaluation
  ///   gave
  /// @param best whether the metric that is monitored was never better
  record Epoch(
      int number, long steps, double learningRate, Map<String, Double> metrics, boolean best) {
    public Epoch {
      metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }
  }
}
