package sequor.examples;

import sequor.nn.NnModule;
import sequor.tensor.Tensor;

/// The sums of other examples as loops over plain arrays, to compare with.
///
/// Letters: T steps, D size of a step, H size of a result.
final class ByHand {
  private ByHand() {}

  /// `softmax(scale · q·kᵀ)·v`: every step takes from all steps of v by how well its q fits their
  /// k. // (T,D)
  static double[][] attention(double[][] q, double[][] k, double[][] v, double scale) {
    int steps = q.length;
    double[][] y = new double[steps][v[0].length];
    for (int t = 0; t < steps; t++) {
      double[] weights = new double[steps];
      double sum = 0;
      for (int s = 0; s < steps; s++) {
        weights[s] = Math.exp(scale * dot(q[t], k[s]));
        sum += weights[s];
      }
      for (int s = 0; s < steps; s++) {
        for (int i = 0; i < y[t].length; i++) {
          y[t][i] += weights[s] / sum * v[s][i];
        }
      }
    }
    return y;
  }

  /// `x·Wᵀ + b` with the weights of a linear layer: (T,D) → (T,H).
  static double[][] linear(NnModule layer, double[][] x) {
    double[][] weight = rows(layer.parameter("weight")); // (H,D)
    float[] bias = layer.parameter("bias").toArray(); // (H)
    double[][] y = new double[x.length][bias.length];
    for (int t = 0; t < x.length; t++) {
      for (int i = 0; i < bias.length; i++) {
        y[t][i] = dot(weight[i], x[t]) + bias[i];
      }
    }
    return y;
  }

  /// Each step brought to mean 0 and variance 1, then scaled and shifted. // (T,D)
  static double[][] layerNorm(NnModule layer, double[][] x) {
    float[] weight = layer.parameter("weight").toArray(); // (D)
    float[] bias = layer.parameter("bias").toArray(); // (D)
    double[][] y = new double[x.length][weight.length];
    for (int t = 0; t < x.length; t++) {
      double mean = 0;
      for (double number : x[t]) {
        mean += number / weight.length;
      }
      double variance = 0;
      for (double number : x[t]) {
        variance += (number - mean) * (number - mean) / weight.length;
      }
      for (int i = 0; i < weight.length; i++) {
        y[t][i] = (x[t][i] - mean) / Math.sqrt(variance + 1e-5) * weight[i] + bias[i];
      }
    }
    return y;
  }

  /// The rows of a tensor (T,D).
  static double[][] rows(Tensor x) {
    double[][] rows = new double[x.dim(0)][x.dim(1)];
    for (int t = 0; t < rows.length; t++) {
      for (int i = 0; i < rows[t].length; i++) {
        rows[t][i] = x.get(t, i);
      }
    }
    return rows;
  }

  /// The largest difference between an array and a tensor (T,D).
  static double difference(double[][] byHand, Tensor byTensor) {
    double worst = 0;
    for (int t = 0; t < byHand.length; t++) {
      for (int i = 0; i < byHand[t].length; i++) {
        worst = Math.max(worst, Math.abs(byHand[t][i] - byTensor.get(t, i)));
      }
    }
    return worst;
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
