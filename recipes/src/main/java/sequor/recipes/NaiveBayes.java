package sequor.recipes;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

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
    return Counts.of(config.ngrams(), train, classCount).model(config);
  }

  /// Trains one model a candidate and keeps the one that is right most often on the validation
  /// texts, the first of them when several are:
  ///
  /// ```java
  /// var best = NaiveBayes.choose(NaiveBayes.characterCandidates(), train, valid, classes);
  /// ```
  public static NaiveBayes choose(
      List<Config> candidates, Labelled train, Labelled valid, int classCount) {
    if (candidates.isEmpty()) {
      throw new IllegalArgumentException("naive Bayes: no candidates — give at least one config");
    }
    var trials = new HashMap<NGrams, Trial>(); // texts are cut and counted once for all smoothings
    NaiveBayes best = null;
    double most = -1;
    for (Config candidate : candidates) {
      var trial =
          trials.computeIfAbsent(
              candidate.ngrams(), ngrams -> Trial.of(ngrams, train, valid, classCount));
      var model = trial.counts.model(candidate);
      double reached = model.share(trial.valid, valid.classes());
      if (reached > most) {
        best = model;
        most = reached;
      }
    }
    return requireNonNull(best);
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
    return scores(known(text, config.ngrams(), ids));
  }

  private double[] scores(int[] ngrams) {
    double[] scores = prior.clone();
    for (int f : ngrams) {
      for (int c = 0; c < classCount; c++) {
        scores[c] += likelihood[f * classCount + c];
      }
    }
    return scores;
  }

  private static List<int[]> known(List<String> texts, NGrams ngrams, Map<String, Integer> ids) {
    return texts.stream().map(text -> known(text, ngrams, ids)).toList();
  }

  /// The n-grams of a text that were met in training.
  private static int[] known(String text, NGrams ngrams, Map<String, Integer> ids) {
    var known = IntStream.builder();
    ngrams.forEach(
        text,
        ngram -> {
          Integer id = ids.get(ngram);
          if (id != null) {
            known.add(id);
          }
        });
    return known.build().toArray();
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
    return share(known(data.texts(), config.ngrams(), ids), data.classes());
  }

  private double share(List<int[]> texts, List<Integer> classes) {
    int right = 0;
    for (int i = 0; i < texts.size(); i++) {
      right += Largest.of(scores(texts.get(i))) == classes.get(i) ? 1 : 0;
    }
    return texts.isEmpty() ? 0 : (double) right / texts.size();
  }

  private static int checkClass(int c, int classCount) {
    if (c < 0 || c >= classCount) {
      throw new IllegalArgumentException(
          "naive Bayes: class %d — the classes here are 0 to %d".formatted(c, classCount - 1));
    }
    return c;
  }

  /// What all candidates with the same n-grams share.
  ///
  /// @param valid the validation texts, as n-grams met in training
  private record Trial(Counts counts, List<int[]> valid) {
    static Trial of(NGrams ngrams, Labelled train, Labelled valid, int classCount) {
      var counts = Counts.of(ngrams, train, classCount);
      return new Trial(counts, known(valid.texts(), ngrams, counts.ids));
    }
  }

  /// N(f,c), growing as n-grams are met.
  private static final class Counts {
    private final int classCount;
    private final Map<String, Integer> ids = new HashMap<>();
    private final double[] texts; // of each class
    private int[] counts;

    private Counts(int classCount) {
      this.classCount = classCount;
      this.texts = new double[classCount];
      this.counts = new int[1024 * classCount];
    }

    static Counts of(NGrams ngrams, Labelled train, int classCount) {
      var counts = new Counts(classCount);
      for (int i = 0; i < train.texts().size(); i++) {
        int c = checkClass(train.classes().get(i), classCount);
        counts.texts[c]++;
        ngrams.forEach(train.texts().get(i), ngram -> counts.add(ngram, c));
      }
      return counts;
    }

    private void add(String ngram, int c) {
      Integer known = ids.putIfAbsent(ngram, ids.size());
      int at = (known == null ? ids.size() - 1 : known) * classCount + c;
      if (at >= counts.length) {
        counts = Arrays.copyOf(counts, Math.max(2 * counts.length, at + classCount));
      }
      counts[at]++;
    }

    NaiveBayes model(Config config) {
      return new NaiveBayes(config, ids, prior(config.prior()), likelihood(config.smoothing()));
    }

    /// A class without a training text is never predicted, with or without the prior.
    private double[] prior(boolean wanted) {
      double sum = Arrays.stream(texts).sum();
      return Arrays.stream(texts).map(n -> n == 0 || wanted ? Math.log(n / sum) : 0).toArray();
    }

    private double[] likelihood(double smoothing) {
      double[] logs = logs(smoothing);
      double[] likelihood = new double[ids.size() * classCount];
      for (int c = 0; c < classCount; c++) {
        double total = smoothing * ids.size(); // N(c) + α·F
        for (int at = c; at < likelihood.length; at += classCount) {
          total += counts[at];
        }
        double logTotal = Math.log(total);
        for (int at = c; at < likelihood.length; at += classCount) {
          likelihood[at] = logs[counts[at]] - logTotal;
        }
      }
      return likelihood;
    }

    /// log (n + α) of every count n that may occur.
    private double[] logs(double smoothing) {
      int most = Arrays.stream(counts).max().orElse(0);
      return IntStream.rangeClosed(0, most).mapToDouble(n -> Math.log(n + smoothing)).toArray();
    }
  }
}
