package sequor.tasks.pretrain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.tasks.Answer;

/// What may stand in the gaps of a text.
///
/// @param text with its gaps
/// @param gaps the likeliest tokens of each gap, the likeliest first
public record Filled(String text, List<List<Candidate>> gaps) implements Answer {
  /// A token and its probability, from 0 to 1.
  public record Candidate(String token, double probability) {}

  public Filled {
    gaps = gaps.stream().map(List::copyOf).toList();
  }

  /// The likeliest token of each gap.
  public List<String> tokens() {
    return gaps.stream().map(gap -> gap.getFirst().token).toList();
  }

  @Override
  public JsonObject json(int top) {
    var all = new ArrayList<Json>();
    for (var gap : gaps) {
      all.add(
          Json.ofList(
              gap.stream()
                  .limit(top)
                  .map(
                      each ->
                          Json.object()
                              .with("token", each.token)
                              .with("probability", each.probability))
                  .toList()));
    }
    return Json.object().with("text", text).with("gaps", Json.ofList(all));
  }

  @Override
  public SequencedMap<String, String> fields() {
    var fields = new LinkedHashMap<String, String>();
    fields.put("tokens", String.join(" ", tokens()));
    return fields;
  }

  @Override
  public List<String> cells(int top) {
    var cells = new ArrayList<String>();
    for (var gap : gaps) {
      for (var each : gap.subList(0, Math.min(top, gap.size()))) {
        cells.add(each.token + String.format(Locale.ROOT, " %.4f", each.probability));
      }
    }
    return cells;
  }
}
