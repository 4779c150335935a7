package sequor.nn;

import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// Where each step stands in its row, as waves of many lengths (Vaswani et al. 2017, section 3.5).
///
/// ```
/// P[p, 2i] = sin(p / 10000^(2i/E))     P[p, 2i+1] = cos(p / 10000^(2i/E))
/// ```
///
/// A position counts from the row's first real step, so padding before it changes nothing. There is
/// nothing to learn, and no longest row.
public final class SinusoidalPositions {
  private SinusoidalPositions() {}

  /// The waves of each real step, and 0 where there is padding. // (B,T,E)
  ///
  /// @param size E
  public static Tensor of(Spans spans, int size) {
    int longest = 0;
    for (int b = 0; b < spans.batch(); b++) {
      longest = Math.max(longest, spans.length(b));
    }
    float[] table = table(longest, size);
    float[] waves = new float[spans.batch() * spans.steps() * size];
    for (int b = 0; b < spans.batch(); b++) {
      int at = (b * spans.steps() + spans.start(b)) * size;
      System.arraycopy(table, 0, waves, at, spans.length(b) * size);
    }
    return Tensor.of(waves, spans.batch(), spans.steps(), size);
  }

  /// The waves of one position. // (E)
  ///
  /// @param size E
  public static Tensor at(int position, int size) {
    float[] waves = new float[size];
    for (int e = 0; e < size; e++) {
      waves[e] = wave(position, e, rate(e, size));
    }
    return Tensor.of(waves, size);
  }

  /// The waves of so many positions.
  private static float[] table(int positions, int size) {
    float[] table = new float[positions * size];
    for (int e = 0; e < size; e++) {
      double rate = rate(e, size);
      for (int p = 0; p < positions; p++) {
        table[p * size + e] = wave(p, e, rate);
      }
    }
    return table;
  }

  private static double rate(int e, int size) {
    return StrictMath.pow(10_000, -(double) (e - e % 2) / size);
  }

  private static float wave(int p, int e, double rate) {
    double angle = p * rate;
    return (float) (e % 2 == 0 ? StrictMath.sin(angle) : StrictMath.cos(angle));
  }
}
