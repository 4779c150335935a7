package sequor.tasks.regress;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import sequor.Seed;
import sequor.data.DataException;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.models.Ensemble;
import sequor.models.SequenceClassifier;
import sequor.models.TokenVectors;
import sequor.nn.Losses;
import sequor.nn.Reduction;
import sequor.tasks.TaskException;
import sequor.tasks.TextConfig;
import sequor.tensor.Tensor;
import sequor.text.Tokenizer;

/// Numbers of which only the order means something, such as 1 to 5 stars. A network learns of each
/// level but the highest whether a text is above it, and the number of a text is that of the level
/// which is above as many as the text is probably above.
///
/// ```
/// rank = 1 + Σ_k [P(y > level_k) > ½]
/// ```
///
/// Source: Cao, Mirjalili and Raschka, *Rank consistent ordinal regression for neural networks*
/// (2020), sections 3.2 to 3.4.
///
/// @param all of them, rising
/// @param median of the training split
record Levels(List<Double> all, double median) implements Scale {
  static final String LEVELS = "target_levels";
  private static final String MEDIAN = "target_median";
  private static final int MOST = 100;
  private static final double LEAST = 1e-38; // probability that a logarithm is taken of

  Levels {
    all = List.copyOf(all);
  }

  /// The different numbers of the training split.
  ///
  /// @throws DataException if they are one, or more than anybody would call levels
  static Levels of(double[] values) {
    double[] sorted = Arrays.stream(values).sorted().toArray();
    var all = Arrays.stream(sorted).distinct().boxed().toList();
    if (all.size() < 2 || all.size() > MOST) {
      throw new DataException(
          "regress: expected 2 to %d levels, such as 1 to 5, got %,d different numbers; %s"
              .formatted(
                  MOST,
                  all.size(),
                  all.size() < 2 ? "give texts of more" : "set model.target to number"));
    }
    return new Levels(all, sorted[(sorted.length - 1) / 2]);
  }

  /// What [#json] wrote.
  static Levels of(JsonObject json) {
    double[] all = json.array(LEVELS).numbers();
    for (int k = 1; k < all.length; k++) {
      if (!(all[k] > all[k - 1])) {
        throw new TaskException(
            "%s: expected levels that rise, got %s; copy the model again"
                .formatted(LEVELS, Arrays.toString(all)));
      }
    }
    if (all.length < 2 || all.length > MOST) {
      throw new TaskException(
          "%s: expected 2 to %d levels, got %d; copy the model again"
              .formatted(LEVELS, MOST, all.length));
    }
    return new Levels(
        Arrays.stream(all).boxed().toList(), json.number(MEDIAN, all[0], all[all.length - 1]));
  }

  @Override
  public Ensemble<SequenceClassifier> network(
      TextConfig config,
      Tokenizer tokenizer,
      Optional<TokenVectors> vectors,
      int members,
      Seed seed) {
    return config.ordinal(tokenizer, vectors, members, all.size(), seed);
  }

  /// Whether it is above each level but the highest.
  @Override
  public float[] target(double value) {
    float[] above = new float[all.size() - 1];
    for (int k = 0; k < above.length; k++) {
      above[k] = value > all.get(k) ? 1 : 0;
    }
    return above;
  }

  @Override
  public Tensor loss(Tensor logits, Tensor targets) {
    return Losses.bceWithLogits(logits, targets, Reduction.MEAN);
  }

  @Override
  public Tensor said(Tensor logits) {
    return logits.sigmoid();
  }

  @Override
  public double value(double[] said) {
    return all.get((int) Arrays.stream(said).filter(above -> above > 0.5).count());
  }

  /// The mean of the levels by their probabilities: the lowest, and each step up as far as it is
  /// likely.
  @Override
  public Tensor expected(Tensor logits) {
    float[] steps = new float[all.size() - 1];
    for (int k = 0; k < steps.length; k++) {
      steps[k] = (float) (all.get(k + 1) - all.get(k));
    }
    return logits.sigmoid().times(Tensor.of(steps)).sum(1).plus(all.getFirst().floatValue());
  }

  @Override
  public double loss(double value, double[] said) {
    float[] above = target(value);
    double sum = 0;
    for (int k = 0; k < above.length; k++) {
      sum -= Math.log(Math.max(LEAST, above[k] == 1 ? said[k] : 1 - said[k]));
    }
    return sum / above.length;
  }

  /// The median has the least absolute error of all that know no text.
  @Override
  public double constant() {
    return median;
  }

  @Override
  public String constantly() {
    return "always the median, " + median;
  }

  @Override
  public JsonObject json() {
    return Json.object().with(LEVELS, Json.ofList(all)).with(MEDIAN, median);
  }
}
