package sequor.tasks;

import java.util.List;

/// Naive Bayes over numbers that are taken for normal within each class: the simple method beside
/// models that read sequences of numbers.
///
/// ```
/// c = argmax  ln p(c) − ½ Σ_f ( ln σ²(c,f) + (x(f) − μ(c,f))² / σ²(c,f) )
/// ```
///
/// Each σ² has a thousandth of the greatest of all classes' features added, so that a feature that
/// a class never varies does not decide alone.
///
/// Source: John and Langley, *Estimating continuous distributions in Bayesian classifiers* (1995),
/// section 2.
public final class GaussianBayes {
  private static final double LEAST = 1e-3;

  /// How many numbers say what one column of a sequence does.
  private static final int OF_COLUMN = 7;

  private final double[] priors; // (C) ln p
  private final double[][] means; // (C,F)
  private final double[][] variances;

  private GaussianBayes(double[] priors, double[][] means, double[][] variances) {
    this.priors = priors;
    this.means = means;
    this.variances = variances;
  }

  /// What each column of a sequence does, whatever its length: mean, spread, least, greatest,
  /// first, last, and how far a step is from the one before it.
  public static double[] features(Frames scaled) {
    double[] features = new double[OF_COLUMN * scaled.width()];
    int steps = scaled.steps();
    for (int d = 0; d < scaled.width(); d++) {
      double[] x = scaled.column(d);
      double sum = 0;
      double squares = 0;
      double least = x[0];
      double greatest = x[0];
      double moved = 0;
      for (int t = 0; t < steps; t++) {
        sum += x[t];
        squares += x[t] * x[t];
        least = Math.min(least, x[t]);
        greatest = Math.max(greatest, x[t]);
        moved += t == 0 ? 0 : Math.abs(x[t] - x[t - 1]);
      }
      double mean = sum / steps;
      int at = OF_COLUMN * d;
      features[at] = mean;
      features[at + 1] = Math.sqrt(Math.max(0, squares / steps - mean * mean));
      features[at + 2] = least;
      features[at + 3] = greatest;
      features[at + 4] = x[0];
      features[at + 5] = x[steps - 1];
      features[at + 6] = moved / Math.max(1, steps - 1);
    }
    return features;
  }

  /// The numbers of one step.
  public static double[] features(Frames scaled, int step) {
    double[] features = new double[scaled.width()];
    for (int d = 0; d < features.length; d++) {
      features[d] = scaled.value(step, d);
    }
    return features;
  }

  /// @param rows features // (N,F)
  /// @param classes of each, from 0 // (N)
  /// @param count C
  public static GaussianBayes train(List<double[]> rows, List<Integer> classes, int count) {
    int features = rows.getFirst().length;
    double[][] means = new double[count][features];
    double[][] variances = new double[count][features];
    double[] counts = new double[count];
    for (int i = 0; i < rows.size(); i++) {
      int c = classes.get(i);
      counts[c]++;
      for (int f = 0; f < features; f++) {
        double from = rows.get(i)[f] - means[c][f];
        means[c][f] += from / counts[c];
        variances[c][f] += from * (rows.get(i)[f] - means[c][f]);
      }
    }
    double greatest = 0;
    for (int c = 0; c < count; c++) {
      for (int f = 0; f < features; f++) {
        variances[c][f] /= Math.max(1, counts[c]);
        greatest = Math.max(greatest, variances[c][f]);
      }
    }
    double[] priors = new double[count];
    double more = LEAST * (greatest > 0 ? greatest : 1);
    for (int c = 0; c < count; c++) {
      priors[c] = Math.log(counts[c] / rows.size());
      for (int f = 0; f < features; f++) {
        variances[c][f] += more;
      }
    }
    return new GaussianBayes(priors, means, variances);
  }

  /// The likeliest class of a row.
  public int predict(double[] row) {
    double[] scores = priors.clone();
    for (int c = 0; c < scores.length; c++) {
      for (int f = 0; f < row.length; f++) {
        double from = row[f] - means[c][f];
        scores[c] -= (Math.log(variances[c][f]) + from * from / variances[c][f]) / 2;
      }
    }
    return Evaluation.argmax(scores);
  }
}
