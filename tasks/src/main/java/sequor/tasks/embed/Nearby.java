package sequor.tasks.embed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.tasks.Answer;
import sequor.vectors.Neighbors.Scored;

/// The words that are nearest to a word, or to the mean of some.
///
/// @param text what was asked
/// @param words the nearest first; none if no word of it has a vector
public record Nearby(String text, List<Scored> words) implements Answer {
  public Nearby {
    words = List.copyOf(words);
  }

  @Override
  public JsonObject json(int top) {
    var nearest =
        words.stream()
            .limit(top)
            .map(
                each ->
                    Json.object().with("word", each.word()).with("similarity", each.similarity()))
            .toList();
    return Json.object().with("text", text).with("nearest", Json.ofList(nearest));
  }

  @Override
  public SequencedMap<String, String> fields() {
    var fields = new LinkedHashMap<String, String>();
    fields.put("nearest", words.stream().map(Scored::word).collect(Collectors.joining(" ")));
    return fields;
  }

  @Override
  public List<String> cells(int top) {
    var cells = new ArrayList<>(List.of(text));
    words.stream()
        .limit(Math.max(3, top))
        .forEach(
            each ->
                cells.add(String.format(Locale.ROOT, "%s %.3f", each.word(), each.similarity())));
    return cells;
  }
}
