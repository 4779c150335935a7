package sequor.benchmarks.peers;

import java.util.Random;
import sequor.speed.Draw;

/// A Transformer and a batch, by their sizes; the numbers are random, and the same for all.
///
/// One that translates has as many blocks that say as that read, and says one token of the
/// vocabulary at each step; the other says one class a row, from the mean of its steps.
///
/// @param batch B
/// @param steps T, of the source and of the target
/// @param size E
/// @param heads N, which divides it
/// @param layers that read
/// @param feedForward F
/// @param vocabulary V
/// @param classes of one that does not translate
record TransformerWorkload(
    int batch,
    int steps,
    int size,
    int heads,
    int layers,
    int feedForward,
    int vocabulary,
    int classes,
    boolean translates) {

  /// The token before the first one of what is said.
  static final int BEGIN = 0;

  /// What everybody draws, in this order: the weights in the order of [SequorTransformer]'s
  /// parameters, the source, the target that is told, what is right.
  final class Numbers {
    private final Random random = new Random(1);

    /// Numbers between −1/√E and 1/√E.
    float[] weights(int count) {
      return Draw.weights(random, size, count);
    }

    /// Ids (B·T).
    int[] ids() {
      return random.ints((long) batch * steps, 0, vocabulary).toArray();
    }

    /// The right tokens (B·T), or classes (B).
    int[] targets() {
      return translates ? ids() : random.ints(batch, 0, classes).toArray();
    }
  }
}
