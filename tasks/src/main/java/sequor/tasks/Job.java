package sequor.tasks;

import java.util.OptionalLong;
import sequor.settings.Settings;
import sequor.text.Batch;
import sequor.train.Learner;
import sequor.train.Objective;

/// The training of a network from batches: what learns and from what, and how it is judged.
public interface Job extends Training, Objective<Batch> {
  /// How many batches an epoch has, where that is known before its end.
  OptionalLong batchesPerEpoch();

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
