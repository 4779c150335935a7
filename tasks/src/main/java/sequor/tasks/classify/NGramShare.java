package sequor.tasks.classify;

import java.util.Arrays;
import java.util.List;
import sequor.text.Labels;

/// N-grams that speak along with a network: the weighted product of both (log-linear interpolation,
/// Klakow 1998).
///
/// ```
/// p(c|text) ∝ exp(v · ln network(c|text) + w · score(c))
/// ```
///
/// The network generalises, the counts remember; where there are few texts of each class, both
/// together are better than either.
///
/// @param ofNetwork v, 0 or more: below 1 where the network is too sure of itself, 0 where the
///   n-grams know all that it knows
/// @param ofNGrams w, 0 or more, which also makes up for naive Bayes' being too sure of itself:
///   n-grams that overlap are counted as if they did not
record NGramShare(NGramModel model, double ofNetwork, double ofNGrams) {
  private static final int MOST_STEPS = 100;
  private static final double CLOSE = 1e-9;
  private static final double FAR = 1000;
  private static final int[] BOTH = {1, 1};
  private static final int[] V_ALONE = {1, 0};
  private static final int[] W_ALONE = {0, 1};

  /// With the weights at which the right labels of these texts are likeliest, which nobody has
  /// learned from; those of labels that the network does not know are passed over.
  ///
  /// ```
  /// v, w = argmin  Σ_i −ln p(y_i|text_i)  +  ½ (v − 1)² + ½ w²        v, w ≥ 0
  /// ```
  ///
  /// The loss is convex, as that of a logistic regression on two features of a class. The squares
  /// are worth a text or two: where there are only a few, the network answers as it is.
  ///
  /// @param rows what the network says of each text
  static NGramShare fitted(
      NGramModel model, double[][] rows, List<String> texts, List<String> gold, Labels labels) {
    int known = 0;
    double[][] network = new double[rows.length][];
    double[][] scores = new double[rows.length][];
    int[] targets = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      if (labels.contains(gold.get(i))) {
        network[known] = Temperature.logs(rows[i]);
        scores[known] = scores(model, texts.get(i));
        targets[known++] = labels.id(gold.get(i));
      }
    }
    var fit = new Fit(Arrays.copyOf(network, known), scores, targets);
    double[] best = fit.least(1, 0, BOTH);
    if (best[0] < 0) {
      best = fit.least(0, 0, W_ALONE);
    } else if (best[1] < 0) {
      best = fit.least(1, 0, V_ALONE);
    }
    return new NGramShare(model, Math.max(0, best[0]), Math.max(0, best[1]));
  }

  /// What both say of a text together.
  double[] mixed(double[] network, String text) {
    return ofNGrams == 0 && ofNetwork == 1
        ? network
        : softmax(sums(Temperature.logs(network), scores(model, text), ofNetwork, ofNGrams));
  }

  /// What the n-grams say, where a class that they have met no text of, whose score is −∞, is far
  /// behind all others: a weight of 0 could not silence an infinite score.
  private static double[] scores(NGramModel model, String text) {
    double[] scores = model.scores(text);
    double least = Arrays.stream(scores).filter(Double::isFinite).min().orElse(0);
    return Arrays.stream(scores)
        .map(score -> score == Double.NEGATIVE_INFINITY ? least - FAR : score)
        .toArray();
  }

  private static double[] sums(double[] network, double[] scores, double v, double w) {
    double[] sums = new double[network.length];
    for (int c = 0; c < sums.length; c++) {
      sums[c] = v * network[c] + w * scores[c];
    }
    return sums;
  }

  private static double[] softmax(double[] values) {
    double most = Arrays.stream(values).max().orElse(0);
    double[] exponentials = Arrays.stream(values).map(value -> Math.exp(value - most)).toArray();
    double sum = Arrays.stream(exponentials).sum();
    return Arrays.stream(exponentials).map(each -> each / sum).toArray();
  }

  /// The search for the weights: Newton's method, each step halved until the loss falls.
  private static final class Fit {
    private final double[][] network; // logarithms, of each text
    private final double[][] scores;
    private final int[] targets;

    Fit(double[][] network, double[][] scores, int[] targets) {
      this.network = network;
      this.scores = scores;
      this.targets = targets;
    }

    /// @param v to begin with
    /// @param w to begin with
    /// @param free of both, 1 where it may change, or else 0
    double[] least(double v, double w, int[] free) {
      double[] at = {v, w};
      double loss = loss(at);
      for (int step = 0; step < MOST_STEPS; step++) {
        double[] move = newton(at, free);
        double size = 1;
        double[] next = moved(at, move, size);
        double lossThere = loss(next);
        while (lossThere > loss && size > CLOSE) {
          size /= 2;
          next = moved(at, move, size);
          lossThere = loss(next);
        }
        if (lossThere >= loss - CLOSE) {
          return at;
        }
        at = next;
        loss = lossThere;
      }
      return at;
    }

    private static double[] moved(double[] at, double[] move, double size) {
      return new double[] {at[0] - size * move[0], at[1] - size * move[1]};
    }

    private double loss(double[] at) {
      double loss = (at[0] - 1) * (at[0] - 1) / 2 + at[1] * at[1] / 2;
      for (int i = 0; i < network.length; i++) {
        double[] sums = sums(network[i], scores[i], at[0], at[1]);
        double most = Arrays.stream(sums).max().orElse(0);
        double sum = Arrays.stream(sums).map(value -> Math.exp(value - most)).sum();
        loss += most + Math.log(sum) - sums[targets[i]];
      }
      return loss;
    }

    /// The inverse of the Hessian times the gradient: of a text, the gradient is what the features
    /// are expected to be, less what they are, and the Hessian is their covariance.
    private double[] newton(double[] at, int[] free) {
      double gradientV = at[0] - 1;
      double gradientW = at[1];
      double vv = 1;
      double vw = 0;
      double ww = 1;
      for (int i = 0; i < network.length; i++) {
        double[] p = softmax(sums(network[i], scores[i], at[0], at[1]));
        double meanV = mean(p, network[i]);
        double meanW = mean(p, scores[i]);
        gradientV += meanV - network[i][targets[i]];
        gradientW += meanW - scores[i][targets[i]];
        for (int c = 0; c < p.length; c++) {
          double offV = network[i][c] - meanV;
          double offW = scores[i][c] - meanW;
          vv += p[c] * offV * offV;
          vw += p[c] * offV * offW;
          ww += p[c] * offW * offW;
        }
      }
      gradientV *= free[0];
      gradientW *= free[1];
      vw *= free[0] * free[1];
      double determinant = vv * ww - vw * vw; // at least 1
      return new double[] {
        (ww * gradientV - vw * gradientW) / determinant,
        (vv * gradientW - vw * gradientV) / determinant
      };
    }

    private static double mean(double[] p, double[] values) {
      double mean = 0;
      for (int c = 0; c < p.length; c++) {
        mean += p[c] * values[c];
      }
      return mean;
    }
  }
}
