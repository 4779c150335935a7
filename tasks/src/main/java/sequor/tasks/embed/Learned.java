package sequor.tasks.embed;

import java.util.Map;
import java.util.function.IntFunction;
import sequor.tensor.Tensor;
import sequor.vectors.WordVectors;

/// The tables that learn.
interface Learned {
  /// How many numbers are learned.
  long parameterCount();

  /// The vector of each word as the tables are now.
  IntFunction<float[]> current();

  /// The vectors of the words.
  WordVectors vectors();

  /// All that a checkpoint needs.
  Map<String, Tensor> tensors();

  /// Takes it back.
  void load(Map<String, Tensor> tensors);
}
