package sequor.tasks.classify;

import java.util.Random;

/// One regression of [LogisticNGrams]: a class against all others.
///
/// With x_i the weighted n-grams of text i and a constant 1, the dual problem is
///
/// ```
/// min  ½‖Σ_i α_i y_i x_i‖² + Σ_i α_i log α_i + (C − α_i) log(C − α_i)        0 < α_i < C
/// w = Σ_i α_i y_i x_i
/// ```
///
/// and one step finds the best α_i with all others fixed, by Newton's method on g(z) = a·z + b +
/// log((α_i + z) / (C − α_i − z)) with a = ‖x_i‖² and b = y_i w·x_i.
final class DualLogistic {
  private static final int MOST_PASSES = 100;
  private static final double PRECISE = 0.01; // of the gradient, beside the first one's

  private final int[][] rows;
  private final boolean[] mine; // y
  private final float[] ratio; // r
  private final double[] squares; // ‖x_i‖²

  DualLogistic(NGramTexts texts, boolean[] mine) {
    this.rows = texts.rows();
    this.mine = mine;
    this.ratio = ratio(texts.index().size());
    this.squares = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      double sum = 1; // of the constant
      for (int f : rows[i]) {
        sum += (double) ratio[f] * ratio[f];
      }
      squares[i] = sum;
    }
  }

  private float[] ratio(int ngrams) {
    int[] in = new int[ngrams];
    int[] out = new int[ngrams];
    for (int i = 0; i < rows.length; i++) {
      int[] counts = mine[i] ? in : out;
      for (int f : rows[i]) {
        counts[f]++;
      }
    }
    double logs = Math.log((double) sum(out) / sum(in));
    float[] ratio = new float[ngrams];
    for (int f = 0; f < ngrams; f++) {
      ratio[f] = (float) (Math.log((1.0 + in[f]) / (1.0 + out[f])) + logs);
    }
    return ratio;
  }

  /// Σ_f (1 + D(f))
  private static long sum(int[] counts) {
    long sum = counts.length;
    for (int count : counts) {
      sum += count;
    }
    return sum;
  }

  /// w(f)·r(f) of each n-gram, and at the end the constant.
  ///
  /// @param penalty C, above 0: how much a mistake costs
  float[] fit(double penalty) {
    float[] weights = new float[ratio.length + 1];
    double[] alpha = new double[rows.length];
    int[] order = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      order[i] = i;
      alpha[i] = Math.min(0.001 * penalty, 1e-8);
      add(weights, i, mine[i] ? alpha[i] : -alpha[i]);
    }
    var random = new Random(1);
    double first = 0;
    for (int pass = 0; pass < MOST_PASSES; pass++) {
      shuffle(order, random);
      double worst = 0;
      for (int i : order) {
        worst = Math.max(worst, step(weights, alpha, i, penalty));
      }
      first = pass == 0 ? worst : first;
      if (worst <= PRECISE * first) {
        break;
      }
    }
    return weights;
  }

  /// @return how far the gradient was from 0
  private double step(float[] weights, double[] alpha, int i, double penalty) {
    double dot = weights[weights.length - 1];
    for (int f : rows[i]) {
      dot += weights[f];
    }
    double b = mine[i] ? dot : -dot;
    double old = alpha[i];
    double gradient = b + Math.log(old / (penalty - old));
    double best = best(squares[i], b, old, penalty);
    add(weights, i, mine[i] ? best - old : old - best);
    alpha[i] = best;
    return Math.abs(gradient);
  }

  /// Where a·(α − old) + b + log(α / (C − α)) is 0: it rises with α, from −∞ at 0 to ∞ at C.
  /// Newton's steps that leave what is known to hold the place are halved into it.
  private static double best(double a, double b, double old, double penalty) {
    double low = 0;
    double high = penalty;
    double alpha = old;
    for (int i = 0; i < 50; i++) {
      double g = a * (alpha - old) + b + Math.log(alpha / (penalty - alpha));
      if (Math.abs(g) < 1e-6) {
        break;
      }
      if (g > 0) {
        high = alpha;
      } else {
        low = alpha;
      }
      double next = alpha - g / (a + penalty / (alpha * (penalty - alpha)));
      alpha = next > low && next < high ? next : (low + high) / 2;
      if (high - low < 1e-15 * penalty) {
        break;
      }
    }
    return alpha;
  }

  private void add(float[] weights, int i, double change) {
    for (int f : rows[i]) {
      weights[f] += (float) (change * ratio[f] * ratio[f]);
    }
    weights[weights.length - 1] += (float) change;
  }

  private static void shuffle(int[] order, Random random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int held = order[i];
      order[i] = order[j];
      order[j] = held;
    }
  }
}
