package sequor.recipes;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

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
public final class NaiveBayes {
  /// How to count.
  ///
  /// @param ngrams what is counted
  /// @param smoothing what is added to every count, above 0
  /// @param prior whether frequent classes are held more likely before the text is read
  public record Config(NGrams ngrams, double smoothing, boolean prior) {
    public Config {
      requireNonNull(ngrams);
      if (!(smoothing > 0) || Double.isInfinite(smoothing)) {
        throw new IllegalArgumentException(
            "naive Bayes: smoothing is %s — give a number above 0, such as 0.1"
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
        throw new IllegalArgumentException(
            "naive Bayes: %d texts and %d classes — give one class a text"
                .formatted(texts.size(), classes.size()));
      }
    }
  }

  private final Config config;
  private final int classCount;
  private final Map<String, Integer> ids; // of the n-grams, in order of first appearance
  private final double[] prior; // log p(c)
  private final double[] likelihood; // log p(f|c) at [f · classCount + c]

  private NaiveBayes(Config config, Map<String, Integer> ids, double[] prior, double[] likelihood) {
    this.config = config;
    this.classCount = prior.length;
    this.ids = ids;
    this.prior = prior;
    this.likelihood = likelihood;
  }

  /// Counts the n-grams of the training texts.
  ///
  /// @param classCount how many classes there are, numbered from 0
  public static NaiveBayes train(Config config, Labelled train, int classCount) {
    double[] texts = new double[classCount]; // of each class
    Map<String, Integer> ids = new HashMap<>();
    var counts = new Counts(classCount);
    for (int i = 0; i < train.texts().size(); i++) {
      int c = checkClass(train.classes().get(i), classCount);
      texts[c]++;
      config.ngrams().forEach(train.texts().get(i), f -> counts.add(id(f, ids), c));
    }
    return new NaiveBayes(
        config, ids, prior(texts, config), counts.likelihood(ids.size(), config.smoothing()));
  }

  /// Trains one model a candidate and keeps the one with the greatest score, the first of them when
  /// several are greatest. The score must come from the validation part, never from the test part:
  ///
  /// ```java
  /// var candidates = NaiveBayes.characterCandidates();
  /// var best = NaiveBayes.choose(candidates, train, classes, model -> model.accuracy(valid));
  /// ```
  public static NaiveBayes choose(
      List<Config> candidates, Labelled train, int classCount, ToDoubleFunction<NaiveBayes> score) {
    if (candidates.isEmpty()) {
      throw new IllegalArgumentException("naive Bayes: no candidates — give at least one config");
    }
    var best = train(candidates.getFirst(), train, classCount);
    double most = score.applyAsDouble(best);
    for (Config candidate : candidates.subList(1, candidates.size())) {
      var model = train(candidate, train, classCount);
      double reached = score.applyAsDouble(model);
      if (reached > most) {
        best = model;
        most = reached;
      }
    }
    return best;
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

  /// The score of each class: the logarithm of its probability, up to a constant.
  public double[] scores(String text) {
    double[] scores = prior.clone();
    config.ngrams().forEach(text, ngram -> add(ngram, scores));
    return scores;
  }

  private void add(String ngram, double[] scores) {
    Integer id = ids.get(ngram);
    if (id == null) {
      return;
    }
    for (int c = 0; c < classCount; c++) {
      scores[c] += likelihood[id * classCount + c];
    }
  }

  /// The class with the greatest score; the first of them when several are greatest.
  public int predict(String text) {
    return Largest.of(scores(text));
  }

  /// The predicted class of each text.
  public int[] predict(List<String> texts) {
    return texts.stream().mapToInt(this::predict).toArray();
  }

  /// The share of the texts whose class is predicted right; 0 where there are none.
  public double accuracy(Labelled data) {
    int right = 0;
    for (int i = 0; i < data.texts().size(); i++) {
      right += predict(data.texts().get(i)) == data.classes().get(i) ? 1 : 0;
    }
    return data.texts().isEmpty() ? 0 : (double) right / data.texts().size();
  }

  private static int checkClass(int c, int classCount) {
    if (c < 0 || c >= classCount) {
      throw new IllegalArgumentException(
          "naive Bayes: class %d — the classes here are 0 to %d".formatted(c, classCount - 1));
    }
    return c;
  }

  private static int id(String ngram, Map<String, Integer> ids) {
    Integer id = ids.putIfAbsent(ngram, ids.size());
    return id == null ? ids.size() - 1 : id;
  }

  /// A class without a training text is never predicted, with or without the prior.
  private static double[] prior(double[] texts, Config config) {
    double sum = Arrays.stream(texts).sum();
    return Arrays.stream(texts)
        .map(n -> n == 0 || config.prior() ? Math.log(n / sum) : 0)
        .toArray();
  }

  /// N(f,c), growing as n-grams are met.
  private static final class Counts {
    private final int classCount;
    private int[] counts;

    Counts(int classCount) {
      this.classCount = classCount;
      this.counts = new int[1024 * classCount];
    }

    void add(int f, int c) {
      int at = f * classCount + c;
      if (at >= counts.length) {
        counts = Arrays.copyOf(counts, Math.max(2 * counts.length, at + classCount));
      }
      counts[at]++;
    }

    /// log p(f|c) of the first `ngrams` n-grams.
    double[] likelihood(int ngrams, double smoothing) {
      double[] totals = new double[classCount]; // N(c)
      for (int i = 0; i < ngrams * classCount; i++) {
        totals[i % classCount] += counts[i];
      }
      double[] logs = new double[ngrams * classCount];
      for (int i = 0; i < logs.length; i++) {
        double total = totals[i % classCount] + smoothing * ngrams;
        logs[i] = Math.log((counts[i] + smoothing) / total);
      }
      return logs;
    }
  }
}
