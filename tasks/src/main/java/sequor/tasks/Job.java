package sequor.tasks;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import sequor.text.Batch;
import sequor.train.Objective;

/// One training, ready to begin: what learns and from what, and how it is judged. It knows neither
/// files nor the terminal.
public interface Job extends Objective<Batch> {
  /// What [#evaluate] gives, the first of which tells the best epoch where nobody says otherwise.
  List<Metric> metrics();

  /// How many batches an epoch has, where that is known before its end.
  OptionalLong batchesPerEpoch();

  /// How many examples there are.
  Sizes sizes();

  /// How much of what is read is padding, where that is known before.
  default Optional<Pads> pads() {
    return Optional.empty();
  }

  /// What learns, as a tree of its parts.
  default String summary() {
    return module().summary();
  }

  /// How many numbers are learned.
  default long parameterCount() {
    return module().parameterCount();
  }

  /// What learns, with all that is needed to use it.
  Predictor<?, ?> predictor();

  /// What a simple method gets on the same test split. It may take its time.
  Floor floor();

  /// The floor as a model of its own, once it was asked for, where it is one that is worth keeping.
  default Optional<Predictor<?, ?>> floorModel() {
    return Optional.empty();
  }

  /// What is left to do when learning has ended, such as to weigh what answers together.
  default void finish() {}

  /// How the model does on the test split.
  Evaluation test();

  /// What a user should know about the data: texts that are cut, labels that nobody can learn.
  default List<String> notices() {
    return List.of();
  }

  /// Shares of padding in the batches of an epoch, from 0 to 1.
  ///
  /// @param byChance of batches of texts of any lengths
  /// @param bucketed of those that are learned from, whose texts are about equally long
  record Pads(double byChance, double bucketed) {}

  /// How many examples learn, validate and test; negative where that is not known.
  record Sizes(long train, long valid, long test) {}
}
