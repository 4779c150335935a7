package sequor.tasks;

import java.util.Optional;
import java.util.OptionalLong;
import sequor.settings.Settings;
import sequor.text.Batch;
import sequor.train.Learner;
import sequor.train.Objective;

/// The training of a network from batches: what learns and from what, and how it is judged.
public interface Job extends Training, Objective<Batch> {
  /// How many batches an epoch has, where that is known before its end.
  OptionalLong batchesPerEpoch();

  /// What learns once more when this has learned, from all examples but those of the test split, if
  /// the settings want it ([RefitSettings]). What was chosen by the validation split stays chosen:
  /// nothing can be chosen by what is learned from, so it evaluates nothing.
  ///
  /// Asked for when this has finished; it holds nothing of this network.
  default Optional<Job> again() {
    return Optional.empty();
  }

  @Override
  default Learner learner(Settings settings) {
    return Learning.of(settings).trainer(this);
  }

  @Override
  default String summary() {
    return module().summary();
  }

  @Override
  default long parameterCount() {
    return module().parameterCount();
  }
}
