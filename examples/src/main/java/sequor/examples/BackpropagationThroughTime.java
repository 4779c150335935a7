package sequor.examples;

import sequor.Seed;
import sequor.nn.Rnn;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;

/// The gradient of one recurrent weight, put together step by step from the last to the first.
///
/// ```
/// hₜ = tanh(aₜ)      aₜ = W_ih·xₜ + b_ih + W_hh·hₜ₋₁ + b_hh      L = ½ Σ (h₂ − y)²
///
/// dh₂ = h₂ − y      daₜ = dhₜ · (1 − hₜ²)      dhₜ₋₁ = W_hhᵀ·daₜ
/// dW_hh[i,j] = Σₜ daₜ[i] · hₜ₋₁[j]
/// ```
///
/// The weight is used at each step, so its gradient is a sum with one contribution a step (Werbos
/// 1990, "Backpropagation through time: what it does and how to do it"). `da` is short for `∂L/∂a`.
/// The state before the first step is not 0 here; if it were, the contribution at t = 0 would be.
///
/// Letters: T steps, D input size, H hidden size.
final class BackpropagationThroughTime {
  private static final float[][] X = {{1, -0.5f}, {0.5f, 1}, {-1, 0.5f}}; // (T,D)
  private static final float[] START = {0.5f, -0.25f}; // (H), the state before the first step
  private static final float[] Y = {0.5f, -0.5f}; // (H)

  static void main() {
    var rnn = new Rnn(2, 2, new Seed(1).generator());
    double[] contributions = contributions(rnn, 0, 1);
    double sum = 0;
    for (int t = X.length - 1; t >= 0; t--) {
      IO.println("contribution of W_hh[0,1] at t = %d   %9.6f".formatted(t, contributions[t]));
      sum += contributions[t];
    }
    float byTape = byTape(rnn).get(0, 1);
    IO.println("sum %.6f   by tape %.6f".formatted(sum, byTape));
    Claim.holds(Math.abs(sum - byTape) < 1e-6, "both agree: %g, %g", sum, byTape);
  }

  /// What each step contributes to the gradient of W_hh[i,j]. // (T)
  static double[] contributions(Rnn rnn, int i, int j) {
    double[][] weight = ByHand.rows(rnn.parameter("weight_hh_l0")); // (H,H)
    double[][] h = states(rnn); // (T+1,H), h[t] before step t and h[t + 1] after it
    int size = Y.length;

    double[] dh = new double[size];
    for (int k = 0; k < size; k++) {
      dh[k] = h[X.length][k] - Y[k];
    }
    double[] contributions = new double[X.length];
    for (int t = X.length - 1; t >= 0; t--) {
      double[] da = new double[size];
      for (int k = 0; k < size; k++) {
        da[k] = dh[k] * (1 - h[t + 1][k] * h[t + 1][k]);
      }
      contributions[t] = da[i] * h[t][j];
      dh = new double[size];
      for (int from = 0; from < size; from++) {
        for (int to = 0; to < size; to++) {
          dh[from] += weight[to][from] * da[to];
        }
      }
    }
    return contributions;
  }

  private static double[][] states(Rnn rnn) {
    var hidden = rnn.forward(RnnByHand.batchOfOne(X), state()).hidden(); // (1,T,H)
    double[][] h = new double[X.length + 1][Y.length];
    for (int k = 0; k < Y.length; k++) {
      h[0][k] = START[k];
      for (int t = 0; t < X.length; t++) {
        h[t + 1][k] = hidden.get(0, t, k);
      }
    }
    return h;
  }

  /// The gradient of W_hh as a tape finds it. // (H,H)
  static Tensor byTape(Rnn rnn) {
    var weight = rnn.parameter("weight_hh_l0");
    try (var tape = Tape.open()) {
      var last = rnn.forward(RnnByHand.batchOfOne(X), state()).last().h(); // (1,H)
      tape.backward(last.minus(Tensor.of(Y)).square().sum().times(0.5f));
      return weight.grad().copy();
    } finally {
      rnn.parameters().values().forEach(Tensor::clearGrad);
    }
  }

  private static Rnn.State state() {
    return new Rnn.State(Tensor.of(START, 1, START.length)); // (1,H)
  }
}
