package sequor.tasks.translate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.tasks.Answer;

/// What a translator says of a text.
///
/// @param source the text
/// @param hypotheses the best translations that were found, the best first; one or more
/// @param cut whether the text was too long, and only a part of it was read
public record Translation(String source, List<Hypothesis> hypotheses, boolean cut)
    implements Answer {
  /// A translation that was found.
  ///
  /// @param score what it was ranked by: the greater, the better
  /// @param logProbability the logarithm of its probability
  /// @param ended whether it came to an end, and was not cut
  /// @param alignment what was looked at
  public record Hypothesis(
      String text, double score, double logProbability, boolean ended, Alignment alignment) {
    JsonObject json() {
      return Json.object()
          .with("translation", text)
          .with("score", score)
          .with("log_probability", logProbability)
          .with("ended", ended);
    }
  }

  public Translation {
    hypotheses = List.copyOf(hypotheses);
  }

  /// The best.
  public Hypothesis best() {
    return hypotheses.getFirst();
  }

  /// The text of the best.
  public String text() {
    return best().text;
  }

  @Override
  public JsonObject json(int top) {
    var others = hypotheses.stream().limit(top).map(Hypothesis::json).toList();
    return Json.object()
        .with("text", source)
        .with(best().json())
        .with("cut", cut)
        .with("hypotheses", Json.ofList(others));
  }

  @Override
  public SequencedMap<String, String> fields() {
    var fields = new LinkedHashMap<String, String>();
    fields.put("translation", text());
    return fields;
  }

  /// The best alone, so that a file of texts becomes a file of translations.
  @Override
  public List<String> cells(int top) {
    return List.of(text());
  }

  @Override
  public List<List<String>> ranked(int top) {
    return hypotheses.stream()
        .limit(top)
        .map(each -> List.of(String.format(Locale.ROOT, "%.4f", each.score), each.text))
        .toList();
  }
}
