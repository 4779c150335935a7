package sequor.tasks.tag;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sequor.tasks.Metric;
import sequor.tasks.ReportSection;
import sequor.tasks.TaskException;

/// Judges whole spans, as conlleval does and as seqeval's strict mode does.
final class SpanScores {
  /// The metrics there are besides those of words.
  static final List<Metric> KINDS =
      List.of(
          Metric.high("span_f1"),
          Metric.high("span_precision"),
          Metric.high("span_recall"),
          Metric.high("strict_span_f1"));

  private final TagScheme scheme;
  private final SpanF1 conlleval = SpanF1.conlleval();
  private final SpanF1 strict;
  private final Map<String, Boolean> known = new HashMap<>(); // tags that the scheme has

  SpanScores(TagScheme scheme) {
    this.scheme = scheme;
    this.strict = SpanF1.strict(scheme);
  }

  /// Adds a sentence.
  ///
  /// @return what there is in it, as conlleval and as seqeval's strict mode count
  List<SpanF1.Counts> add(List<String> gold, List<String> said) {
    return List.of(
        conlleval.add(gold, said),
        strict.add(
            gold.stream().map(this::known).toList(), said.stream().map(this::known).toList()));
  }

  /// A tag that the scheme does not have is outside of all spans.
  private String known(String tag) {
    return known.computeIfAbsent(tag, this::has) ? tag : "O";
  }

  private boolean has(String tag) {
    try {
      scheme.strictSpans(List.of(tag));
      return true;
    } catch (TaskException e) {
      return false;
    }
  }

  Map<String, Double> metrics() {
    var all = conlleval.micro();
    var metrics = new LinkedHashMap<String, Double>();
    metrics.put("span_f1", all.f1());
    metrics.put("span_precision", all.precision());
    metrics.put("span_recall", all.recall());
    metrics.put("strict_span_f1", strict.micro().f1());
    return metrics;
  }

  /// Type by type, both ways.
  ReportSection section() {
    var rows = new ArrayList<List<Object>>();
    conlleval
        .types()
        .forEach(
            (type, counts) ->
                rows.add(
                    List.of(
                        type.isEmpty() ? "–" : type,
                        counts.precision(),
                        counts.recall(),
                        counts.f1(),
                        strict.types().getOrDefault(type, SpanF1.Counts.NONE).f1(),
                        counts.gold())));
    return new ReportSection.Table(
        "spans (%s)".formatted(scheme),
        List.of("span, " + scheme, "precision", "recall", "f1", "strict f1", "count"),
        rows);
  }
}
