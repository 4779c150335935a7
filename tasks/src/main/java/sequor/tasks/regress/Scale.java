package sequor.tasks.regress;

import java.util.Arrays;

/// The numbers of the training split as a network learns them: with mean 0 and variance 1.
///
/// ```
/// z = (y − mean) / deviation
/// ```
///
/// @param deviation above 0; 1 where all numbers are the same
record Scale(double mean, double deviation) {
  static Scale of(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    double variance = Arrays.stream(values).map(y -> (y - mean) * (y - mean)).average().orElse(0);
    return new Scale(mean, variance > 0 ? Math.sqrt(variance) : 1);
  }

  float standardised(double value) {
    return (float) ((value - mean) / deviation);
  }

  double value(double standardised) {
    return mean + deviation * standardised;
  }
}
