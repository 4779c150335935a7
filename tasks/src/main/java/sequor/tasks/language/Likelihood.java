package sequor.tasks.language;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.tasks.Answer;

/// How likely a language model holds a text.
///
/// @param tokens how many were predicted, the end mark included
/// @param nats −ln of the text's probability
public record Likelihood(String text, int tokens, double nats) implements Answer {
  /// The mean surprise of a token, in nats.
  public double natsPerToken() {
    return nats / Math.max(1, tokens);
  }

  /// Among how many equally likely tokens the model hesitates.
  public double perplexity() {
    return Math.exp(natsPerToken());
  }

  @Override
  public JsonObject json(int top) {
    return Json.object()
        .with("text", text)
        .with("tokens", tokens)
        .with("nats", nats)
        .with("nats_per_token", natsPerToken())
        .with("perplexity", perplexity());
  }

  @Override
  public SequencedMap<String, String> fields() {
    var fields = new LinkedHashMap<String, String>();
    fields.put("nats", number(nats));
    fields.put("nats_per_token", number(natsPerToken()));
    return fields;
  }

  @Override
  public List<String> cells(int top) {
    return List.of(
        text, number(natsPerToken()) + " nats a token", "perplexity " + number(perplexity()));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
