package sequor.tasks.regress;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import sequor.Seed;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.models.Ensemble;
import sequor.models.SequenceClassifier;
import sequor.models.TokenVectors;
import sequor.nn.Losses;
import sequor.nn.Reduction;
import sequor.tasks.TextConfig;
import sequor.tensor.Tensor;
import sequor.text.Tokenizer;

/// Numbers whose differences mean something. A network learns them with mean 0 and variance 1, by
/// their squared error.
///
/// ```
/// z = (y − mean) / deviation
/// ```
///
/// @param deviation above 0; 1 where all numbers are the same
record Interval(double mean, double deviation) implements Scale {
  private static final String MEAN = "target_mean";
  private static final String DEVIATION = "target_deviation";

  static Interval of(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    double variance = Arrays.stream(values).map(y -> (y - mean) * (y - mean)).average().orElse(0);
    return new Interval(mean, variance > 0 ? Math.sqrt(variance) : 1);
  }

  /// What [#json] wrote.
  static Interval of(JsonObject json) {
    return new Interval(
        json.number(MEAN, -Double.MAX_VALUE, Double.MAX_VALUE),
        json.number(DEVIATION, Double.MIN_VALUE, Double.MAX_VALUE));
  }

  @Override
  public Ensemble<SequenceClassifier> network(
      TextConfig config,
      Tokenizer tokenizer,
      Optional<TokenVectors> vectors,
      int members,
      Seed seed) {
    return config.network(tokenizer, vectors, members, 1, seed);
  }

  @Override
  public float[] target(double value) {
    return new float[] {(float) ((value - mean) / deviation)};
  }

  @Override
  public Tensor loss(Tensor logits, Tensor targets) {
    return Losses.mse(logits, targets, Reduction.MEAN);
  }

  @Override
  public Tensor said(Tensor logits) {
    return logits;
  }

  @Override
  public double value(double[] said) {
    return mean + deviation * said[0];
  }

  @Override
  public Tensor expected(Tensor logits) {
    return logits.squeeze(1).times((float) deviation).plus((float) mean);
  }

  @Override
  public double loss(double value, double[] said) {
    double error = (value(said) - value) / deviation;
    return error * error;
  }

  /// The mean has the least squared error of all that know no text.
  @Override
  public double constant() {
    return mean;
  }

  @Override
  public String constantly() {
    return String.format(Locale.ROOT, "always the mean, %.4f", mean);
  }

  @Override
  public JsonObject json() {
    return Json.object().with(MEAN, mean).with(DEVIATION, deviation);
  }
}
