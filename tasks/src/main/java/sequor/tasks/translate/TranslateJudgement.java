package sequor.tasks.translate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sequor.Seed;
import sequor.tasks.Evaluation;
import sequor.tasks.Intervals;
import sequor.tasks.Metric;
import sequor.tasks.ReportSection;
import sequor.train.Bleu;
import sequor.train.BleuTokenizer;
import sequor.train.Bootstrap;
import sequor.train.Bootstrap.Interval;
import sequor.train.Chrf;
import sequor.train.CorpusMetric;
import sequor.train.Mode;

/// Judges translations beside those that are right.
///
/// ```
/// bleu            of the whole corpus, as sacreBLEU counts
/// chrf            the same of characters
/// exact           the share of translations that are right letter by letter
/// nats_per_token  −ln of the probability of each right token, where all before it are told
/// perplexity      e to the power of that
/// ```
final class TranslateJudgement {
  private static final Seed SEED = new Seed(1).child("bootstrap"); // evaluated again, the same
  static final List<Metric> KINDS =
      List.of(
          new Metric("bleu", Mode.MAX, "points"),
          new Metric("chrf", Mode.MAX, "points"),
          Metric.high("exact"),
          Metric.low("nats_per_token", "nats"),
          Metric.low("perplexity", "teacher-forced"));
  private static final int BOOTSTRAPPED = 3;
  private static final int SHOWN = 20;

  private final List<Example> examples;
  private final List<String> said;
  private final List<CorpusMetric> scores;
  private final boolean lowerCase;
  private final List<List<long[]>> counts; // of each score, of each sentence
  private Optional<Double> surprise = Optional.empty(); // nats a token

  TranslateJudgement(
      TranslateConfig.Scoring scoring,
      boolean lowerCase,
      List<Example> examples,
      List<String> said) {
    var bleu = new Bleu(BleuTokenizer.of(scoring.tokenizer()), lowerCase);
    this.scores = List.of(bleu, new Chrf(6, 0, lowerCase));
    this.lowerCase = lowerCase;
    this.examples = examples;
    this.said = said;
    this.counts = scores.stream().map(this::counts).toList();
  }

  private List<long[]> counts(CorpusMetric score) {
    var all = new ArrayList<long[]>();
    for (int i = 0; i < said.size(); i++) {
      all.add(score.counts(said.get(i), List.of(examples.get(i).target())));
    }
    return all;
  }

  /// And how surprising the right tokens were.
  TranslateJudgement with(double natsPerToken) {
    surprise = Optional.of(natsPerToken);
    return this;
  }

  Map<String, Double> metrics() {
    int[] once = new int[said.size()];
    Arrays.fill(once, 1);
    double[] values = values(once);
    var metrics = new LinkedHashMap<String, Double>();
    for (int m = 0; m < BOOTSTRAPPED; m++) {
      metrics.put(KINDS.get(m).name(), values[m]);
    }
    surprise.ifPresent(
        nats -> {
          metrics.put("nats_per_token", nats);
          metrics.put("perplexity", Math.exp(nats));
        });
    return metrics;
  }

  /// @param times how often each sentence counts
  private double[] values(int[] times) {
    double[] values = new double[BOOTSTRAPPED];
    for (int m = 0; m < scores.size(); m++) {
      long[] sum = scores.get(m).counts("", List.of(""));
      for (int i = 0; i < times.length; i++) {
        if (times[i] > 0) {
          CorpusMetric.add(sum, counts.get(m).get(i), times[i]);
        }
      }
      values[m] = scores.get(m).score(sum);
    }
    long all = 0;
    long right = 0;
    for (int i = 0; i < times.length; i++) {
      all += times[i];
      right += isRight(i) ? times[i] : 0;
    }
    values[2] = all == 0 ? 0 : (double) right / all;
    return values;
  }

  private boolean isRight(int i) {
    String target = examples.get(i).target();
    return lowerCase ? target.equalsIgnoreCase(said.get(i)) : target.equals(said.get(i));
  }

  /// How far chance may have moved the scores: sentences are drawn anew.
  ///
  /// @param floor of the same sentences
  Intervals intervals(Optional<TranslateJudgement> floor) {
    if (said.isEmpty()) {
      return Intervals.none();
    }
    var found =
        Bootstrap.intervals(
            said.size(),
            SEED,
            times -> {
              double[] both = Arrays.copyOf(values(times), 2 * BOOTSTRAPPED);
              floor.ifPresent(
                  other -> {
                    double[] below = other.values(times);
                    for (int m = 0; m < BOOTSTRAPPED; m++) {
                      both[BOOTSTRAPPED + m] = both[m] - below[m];
                    }
                  });
              return both;
            });
    return new Intervals(
        named(found.subList(0, BOOTSTRAPPED)),
        floor.isEmpty() ? Map.of() : named(found.subList(BOOTSTRAPPED, 2 * BOOTSTRAPPED)));
  }

  private static Map<String, Interval> named(List<Interval> intervals) {
    var named = new LinkedHashMap<String, Interval>();
    for (int m = 0; m < BOOTSTRAPPED; m++) {
      named.put(KINDS.get(m).name(), intervals.get(m));
    }
    return named;
  }

  /// How it was scored, and some translations.
  List<ReportSection> sections() {
    var rows =
        scores.stream().map(score -> List.<Object>of(score.name(), score.signature(1))).toList();
    var shown = new ArrayList<List<Object>>();
    for (int i = 0; i < Math.min(SHOWN, said.size()); i++) {
      shown.add(List.of(examples.get(i).source(), examples.get(i).target(), said.get(i)));
    }
    return List.of(
        new ReportSection.Table("signatures", List.of("score", "signature"), rows),
        new ReportSection.Examples(
            "translations", List.of("source", "target", "translation"), shown));
  }

  Evaluation.Predictions predictions() {
    var rows = new ArrayList<List<String>>();
    for (int i = 0; i < said.size(); i++) {
      rows.add(List.of(examples.get(i).source(), examples.get(i).target(), said.get(i)));
    }
    return new Evaluation.Predictions(List.of("source", "target", "translation"), rows);
  }
}
