package sequor.tasks.classify;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import sequor.tasks.Evaluation;
import sequor.tasks.TaskException;
import sequor.tasks.classify.NaiveBayes.Labelled;

/// Logistic regression on the n-grams of a text, each weighted by how much it tells one class from
/// the others: the strong floor of text classification, and often the right answer.
///
/// ```
/// r(f,c) = log (1 + D(f,c)) / Σ_f (1 + D(f,c))  −  log (1 + D(f,¬c)) / Σ_f (1 + D(f,¬c))
/// z(c)   = b(c) + Σ_{f ∈ text} w(f,c) · r(f,c)          p(c|text) ∝ σ(z(c))
/// w(·,c) = argmin ½‖w‖² + C · Σ_i log(1 + exp(−y_i · z_i(c)))        y_i = ±1: of class c or not
/// ```
///
/// Here D(f,c) is how many texts of class c have n-gram f, and each n-gram of a text counts once.
/// Two classes need one such regression, more need one each. The dual of the minimum is found by
/// coordinate descent, an example after the other in an order that is always the same, so the same
/// texts give the same bits.
///
/// Source: Wang and Manning, *Baselines and bigrams* (2012), section 2, with the logistic loss of
/// Mesnil et al. (2014); Yu, Huang and Lin, *Dual coordinate descent methods for logistic
/// regression and maximum entropy models* (2011), algorithm 5.
final class LogisticNGrams implements NGramModel {
  /// More classes than this take longer than a floor may.
  static final int MOST_CLASSES = 1000;

  /// Numbers held for all n-grams and classes at most; rare n-grams are left out above.
  private static final int MOST_WEIGHTS = 1 << 26;

  private final NGrams ngrams;
  private final double penalty; // C
  private final NGramIndex index;
  private final float[][] weights; // of each regression: w(f)·r(f), and b at the end

  LogisticNGrams(NGrams ngrams, double penalty, NGramIndex index, float[][] weights) {
    this.ngrams = ngrams;
    this.penalty = penalty;
    this.index = index;
    this.weights = weights;
  }

  /// Learns with each kind of n-grams and several penalties, and keeps the one that is right most
  /// often on the validation texts.
  ///
  /// @param classes how many there are, numbered from 0
  static LogisticNGrams choose(List<NGrams> kinds, Labelled train, Labelled valid, int classes) {
    if (classes > MOST_CLASSES) {
      throw new TaskException(
          "floor.method: expected at most %d classes for strong, got %d; take naive_bayes"
              .formatted(MOST_CLASSES, classes));
    }
    LogisticNGrams best = null;
    int most = -1;
    for (var ngrams : kinds) {
      var texts = read(ngrams, train, classes);
      int[][] held = texts.known(ngrams, valid.texts());
      for (double penalty : new double[] {0.3, 1, 3}) {
        var model = train(ngrams, penalty, texts, train.classes(), classes);
        int right = model.right(held, valid.classes());
        if (right > most) {
          best = model;
          most = right;
        }
      }
    }
    return requireNonNull(best);
  }

  /// Two classes are told apart by one regression: that of the second.
  static int regressions(int classes) {
    return classes == 2 ? 1 : classes;
  }

  private static LogisticNGrams train(
      NGrams ngrams, double penalty, NGramTexts texts, List<Integer> gold, int classes) {
    int[] numbers = gold.stream().mapToInt(Integer::intValue).toArray();
    int count = regressions(classes);
    var weights =
        IntStream.range(0, count)
            .parallel()
            .mapToObj(c -> new DualLogistic(texts, of(numbers, count == 1 ? 1 : c)).fit(penalty))
            .toArray(float[][]::new);
    return new LogisticNGrams(ngrams, penalty, texts.index(), weights);
  }

  private static boolean[] of(int[] numbers, int c) {
    boolean[] mine = new boolean[numbers.length];
    for (int i = 0; i < mine.length; i++) {
      mine[i] = numbers[i] == c;
    }
    return mine;
  }

  private int right(int[][] texts, List<Integer> gold) {
    int right = 0;
    for (int i = 0; i < texts.length; i++) {
      right += Evaluation.argmax(scores(texts[i])) == gold.get(i) ? 1 : 0;
    }
    return right;
  }

  /// Makes one of the same settings of other texts; it holds nothing of these.
  Learner again() {
    var kind = ngrams;
    double chosen = penalty;
    return (texts, classes) ->
        train(kind, chosen, read(kind, texts, classes), texts.classes(), classes);
  }

  private static NGramTexts read(NGrams ngrams, Labelled texts, int classes) {
    return NGramTexts.of(ngrams, texts.texts(), MOST_WEIGHTS / regressions(classes));
  }

  @Override
  public String method() {
    return "logistic regression on %s weighted by naive Bayes, C %s".formatted(ngrams, penalty);
  }

  @Override
  public ClassifierConfig.Speaking speaking() {
    return ClassifierConfig.Speaking.STRONG;
  }

  @Override
  public double[] scores(String text) {
    return scores(NGramTexts.known(index, ngrams, text));
  }

  private double[] scores(int[] known) {
    if (weights.length == 1) {
      double z = logit(weights[0], known);
      return new double[] {logSigmoid(-z), logSigmoid(z)};
    }
    return Arrays.stream(weights).mapToDouble(w -> logSigmoid(logit(w, known))).toArray();
  }

  private static double logit(float[] weights, int[] known) {
    double z = weights[weights.length - 1];
    for (int f : known) {
      z += weights[f];
    }
    return z;
  }

  private static double logSigmoid(double z) {
    return z < 0 ? z - Math.log1p(Math.exp(z)) : -Math.log1p(Math.exp(-z));
  }

  NGrams ngrams() {
    return ngrams;
  }

  double penalty() {
    return penalty;
  }

  NGramIndex index() {
    return index;
  }

  float[][] weights() {
    return weights;
  }
}
