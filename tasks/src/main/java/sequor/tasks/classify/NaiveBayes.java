package sequor.tasks.classify;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import sequor.InOrder;
import sequor.tasks.Evaluation;
import sequor.tasks.TaskException;

/// Multinomial naive Bayes over n-grams: the floor of text classification.
///
/// ```
/// score(c) = log p(c) + Σ_f n_f · log p(f|c)
/// p(f|c)   = (N(f,c) + α) / (N(c) + α·F)
/// ```
///
/// Here n_f is how often n-gram f occurs in the text, N(f,c) how often it occurs in the training
/// texts of class c, N(c) their sum over all f, F the number of different n-grams, and α the
/// smoothing. N-grams never seen in training are passed over. Without the prior, log p(c) is left
/// out and every class is as likely as any other, which finds more of the rare ones.
///
/// Source: McCallum and Nigam, *A comparison of event models for naive Bayes text classification*
/// (1998), section 2, the multinomial model.
public final class NaiveBayes implements NGramModel {
  /// How to count.
  ///
  /// @param ngrams what is counted
  /// @param smoothing what is added to every count, above 0
  /// @param prior whether frequent classes are held more likely before the text is read
  public record Config(NGrams ngrams, double smoothing, boolean prior) {
    public Config {
      requireNonNull(ngrams);
      if (!(smoothing > 0) || Double.isInfinite(smoothing)) {
        throw new TaskException(
            "naive Bayes: expected a smoothing above 0, got %s; give one such as 0.1"
                .formatted(smoothing));
      }
    }

    /// As a report says it.
    @Override
    public String toString() {
      return "naive Bayes, %s, smoothing %s%s"
          .formatted(ngrams, smoothing, prior ? "" : ", no prior");
    }
  }

  /// Texts and the number of each one's class.
  public record Labelled(List<String> texts, List<Integer> classes) {
    public Labelled {
      texts = List.copyOf(texts);
      classes = List.copyOf(classes);
      if (texts.size() != classes.size()) {
        throw new TaskException(
            "naive Bayes: expected as many classes as texts, got %d texts and %d classes; give each"
                    .formatted(texts.size(), classes.size())
                + " text its class");
      }
    }
  }

  private static final int MANY = 1000; // classes; with more, not all texts choose the settings
  private static final int MOST_CHOOSING = 2000;

  private final Config config;
  private final ClassCounts counts;
  private final double[] prior; // log p(c)
  private final double[] totals; // log (N(c) + α·F)
  private final double[] logs; // log (n + α) of the counts n that are frequent

  NaiveBayes(Config config, ClassCounts counts) {
    this.config = config;
    this.counts = counts;
    int classes = counts.classCount();
    double texts = Arrays.stream(counts.texts()).sum();
    this.prior = new double[classes];
    this.totals = new double[classes];
    for (int c = 0; c < classes; c++) {
      long n = counts.texts()[c];
      prior[c] = n == 0 || config.prior ? Math.log(n / texts) : 0; // without a text never predicted
      totals[c] = Math.log(counts.totals()[c] + config.smoothing * counts.index().size());
    }
    this.logs = new double[256];
    Arrays.setAll(logs, n -> Math.log(n + config.smoothing));
  }

  /// Counts the n-grams of the training texts.
  ///
  /// @param classCount how many classes there are, numbered from 0
  public static NaiveBayes train(Config config, Labelled train, int classCount) {
    return new NaiveBayes(config, counted(config.ngrams(), train, classCount));
  }

  private static ClassCounts counted(NGrams ngrams, Labelled train, int classCount) {
    train.classes().forEach(c -> checkClass(c, classCount));
    return ClassCounts.of(ngrams, train.texts(), train.classes(), classCount);
  }

  /// Trains one model a candidate and keeps the one that is right most often on the validation
  /// texts, the first of them when several are:
  ///
  /// ```java
  /// var best = NaiveBayes.choose(NaiveBayes.characterCandidates(), train, valid, classes);
  /// ```
  ///
  /// With more than a thousand classes the first two thousand of these texts choose.
  public static NaiveBayes choose(
      List<Config> candidates, Labelled train, Labelled valid, int classCount) {
    if (candidates.isEmpty()) {
      throw new TaskException("naive Bayes: expected candidates, got none; give one or more");
    }
    int choosing =
        classCount > MANY ? Math.min(MOST_CHOOSING, valid.texts().size()) : valid.texts().size();
    var texts = valid.texts().subList(0, choosing);
    // texts are cut and counted once for all smoothings
    var ngrams = candidates.stream().map(Config::ngrams).distinct().toList();
    var trials = InOrder.map(ngrams, some -> Trial.of(some, train, texts, classCount));
    var models =
        InOrder.map(
            candidates,
            candidate -> trials.get(ngrams.indexOf(candidate.ngrams())).of(candidate, valid));
    var best = models.getFirst();
    for (var model : models) {
      best = model.right > best.right ? model : best;
    }
    return best.model;
  }

  /// What is worth a try on short texts such as names: up to 5 characters, with and without prior.
  public static List<Config> characterCandidates() {
    var ngrams = new ArrayList<NGrams>();
    for (int longest = 2; longest <= 5; longest++) {
      ngrams.add(NGrams.characters(1, longest));
      ngrams.add(NGrams.characters(2, longest));
    }
    return candidates(ngrams);
  }

  /// What is worth a try on sentences and longer texts: words, and pairs of words.
  public static List<Config> wordCandidates() {
    return candidates(List.of(NGrams.words(1, 1), NGrams.words(1, 2)));
  }

  private static List<Config> candidates(List<NGrams> ngrams) {
    var all = new ArrayList<Config>();
    for (NGrams some : ngrams) {
      for (double smoothing : new double[] {0.01, 0.03, 0.1, 0.3, 1}) {
        all.add(new Config(some, smoothing, true));
        all.add(new Config(some, smoothing, false));
      }
    }
    return all;
  }

  public Config config() {
    return config;
  }

  ClassCounts counts() {
    return counts;
  }

  @Override
  public String method() {
    return config.toString();
  }

  @Override
  public ClassifierConfig.Speaking speaking() {
    return ClassifierConfig.Speaking.NAIVE_BAYES;
  }

  @Override
  public double[] scores(String text) {
    return scores(counts.known(config.ngrams(), text));
  }

  /// What every class gets as if it had no n-gram of the text, and then what each has of them.
  private double[] scores(int[] ngrams) {
    double[] scores = new double[counts.classCount()];
    double none = ngrams.length * logs[0];
    for (int c = 0; c < scores.length; c++) {
      scores[c] = prior[c] + none - ngrams.length * totals[c];
    }
    for (int f : ngrams) {
      for (int at = counts.starts()[f]; at < counts.starts()[f + 1]; at++) {
        scores[counts.classes()[at]] += log(counts.counts()[at]) - logs[0];
      }
    }
    return scores;
  }

  private double log(int count) {
    return count < logs.length ? logs[count] : Math.log(count + config.smoothing);
  }

  /// The predicted class of each text.
  public int[] predict(List<String> texts) {
    return texts.stream().mapToInt(this::predict).toArray();
  }

  /// The share of the texts whose class is predicted right; 0 where there are none.
  public double accuracy(Labelled data) {
    return share(known(counts, config.ngrams(), data.texts()), data.classes());
  }

  private double share(List<int[]> texts, List<Integer> classes) {
    int right = 0;
    for (int i = 0; i < texts.size(); i++) {
      right += Evaluation.argmax(scores(texts.get(i))) == classes.get(i) ? 1 : 0;
    }
    return texts.isEmpty() ? 0 : (double) right / texts.size();
  }

  private static List<int[]> known(ClassCounts counts, NGrams ngrams, List<String> texts) {
    return InOrder.map(texts, text -> counts.known(ngrams, text));
  }

  private static void checkClass(int c, int classCount) {
    if (c < 0 || c >= classCount) {
      throw new TaskException(
          "naive Bayes: expected a class from 0 to %d, got %d; number the classes from 0"
              .formatted(classCount - 1, c));
    }
  }

  /// What all candidates with the same n-grams share.
  ///
  /// @param valid the validation texts, as n-grams met in training
  private record Trial(ClassCounts counts, List<int[]> valid) {
    static Trial of(NGrams ngrams, Labelled train, List<String> valid, int classCount) {
      var counts = counted(ngrams, train, classCount);
      return new Trial(counts, known(counts, ngrams, valid));
    }

    Tried of(Config config, Labelled labelled) {
      var model = new NaiveBayes(config, counts);
      return new Tried(model, model.share(valid, labelled.classes()));
    }
  }

  /// @param right the share of the validation texts
  private record Tried(NaiveBayes model, double right) {}
}
