package sequor.tasks;

import java.util.List;
import java.util.Optional;
import sequor.settings.Settings;
import sequor.train.Learner;

/// One training, ready to begin: what learns, and how it is judged. It knows neither files nor the
/// terminal.
///
/// A network that learns from batches is a [Job]; what learns otherwise makes its own [Learner].
public interface Training {
  /// What [#test] gives, the first of which tells the best epoch where nobody says otherwise.
  List<Metric> metrics();

  /// What learns, as its settings say.
  ///
  /// @param settings all of them
  Learner learner(Settings settings);

  /// How many examples there are.
  Sizes sizes();

  /// How much of what is read is padding, where that is known before.
  default Optional<Pads> pads() {
    return Optional.empty();
  }

  /// What learns, as a tree of its parts.
  String summary();

  /// How many numbers are learned.
  long parameterCount();

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
