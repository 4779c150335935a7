package sequor.train;

import java.util.ArrayList;
import java.util.List;

/// Whether a model is right as often as it says it is.
///
/// ```
/// ECE = Σ_m |B_m|/n · |acc(B_m) − conf(B_m)|
/// ```
///
/// B_m are the predictions whose confidence, the probability of what was said, lies in ((m−1)/M,
/// m/M\], of M = 15 bins; acc is the share of them that are right, conf their mean confidence.
///
/// Source: Guo et al., *On calibration of modern neural networks* (2017), section 2, equation 3.
public final class Calibration {
  /// M
  public static final int BINS = 15;

  private final long[] counts = new long[BINS];
  private final long[] right = new long[BINS];
  private final double[] confidences = new double[BINS];

  /// Nothing said yet.
  public Calibration() {}

  /// The predictions of one bin.
  ///
  /// @param low above which their confidence lies
  /// @param high up to which it lies
  /// @param accuracy the share of them that are right; 0 where there are none
  /// @param confidence the mean of theirs; 0 where there are none
  public record Bin(double low, double high, long count, double accuracy, double confidence) {}

  /// Counts a prediction.
  ///
  /// @param confidence the probability of what was said, from 0 to 1
  public void add(double confidence, boolean isRight) {
    if (!(confidence >= 0 && confidence <= 1 + 1e-6)) {
      throw Check.wrong(
          "calibration: confidence %s — it must be a probability; is softmax() missing?",
          confidence);
    }
    int bin = Math.clamp((int) Math.ceil(confidence * BINS) - 1, 0, BINS - 1);
    counts[bin]++;
    right[bin] += isRight ? 1 : 0;
    confidences[bin] += confidence;
  }

  /// All bins, in order.
  public List<Bin> bins() {
    var bins = new ArrayList<Bin>();
    for (int m = 0; m < BINS; m++) {
      double count = Math.max(1, counts[m]);
      bins.add(
          new Bin(
              m / (double) BINS,
              (m + 1) / (double) BINS,
              counts[m],
              right[m] / count,
              confidences[m] / count));
    }
    return bins;
  }

  /// The expected calibration error, from 0 to 1; 0 where nothing was said.
  public double error() {
    double total = 0;
    double sum = 0;
    for (int m = 0; m < BINS; m++) {
      total += counts[m];
      sum += Math.abs(right[m] - confidences[m]);
    }
    return total == 0 ? 0 : sum / total;
  }
}
