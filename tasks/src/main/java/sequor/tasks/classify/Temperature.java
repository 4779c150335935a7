package sequor.tasks.classify;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import sequor.tasks.ReportSection;
import sequor.text.Labels;

/// Makes probabilities as sure as they are right, by one number for all of them (temperature
/// scaling).
///
/// ```
/// p'(c) ∝ p(c)^(1/T)          T = argmin Σ_i −ln p'(y_i)        over texts that nobody learned from
/// ```
///
/// Above 1 it makes a model less sure, below 1 surer; which label is likeliest stays as it is. The
/// loss has one minimum, as it is convex in 1/T; it is found by golden section of ln T.
///
/// Source: Guo et al., *On calibration of modern neural networks* (2017), section 4.2.
///
/// @param value T
record Temperature(double value) {
  /// Leaves probabilities as they are.
  static final Temperature ONE = new Temperature(1);

  /// Where few texts, or none, are said wrongly, no more can be known than that.
  static final double LEAST = 0.05;

  static final double MOST = 20;

  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
  private static final int STEPS = 50;

  /// The temperature at which the right labels of these texts are likeliest; those that the model
  /// has not learned are passed over. Without any it is 1.
  ///
  /// @param rows the probabilities of each text's classes
  static Temperature fitted(double[][] rows, List<String> gold, Labels labels) {
    double[][] logs = new double[rows.length][];
    int[] targets = new int[rows.length];
    int count = 0;
    for (int i = 0; i < rows.length; i++) {
      if (labels.contains(gold.get(i))) {
        logs[count] = logs(rows[i]);
        targets[count++] = labels.id(gold.get(i));
      }
    }
    int known = count;
    return known == 0
        ? ONE
        : new Temperature(Math.exp(least(log -> loss(logs, targets, known, Math.exp(-log)))));
  }

  /// The probabilities at this temperature.
  double[] applied(double[] probabilities) {
    if (value == 1) {
      return probabilities;
    }
    double[] scaled = logs(probabilities);
    double most = Arrays.stream(scaled).max().orElse(0);
    double sum = 0;
    for (int c = 0; c < scaled.length; c++) {
      scaled[c] = Math.exp((scaled[c] - most) / value);
      sum += scaled[c];
    }
    for (int c = 0; c < scaled.length; c++) {
      scaled[c] /= sum;
    }
    return scaled;
  }

  /// What it changed, by the metrics of the same predictions.
  ReportSection section(Map<String, Double> before, Map<String, Double> after) {
    return new ReportSection.Table(
        "calibration",
        List.of("probabilities", "temperature", "ece", "loss"),
        List.of(row("as learned", 1, before), row("calibrated", value, after)));
  }

  private static List<Object> row(String name, double temperature, Map<String, Double> metrics) {
    return List.of(
        name,
        temperature,
        metrics.getOrDefault("ece", Double.NaN),
        metrics.getOrDefault("loss", Double.NaN));
  }

  /// ln T where that is least.
  private static double least(DoubleUnaryOperator loss) {
    double low = Math.log(LEAST);
    double high = Math.log(MOST);
    double left = high - GOLDEN * (high - low);
    double right = low + GOLDEN * (high - low);
    double atLeft = loss.applyAsDouble(left);
    double atRight = loss.applyAsDouble(right);
    for (int step = 0; step < STEPS; step++) {
      if (atLeft <= atRight) {
        high = right;
        right = left;
        atRight = atLeft;
        left = high - GOLDEN * (high - low);
        atLeft = loss.applyAsDouble(left);
      } else {
        low = left;
        left = right;
        atLeft = atRight;
        right = low + GOLDEN * (high - low);
        atRight = loss.applyAsDouble(right);
      }
    }
    return (low + high) / 2;
  }

  /// `Σ_i ln Σ_c exp(β·z_ic) − β·z_iy`
  private static double loss(double[][] logs, int[] targets, int count, double beta) {
    double loss = 0;
    for (int i = 0; i < count; i++) {
      double most = beta * Arrays.stream(logs[i]).max().orElse(0);
      double sum = 0;
      for (double log : logs[i]) {
        sum += Math.exp(beta * log - most);
      }
      loss += Math.log(sum) + most - beta * logs[i][targets[i]];
    }
    return loss;
  }

  static double[] logs(double[] probabilities) {
    return Arrays.stream(probabilities)
        .map(p -> Math.log(Math.max(p, Double.MIN_NORMAL)))
        .toArray();
  }
}
