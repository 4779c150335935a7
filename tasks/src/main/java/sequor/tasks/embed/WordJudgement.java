package sequor.tasks.embed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import sequor.Seed;
import sequor.tasks.Evaluation;
import sequor.tasks.Intervals;
import sequor.tasks.ReportSection;
import sequor.tasks.embed.WordQuestions.Analogy;
import sequor.tasks.embed.WordQuestions.Asked;
import sequor.tasks.embed.WordQuestions.Pair;
import sequor.train.Bootstrap;
import sequor.train.Bootstrap.Interval;
import sequor.train.Correlation;

/// How vectors answer questions about words.
///
/// A question with a word that has no vector is left out, and counted: `coverage` is the share that
/// was answered. Beside it stands what becomes of the result if those count too: such a pair is as
/// alike as the mean of the others, and such an analogy is wrong.
final class WordJudgement {
  private static final String RARER_PLACE = "rarer word's place";
  private static final String RAREST_PLACE = "rarest word's place";
  private static final Seed SEED = new Seed(1).child("bootstrap");

  private final AskedVectors vectors;
  private final Map<String, Double> metrics = new LinkedHashMap<>();
  private final Map<String, Interval> intervals = new LinkedHashMap<>();
  private final List<ReportSection> sections = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();

  private WordJudgement(AskedVectors vectors) {
    this.vectors = vectors;
  }

  static Evaluation of(AskedVectors vectors, Asked asked) {
    var judgement = new WordJudgement(vectors);
    if (!asked.pairs().isEmpty()) {
      judgement.pairs(asked.pairs());
    }
    if (!asked.analogies().isEmpty()) {
      judgement.analogies(asked.analogies());
    }
    return new Evaluation(
        judgement.metrics,
        new Intervals(judgement.intervals, Map.of()),
        judgement.sections,
        new Evaluation.Predictions(List.of("question", "right", "answer"), judgement.rows));
  }

  private void pairs(List<Pair> pairs) {
    var alike = new ArrayList<Double>();
    var cosines = new ArrayList<Double>();
    var unanswered = new ArrayList<Double>();
    for (var pair : pairs) {
      var cosine = vectors.cosine(pair.first(), pair.second());
      if (cosine.isPresent()) {
        alike.add(pair.alike());
        cosines.add(cosine.getAsDouble());
      } else {
        unanswered.add(pair.alike());
      }
      rows.add(
          List.of(
              pair.first() + " " + pair.second(),
              Double.toString(pair.alike()),
              cosine.isPresent()
                  ? String.format(Locale.ROOT, "%.4f", cosine.getAsDouble())
                  : "no vector"));
    }
    metrics.put("spearman", spearman(alike, cosines));
    if (alike.size() > 1) {
      double[] people = array(alike);
      double[] ours = array(cosines);
      var byPeople = new Correlation.Order(people);
      var byOurs = new Correlation.Order(ours);
      intervals.put(
          "spearman",
          Bootstrap.intervals(
                  people.length,
                  SEED,
                  times ->
                      new double[] {
                        Correlation.pearson(byPeople.ranks(times), byOurs.ranks(times), times)
                      })
              .getFirst());
    }
    double mean = cosines.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    alike.addAll(unanswered);
    unanswered.forEach(_ -> cosines.add(mean));
    metrics.put("spearman_all", spearman(alike, cosines));
    metrics.put("pair_coverage", 1 - unanswered.size() / (double) pairs.size());
    metrics.put("pairs", (double) pairs.size());
    sections.add(pairsByBand(pairs));
  }

  /// A pair is as rare as its rarer word.
  private ReportSection pairsByBand(List<Pair> pairs) {
    var rows = new ArrayList<List<Object>>();
    for (var band : Band.values()) {
      var alike = new ArrayList<Double>();
      var cosines = new ArrayList<Double>();
      for (var pair : pairs) {
        var cosine = vectors.cosine(pair.first(), pair.second());
        int rank = Math.max(vectors.rank(pair.first()), vectors.rank(pair.second()));
        if (cosine.isPresent() && Band.of(rank) == band) {
          alike.add(pair.alike());
          cosines.add(cosine.getAsDouble());
        }
      }
      if (alike.size() > 1) {
        rows.add(List.of(band.places(), alike.size(), spearman(alike, cosines)));
      }
    }
    return new ReportSection.Table(RARER_PLACE, List.of(RARER_PLACE, "answered", "spearman"), rows);
  }

  private static double spearman(List<Double> x, List<Double> y) {
    if (x.size() < 2) {
      return Double.NaN;
    }
    int[] once = new int[x.size()];
    Arrays.fill(once, 1);
    return Correlation.pearson(
        new Correlation.Order(array(x)).ranks(once), new Correlation.Order(array(y)).ranks(once));
  }

  private static double[] array(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private void analogies(List<Analogy> analogies) {
    var answers = vectors.answers(analogies);
    var bySection = new LinkedHashMap<String, int[]>(); // all, answered, right
    var right = new ArrayList<Integer>();
    var bands = new BandTable(RAREST_PLACE);
    for (int i = 0; i < answers.size(); i++) {
      var analogy = analogies.get(i);
      var answer = answers.get(i);
      boolean isRight = answer.filter(vectors.spelled(analogy.d())::equals).isPresent();
      int[] counts = bySection.computeIfAbsent(analogy.section(), _ -> new int[3]);
      counts[0]++;
      counts[1] += answer.isPresent() ? 1 : 0;
      counts[2] += isRight ? 1 : 0;
      if (answer.isPresent()) {
        right.add(isRight ? 1 : 0);
        bands.add(Band.of(rank(analogy)), isRight);
      }
      rows.add(
          List.of(
              "%s : %s = %s : ?".formatted(analogy.a(), analogy.b(), analogy.c()),
              analogy.d(),
              answer.orElse("no vector")));
    }
    int sum = right.stream().mapToInt(Integer::intValue).sum();
    metrics.put("analogy_accuracy", right.isEmpty() ? Double.NaN : sum / (double) right.size());
    metrics.put("analogy_accuracy_all", sum / (double) analogies.size());
    metrics.put("analogy_coverage", right.size() / (double) analogies.size());
    metrics.put("analogies", (double) analogies.size());
    if (!right.isEmpty()) {
      intervals.put("analogy_accuracy", share(right));
    }
    sections.add(
        new ReportSection.Table(
            "analogies",
            List.of("section", "questions", "answered", "accuracy"),
            bySection.entrySet().stream().map(WordJudgement::row).toList()));
    sections.add(bands.section());
  }

  private int rank(Analogy asked) {
    return asked.words().mapToInt(vectors::rank).max().orElseThrow();
  }

  private static Interval share(List<Integer> right) {
    return Bootstrap.intervals(
            right.size(),
            SEED,
            times -> {
              long sum =
                  IntStream.range(0, times.length)
                      .mapToLong(i -> (long) times[i] * right.get(i))
                      .sum();
              return new double[] {sum / (double) right.size()};
            })
        .getFirst();
  }

  private static List<Object> row(Map.Entry<String, int[]> section) {
    int[] counts = section.getValue();
    return List.of(
        section.getKey(),
        counts[0],
        counts[1],
        counts[1] == 0 ? 0.0 : counts[2] / (double) counts[1]);
  }
}
