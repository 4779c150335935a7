package sequor.examples;

import java.util.Arrays;
import sequor.Seed;
import sequor.nn.Gru;
import sequor.nn.Lstm;
import sequor.nn.NnModule;

/// Every gate of an LSTM and of a GRU, step by step, with loops over plain arrays.
///
/// ```
/// LSTM   i, f, g, o = split(W_ih·x + b_ih + W_hh·h + b_hh)
///        i, f, o = σ(i), σ(f), σ(o)      g = tanh(g)
///        c' = f·c + i·g
///        h' = o·tanh(c')
///
/// GRU    x_r, x_z, x_n = split(W_ih·x + b_ih)      h_r, h_z, h_n = split(W_hh·h + b_hh)
///        r  = σ(x_r + h_r)
///        z  = σ(x_z + h_z)
///        n  = tanh(x_n + r·h_n)
///        h' = (1 − z)·n + z·h
/// ```
///
/// (Hochreiter and Schmidhuber 1997, Gers et al. 2000; Cho et al. 2014.) The input gate i lets the
/// candidate g into the cell state c, the forget gate f keeps what was there, the output gate o
/// shows it. A GRU has one state: the update gate z keeps it, the reset gate r says how much of it
/// the candidate n sees.
///
/// Letters: B batch, T steps, D input size, H hidden size.
final class GatesByHand {
  private static final String LSTM = "ifgoch";
  private static final String GRU = "rznh";

  static void main() {
    var random = new Seed(1).generator();
    var lstm = new Lstm(2, 3, random);
    var gru = new Gru(2, 3, random);
    float[][] x = {{1, 0.5f}, {-1, 2}, {0, -0.5f}}; // (T,D)

    show("LSTM", LSTM, byHand(lstm, x));
    show("GRU", GRU, byHand(gru, x));
    double ofLstm = difference(lstm, x);
    double ofGru = difference(gru, x);
    IO.println("by hand and by layer differ by %.1e, %.1e at most".formatted(ofLstm, ofGru));
    Claim.holds(ofLstm < 1e-6, "the LSTM agrees: %g", ofLstm);
    Claim.holds(ofGru < 1e-6, "the GRU agrees: %g", ofGru);
  }

  /// Of each step i, f, g, o, c and h. // (T,6,H)
  static double[][][] byHand(Lstm lstm, float[][] x) {
    int size = lstm.hiddenSize();
    double[] c = new double[size];
    double[] h = new double[size];
    double[][][] steps = new double[x.length][][];
    for (int t = 0; t < x.length; t++) {
      double[] fromInput = linear(lstm, "ih", widened(x[t])); // (4H)
      double[] fromHidden = linear(lstm, "hh", h); // (4H)
      double[][] step = new double[LSTM.length()][size];
      for (int k = 0; k < size; k++) {
        double i = sigmoid(fromInput[k] + fromHidden[k]);
        double f = sigmoid(fromInput[size + k] + fromHidden[size + k]);
        double g = Math.tanh(fromInput[2 * size + k] + fromHidden[2 * size + k]);
        double o = sigmoid(fromInput[3 * size + k] + fromHidden[3 * size + k]);
        double next = f * c[k] + i * g;
        set(step, k, i, f, g, o, next, o * Math.tanh(next));
      }
      c = step[4];
      h = step[5];
      steps[t] = step;
    }
    return steps;
  }

  /// Of each step r, z, n and h. // (T,4,H)
  static double[][][] byHand(Gru gru, float[][] x) {
    int size = gru.hiddenSize();
    double[] h = new double[size];
    double[][][] steps = new double[x.length][][];
    for (int t = 0; t < x.length; t++) {
      double[] fromInput = linear(gru, "ih", widened(x[t])); // (3H)
      double[] fromHidden = linear(gru, "hh", h); // (3H)
      double[][] step = new double[GRU.length()][size];
      for (int k = 0; k < size; k++) {
        double r = sigmoid(fromInput[k] + fromHidden[k]);
        double z = sigmoid(fromInput[size + k] + fromHidden[size + k]);
        double n = Math.tanh(fromInput[2 * size + k] + r * fromHidden[2 * size + k]);
        set(step, k, r, z, n, (1 - z) * n + z * h[k]);
      }
      h = step[3];
      steps[t] = step;
    }
    return steps;
  }

  /// The largest difference of c and h from those of the layer.
  static double difference(Lstm lstm, float[][] x) {
    double[][][] byHand = byHand(lstm, x);
    var input = RnnByHand.batchOfOne(x); // (1,T,D)
    double worst = 0;
    for (int t = 0; t < x.length; t++) {
      var last = lstm.forward(input.slice(1, 0, t + 1)).last(); // the state after step t
      worst = Math.max(worst, ByHand.difference(new double[][] {byHand[t][4]}, last.c()));
      worst = Math.max(worst, ByHand.difference(new double[][] {byHand[t][5]}, last.h()));
    }
    return worst;
  }

  /// The largest difference of h from that of the layer.
  static double difference(Gru gru, float[][] x) {
    double[][] h = Arrays.stream(byHand(gru, x)).map(step -> step[3]).toArray(double[][]::new);
    return ByHand.difference(h, gru.forward(RnnByHand.batchOfOne(x)).hidden().select(0, 0));
  }

  /// `W·x + b`, where `ih` names the weights of the input and `hh` those of the hidden state.
  private static double[] linear(NnModule layer, String name, double[] x) {
    double[][] weight = ByHand.rows(layer.parameter("weight_" + name + "_l0"));
    float[] bias = layer.parameter("bias_" + name + "_l0").toArray();
    double[] y = new double[bias.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = bias[i] + ByHand.dot(weight[i], x);
    }
    return y;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double[] widened(float[] x) {
    double[] y = new double[x.length];
    Arrays.setAll(y, i -> x[i]);
    return y;
  }

  private static void set(double[][] step, int k, double... values) {
    for (int row = 0; row < values.length; row++) {
      step[row][k] = values[row];
    }
  }

  private static void show(String cell, String names, double[][][] steps) {
    for (int t = 0; t < steps.length; t++) {
      IO.println("%s, step %d".formatted(cell, t + 1));
      for (int row = 0; row < names.length(); row++) {
        var numbers = new StringBuilder();
        for (double number : steps[t][row]) {
          numbers.append(" %8.4f".formatted(number));
        }
        IO.println("  " + names.charAt(row) + numbers);
      }
    }
  }
}
