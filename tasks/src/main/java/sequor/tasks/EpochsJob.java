package sequor.tasks;

import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import sequor.text.Batch;
import sequor.train.Feed;

/// A job whose batches are those of [Epochs], as those of most are.
public interface EpochsJob extends Job {
  /// Where its batches come from.
  Epochs epochs();

  @Override
  default Feed<Batch> batches(int epoch, RandomGenerator random) {
    return epochs().next(random);
  }

  @Override
  default OptionalLong batchesPerEpoch() {
    return epochs().count();
  }
}
