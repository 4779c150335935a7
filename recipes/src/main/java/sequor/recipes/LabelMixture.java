package sequor.recipes;

/// What comes next in a text whose label nobody tells: the mean over all labels, weighted by how
/// likely each is after what was read so far.
///
/// ```
/// p(x_t | x_<t) = Σ_y w_t(y) · p(x_t | x_<t, y)
/// w_1(y) = p(y);   w_(t+1)(y) ∝ w_t(y) · p(x_t | x_<t, y)
/// ```
///
/// so that the product over a text is `Σ_y p(y) · p(x | y)`. With one label it is what that says.
final class LabelMixture {
  private final double[] weights; // w(y)

  /// @param prior p(y)
  LabelMixture(double[] prior) {
    weights = prior.clone();
  }

  /// The probability of every token that can come next.
  ///
  /// @param logProbabilities of each label, its row starting at `from`
  double[] next(float[][] logProbabilities, int from, int vocabularySize) {
    double[] mean = new double[vocabularySize];
    for (int y = 0; y < weights.length; y++) {
      for (int v = 0; v < vocabularySize; v++) {
        mean[v] += weights[y] * Math.exp(logProbabilities[y][from + v]);
      }
    }
    return mean;
  }

  /// The token at place `at` of each label's row was read.
  void read(float[][] logProbabilities, int at) {
    double sum = 0;
    for (int y = 0; y < weights.length; y++) {
      weights[y] *= Math.exp(logProbabilities[y][at]);
      sum += weights[y];
    }
    for (int y = 0; y < weights.length; y++) {
      weights[y] = sum > 0 ? weights[y] / sum : 1.0 / weights.length;
    }
  }
}
