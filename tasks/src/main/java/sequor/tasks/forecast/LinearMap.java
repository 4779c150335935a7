package sequor.tasks.forecast;

import java.util.List;

/// A linear map from L numbers that are read to H that are said: `y = W·x + b`.
///
/// @param weight (H,L)
/// @param bias (H)
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record LinearMap(double[][] weight, double[] bias) {
  int horizon() {
    return bias.length;
  }

  /// The map that says what all of some say in the mean.
  static LinearMap mean(List<LinearMap> some) {
    int steps = some.getFirst().bias.length;
    int read = some.getFirst().weight[0].length;
    double[][] weight = new double[steps][read];
    double[] bias = new double[steps];
    for (var each : some) {
      for (int h = 0; h < steps; h++) {
        bias[h] += each.bias[h] / some.size();
        for (int j = 0; j < read; j++) {
          weight[h][j] += each.weight[h][j] / some.size();
        }
      }
    }
    return new LinearMap(weight, bias);
  }

  /// The sum of squared errors over windows that are known by their moments.
  double squares(Moments moments) {
    int read = weight[0].length;
    double all = 0;
    for (int h = 0; h < bias.length; h++) {
      int y = read + h;
      double squares = moments.product(y, y) - 2 * bias[h] * moments.sum(y);
      squares += moments.count() * bias[h] * bias[h];
      for (int i = 0; i < read; i++) {
        double row = 0;
        for (int j = 0; j < read; j++) {
          row += weight[h][j] * moments.product(i, j);
        }
        squares += weight[h][i] * (row - 2 * moments.product(i, y) + 2 * bias[h] * moments.sum(i));
      }
      all += squares;
    }
    return all;
  }
}
