package sequor.tasks.multilabel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.tasks.Answer;

/// What a labeler says of one text.
///
/// @param cut whether the text is longer than what is read
/// @param labels that it has, in order
/// @param probabilities of all labels, the likeliest first
/// @param separator between labels where they stand in one cell
public record Tags(
    String text, boolean cut, List<String> labels, List<Scored> probabilities, String separator)
    implements Answer {
  /// A label and the probability that the text has it, from 0 to 1.
  public record Scored(String label, double probability) {
    private JsonObject json() {
      return Json.object().with("label", label).with("probability", probability);
    }
  }

  public Tags {
    labels = List.copyOf(labels);
    probabilities = List.copyOf(probabilities);
  }

  @Override
  public JsonObject json(int top) {
    return Json.object()
        .with("text", text)
        .with("labels", labels)
        .with(
            "probabilities",
            Json.ofList(probabilities.stream().limit(top).map(Scored::json).toList()))
        .with("cut", cut);
  }

  @Override
  public SequencedMap<String, String> fields() {
    var fields = new LinkedHashMap<String, String>();
    fields.put("predicted", String.join(separator, labels));
    return fields;
  }

  @Override
  public List<String> cells(int top) {
    var cells = new ArrayList<String>();
    cells.add(text);
    cells.add(labels.isEmpty() ? "–" : String.join(separator + " ", labels));
    for (var scored : probabilities.stream().limit(top).toList()) {
      cells.add(scored.label());
      cells.add(String.format(Locale.ROOT, "%5.1f %%", 100 * scored.probability()));
    }
    return cells;
  }
}
