package sequor.tasks.tag;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.tasks.Answer;

/// What a tagger says of a sentence.
///
/// @param tags one a word
/// @param probabilities of these tags, from 0 to 1
public record Tagged(Words words, List<String> tags, List<Double> probabilities) implements Answer {
  public Tagged {
    tags = List.copyOf(tags);
    probabilities = List.copyOf(probabilities);
  }

  @Override
  public JsonObject json(int top) {
    var tokens = IntStream.range(0, tags.size()).mapToObj(this::token).toList();
    return Json.object().with("text", words.text()).with("tokens", Json.ofList(tokens));
  }

  private JsonObject token(int i) {
    return Json.object()
        .with("token", words.tokens().get(i))
        .with("start", words.starts().get(i))
        .with("end", words.ends().get(i))
        .with("tag", tags.get(i))
        .with("probability", probabilities.get(i));
  }

  @Override
  public SequencedMap<String, String> fields() {
    var fields = new LinkedHashMap<String, String>();
    fields.put("predicted", String.join(" ", tags));
    return fields;
  }

  @Override
  public List<String> cells(int top) {
    return List.of(words.text(), String.join(" ", tags));
  }

  @Override
  public List<Piece> pieces() {
    return IntStream.range(0, tags.size())
        .mapToObj(i -> new Piece(words.tokens().get(i), tags.get(i)))
        .toList();
  }
}
