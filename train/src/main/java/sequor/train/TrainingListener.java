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

  /// Part of a step's work is done, by something whose steps are no batches.
  default void paced(Pace pace) {}

  /// How fast something learns that counts what it has read.
  ///
  /// @param share of all its work, from 0 to 1
  /// @param perSecond how much it reads a second
  /// @param unit of what: `words`
  /// @param loss lately
  /// @param secondsLeft until all of its work is done
  record Pace(
      double share,
      double perSecond,
      String unit,
      double learningRate,
      double loss,
      double secondsLeft) {}

  /// One step.
  ///
  /// @param number the number of this step, from 1, over all epochs
  /// @param epoch from 1
  /// @param batch which batch of the epoch, from 1; of several that were accumulated the last
  /// @param batches how many the epoch has; 0 if that is not known
  /// @param loss of the batch; of several that were accumulated the mean
  /// @param gradientNorm before clipping; NaN where there is none
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
