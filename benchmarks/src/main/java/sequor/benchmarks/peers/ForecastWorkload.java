package sequor.benchmarks.peers;

import java.util.Random;
import sequor.speed.Draw;

/// A GRU that reads windows of numbers and says those that follow, and a batch of random windows,
/// the same for all.
///
/// @param batch B windows, such as one of each series
/// @param steps T that are read
/// @param hidden H
/// @param horizon steps that are said, all at once
record ForecastWorkload(int batch, int steps, int hidden, int horizon) {

  /// What everybody draws, in this order: the weights in the order of [SequorForecaster]'s
  /// parameters, what is read, what follows.
  final class Numbers {
    private final Random random = new Random(1);

    /// Numbers between −1/√H and 1/√H.
    float[] weights(int count) {
      return Draw.weights(random, hidden, count);
    }

    /// (B·T)
    float[] read() {
      return numbers(batch * steps);
    }

    /// (B·horizon)
    float[] following() {
      return numbers(batch * horizon);
    }

    private float[] numbers(int count) {
      float[] numbers = new float[count];
      for (int i = 0; i < count; i++) {
        numbers[i] = (float) random.nextGaussian();
      }
      return numbers;
    }
  }
}
