package sequor.tasks.language;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sequor.tasks.Metric;

/// Adds up how surprised a model was, token by token.
final class Tally {
  private double nats;
  private double natsOfEnds;
  private long tokens;
  private long characters;
  private long right;

  /// @param surprise −ln p of the token
  /// @param end whether it is the mark at the end of a text
  void add(double surprise, boolean end, boolean likeliest) {
    nats += surprise;
    natsOfEnds += end ? surprise : 0;
    tokens++;
    right += likeliest ? 1 : 0;
  }

  /// Adds a text that was scored.
  void add(Scoring.Text text) {
    int last = text.nats().length - 1;
    for (int t = 0; t <= last; t++) {
      add(text.nats()[t], t == last && text.ended(), text.likeliest()[t]);
    }
  }

  /// Adds the characters that a text's tokens stand for.
  void addCharacters(long count) {
    characters += count;
  }

  double natsPerToken() {
    return nats / Math.max(1, tokens);
  }

  /// Without how often the likeliest token was right.
  Map<String, Double> surprise() {
    var metrics = new LinkedHashMap<String, Double>();
    metrics.put("nats_per_token", natsPerToken());
    metrics.put("nats_per_char", (nats - natsOfEnds) / Math.max(1, characters));
    metrics.put("perplexity", Math.exp(natsPerToken()));
    return metrics;
  }

  Map<String, Double> metrics() {
    var metrics = new LinkedHashMap<>(surprise());
    metrics.put("accuracy", right / (double) Math.max(1, tokens));
    return metrics;
  }

  /// What [#metrics] gives: the mean surprise of a token, the end of a text being one too; that of
  /// a character, ends left out; e to the first; and the share of next tokens that were the
  /// likeliest.
  static List<Metric> kinds() {
    return List.of(
        Metric.low("nats_per_token", "nats"),
        Metric.low("nats_per_char", "nats"),
        Metric.low("perplexity", "tokens"),
        Metric.high("accuracy"));
  }
}
