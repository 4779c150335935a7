package sequor.tasks.tag;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import sequor.Seed;
import sequor.tasks.Evaluation;
import sequor.tasks.Intervals;
import sequor.tasks.Metric;
import sequor.tasks.ReportSection;
import sequor.text.Labels;
import sequor.train.Bootstrap;
import sequor.train.Bootstrap.Interval;

/// Judges tags that were said beside those that are right.
///
/// ```
/// accuracy           the share of words whose tag is right
/// unseen_accuracy    of words that no training sentence has
/// ambiguous_accuracy of words that have several tags in the training sentences
/// sentence_accuracy  the share of sentences all of whose tags are right; sequence_accuracy where
///                    steps are no words
/// macro_f1           the mean F1 of all tags that are right or were said
/// span_f1, …         of tags of spans: see SpanScores
/// ```
///
/// A quotient with 0 below is 0, and is left out where there are no words of its kind. A tag that
/// no training word has counts as wrong, and is named.
final class TagJudgement {
  private static final Seed SEED = new Seed(1).child("bootstrap"); // evaluated again, the same
  private static final Metric SENTENCES = Metric.high("sentence_accuracy");
  private static final Metric SEQUENCES = Metric.high("sequence_accuracy"); // of no words
  private static final List<Metric> KINDS =
      List.of(
          Metric.high("accuracy"),
          Metric.high("unseen_accuracy"),
          Metric.high("ambiguous_accuracy"),
          SENTENCES,
          Metric.high("macro_f1"),
          Metric.low("loss", "nats"));
  private static final Set<String> OF_WORDS = Set.of("unseen_accuracy", "ambiguous_accuracy");
  private static final int SHARES = 4; // the metrics that are sums over sentences …
  private static final List<String> OF_SPANS = List.of("span_f1", "strict_span_f1"); // … and these

  private final Labels labels;
  private final Optional<Function<String, Lexicon.Kind>> kinds;
  private final Optional<SpanScores> spans;
  private final int quotients; // that are drawn anew
  private final String unit; // what has a tag
  private final TagTable table;
  private final List<long[]> sentences = new ArrayList<>(); // right and all of each share
  private final List<List<String>> predictions = new ArrayList<>();
  private final TagMistakes mistakes;
  private final Map<String, Integer> strange = new TreeMap<>(); // tags that nobody could learn
  private double loss;
  private long words;

  /// @param scheme of tags of spans
  /// @param kinds how well a word is known; none where steps are no words
  TagJudgement(
      Labels labels, Optional<TagScheme> scheme, Optional<Function<String, Lexicon.Kind>> kinds) {
    this.labels = labels;
    this.spans = scheme.map(SpanScores::new);
    this.quotients = SHARES + (scheme.isPresent() ? OF_SPANS.size() : 0);
    this.kinds = kinds;
    this.unit = kinds.isPresent() ? "word" : "step";
    this.table = new TagTable(unit + "s");
    this.mistakes = new TagMistakes(unit);
  }

  /// What [#metricsWithLoss] gives.
  ///
  /// @param scheme of tags of spans
  /// @param words whether steps are words
  static List<Metric> kinds(Optional<TagScheme> scheme, boolean words) {
    var all = new ArrayList<>(KINDS);
    if (!words) {
      all.removeIf(metric -> OF_WORDS.contains(metric.name()));
      all.replaceAll(metric -> metric.equals(SENTENCES) ? SEQUENCES : metric);
    }
    if (scheme.isPresent()) {
      all.addAll(KINDS.size() - 1, SpanScores.KINDS);
    }
    return all;
  }

  /// What a user should know of tags that nobody could learn.
  ///
  /// @param tags of each example
  /// @param what they are, such as a split
  /// @param unit what has a tag
  static List<String> unlearned(Labels labels, List<List<String>> tags, String what, String unit) {
    var unknown = new TreeSet<String>();
    tags.forEach(unknown::addAll);
    unknown.removeAll(labels.names());
    return unknown.isEmpty()
        ? List.of()
        : List.of(
            "%s has %s %s, which no training %s has: each of their %ss counts as wrong"
                .formatted(
                    what,
                    unknown.size() == 1 ? "the tag" : "%,d tags,".formatted(unknown.size()),
                    String.join(", ", unknown.stream().limit(5).toList())
                        + (unknown.size() > 5 ? ", …" : ""),
                    unit,
                    unit));
  }

  void add(Example example, Answers answers) {
    float[][] rows = answers.rows();
    String[] said = new String[rows.length];
    for (int t = 0; t < rows.length; t++) {
      int best = answers.tags()[t];
      said[t] = labels.name(best);
      String gold = example.tags().get(t);
      double right = labels.contains(gold) ? rows[t][labels.id(gold)] : 0;
      loss -= Math.log(Math.max(right, Float.MIN_NORMAL));
      if (!said[t].equals(gold)) {
        mistakes.add(example, t, said[t], rows[t][best]);
      }
    }
    add(example, said);
  }

  void add(Example example, String[] said) {
    long[] counts = new long[2 * quotients];
    boolean all = true;
    for (int t = 0; t < said.length; t++) {
      String gold = example.tags().get(t);
      boolean right = said[t].equals(gold);
      all &= right;
      count(counts, 0, right);
      switch (kind(example.tokens().get(t))) {
        case UNSEEN -> count(counts, 1, right);
        case AMBIGUOUS -> count(counts, 2, right);
        case CLEAR -> {}
      }
      table.add(gold, said[t], example.tokens().get(t));
      if (!labels.contains(gold)) {
        strange.merge(gold, 1, Integer::sum);
      }
    }
    count(counts, 3, all);
    spans.ifPresent(
        scores -> {
          var spanned = scores.add(example.tags(), List.of(said));
          for (int i = 0; i < spanned.size(); i++) { // F1 = 2·right / (gold + found)
            counts[2 * (SHARES + i)] = 2 * spanned.get(i).right();
            counts[2 * (SHARES + i) + 1] = spanned.get(i).gold() + spanned.get(i).found();
          }
        });
    words += said.length;
    sentences.add(counts);
    predictions.add(
        List.of(
            String.join(" ", example.tokens()),
            String.join(" ", example.tags()),
            String.join(" ", said)));
  }

  private String name(int share) {
    if (share >= SHARES) {
      return OF_SPANS.get(share - SHARES);
    }
    var metric = KINDS.get(share);
    return (kinds.isEmpty() && metric.equals(SENTENCES) ? SEQUENCES : metric).name();
  }

  private Lexicon.Kind kind(String word) {
    return kinds.map(known -> known.apply(word)).orElse(Lexicon.Kind.CLEAR);
  }

  private static void count(long[] counts, int share, boolean right) {
    counts[2 * share] += right ? 1 : 0;
    counts[2 * share + 1]++;
  }

  /// Without those of kinds of words that there are none of.
  Map<String, Double> metrics() {
    var metrics = all();
    long[] sums = sums(once());
    for (int m = 0; m < SHARES; m++) {
      if (sums[2 * m + 1] == 0) {
        metrics.remove(name(m));
      }
    }
    return metrics;
  }

  private Map<String, Double> all() {
    double[] shares = shares(once());
    var metrics = new LinkedHashMap<String, Double>();
    for (int m = 0; m < SHARES; m++) {
      metrics.put(name(m), shares[m]);
    }
    if (kinds.isEmpty()) {
      metrics.keySet().removeAll(OF_WORDS);
    }
    metrics.put("macro_f1", table.macroF1());
    spans.ifPresent(scores -> metrics.putAll(scores.metrics()));
    return metrics;
  }

  /// All of them, and the mean of −ln of the right tag's probability.
  Map<String, Double> metricsWithLoss() {
    var metrics = all();
    metrics.put("loss", loss / Math.max(1, words));
    return metrics;
  }

  private int[] once() {
    int[] once = new int[sentences.size()];
    Arrays.fill(once, 1);
    return once;
  }

  /// @param times how often each sentence counts
  private long[] sums(int[] times) {
    long[] sums = new long[2 * quotients];
    for (int i = 0; i < times.length; i++) {
      for (int k = 0; k < sums.length; k++) {
        sums[k] += times[i] * sentences.get(i)[k];
      }
    }
    return sums;
  }

  private double[] shares(int[] times) {
    long[] sums = sums(times);
    double[] shares = new double[quotients];
    for (int m = 0; m < quotients; m++) {
      shares[m] = sums[2 * m + 1] == 0 ? 0 : (double) sums[2 * m] / sums[2 * m + 1];
    }
    return shares;
  }

  /// How far chance may have moved the metrics that are shares, and F1 of spans: sentences are
  /// drawn anew.
  ///
  /// @param floor of the same sentences
  Intervals intervals(Optional<TagJudgement> floor) {
    if (sentences.isEmpty()) {
      return Intervals.none();
    }
    var found =
        Bootstrap.intervals(
            sentences.size(),
            SEED,
            times -> {
              double[] both = Arrays.copyOf(shares(times), 2 * quotients);
              floor.ifPresent(
                  other -> {
                    double[] below = other.shares(times);
                    for (int m = 0; m < quotients; m++) {
                      both[quotients + m] = both[m] - below[m];
                    }
                  });
              return both;
            });
    return new Intervals(
        named(found.subList(0, quotients)),
        floor.isEmpty() ? Map.of() : named(found.subList(quotients, 2 * quotients)));
  }

  private Map<String, Interval> named(List<Interval> intervals) {
    var named = new LinkedHashMap<String, Interval>();
    for (int m = 0; m < quotients; m++) {
      named.put(name(m), intervals.get(m));
    }
    if (kinds.isEmpty()) {
      named.keySet().removeAll(OF_WORDS);
    }
    return named;
  }

  List<ReportSection> sections() {
    var sections = new ArrayList<ReportSection>(table.sections());
    spans.ifPresent(scores -> sections.addFirst(scores.section()));
    if (kinds.isPresent()) {
      sections.add(words());
    }
    if (!strange.isEmpty()) {
      sections.add(strange());
    }
    mistakes.section().ifPresent(sections::add);
    return sections;
  }

  private ReportSection strange() {
    var rows = new ArrayList<List<Object>>();
    strange.forEach((tag, count) -> rows.add(List.of(tag, count)));
    return new ReportSection.Table(
        "tags that no training %s has".formatted(unit),
        List.of("no training %s has".formatted(unit), "count"),
        rows);
  }

  /// How many words there are of each kind.
  private ReportSection words() {
    long[] sums = sums(once());
    var names = List.of("all", "unseen", "ambiguous", "sentences");
    var rows = new ArrayList<List<Object>>();
    for (int m = 0; m < SHARES; m++) {
      rows.add(List.of(names.get(m), sums[2 * m], sums[2 * m + 1]));
    }
    return new ReportSection.Table("words", List.of("words", "right", "count"), rows);
  }

  Evaluation.Predictions predictions() {
    return new Evaluation.Predictions(List.of(unit + "s", "tags", "predicted"), predictions);
  }
}
