package sequor.tasks.classify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.tasks.Answer;
import sequor.text.Labels;

/// What a classifier says of one text.
///
/// @param cut whether the text is longer than what the classifier reads
/// @param probabilities of all labels, the likeliest first
public record Prediction(String text, boolean cut, List<Scored> probabilities) implements Answer {
  /// A label and its probability, from 0 to 1.
  public record Scored(String label, double probability) {
    /// All labels, the likeliest first.
    ///
    /// @param probabilities of each
    static List<Scored> ranked(Labels labels, double[] probabilities) {
      var ranked = new ArrayList<Scored>();
      for (int i = 0; i < probabilities.length; i++) {
        ranked.add(new Scored(labels.name(i), probabilities[i]));
      }
      ranked.sort(Comparator.comparingDouble(Scored::probability).reversed());
      return ranked;
    }

    private JsonObject json() {
      return Json.object().with("label", label).with("probability", probability);
    }
  }

  public Prediction {
    probabilities = List.copyOf(probabilities);
  }

  /// The likeliest label.
  public String label() {
    return probabilities.getFirst().label();
  }

  /// How likely that is.
  public double probability() {
    return probabilities.getFirst().probability();
  }

  @Override
  public JsonObject json(int top) {
    return Json.object()
        .with("text", text)
        .with("label", label())
        .with("probability", probability())
        .with("labels", Json.ofList(probabilities.stream().limit(top).map(Scored::json).toList()))
        .with("cut", cut);
  }

  @Override
  public SequencedMap<String, String> fields() {
    var fields = new LinkedHashMap<String, String>();
    fields.put("predicted", label());
    fields.put("probability", String.format(Locale.ROOT, "%.4f", probability()));
    return fields;
  }

  @Override
  public List<String> cells(int top) {
    var cells = new ArrayList<String>();
    cells.add(text);
    for (var scored : probabilities.stream().limit(top).toList()) {
      cells.add(scored.label());
      cells.add(String.format(Locale.ROOT, "%5.1f %%", 100 * scored.probability()));
    }
    return cells;
  }
}
