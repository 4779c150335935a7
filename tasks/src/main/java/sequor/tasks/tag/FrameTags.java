package sequor.tasks.tag;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.tasks.Answer;
import sequor.tasks.Frames;

/// What a tagger says of a sequence of vectors.
///
/// @param tags one a step
/// @param probabilities of these tags, from 0 to 1
public record FrameTags(Frames frames, List<String> tags, List<Double> probabilities)
    implements Answer {
  public FrameTags {
    tags = List.copyOf(tags);
    probabilities = List.copyOf(probabilities);
  }

  @Override
  public JsonObject json(int top) {
    return Json.object()
        .with("text", frames.name())
        .with("tags", tags)
        .with("probabilities", probabilities);
  }

  @Override
  public SequencedMap<String, String> fields() {
    var fields = new LinkedHashMap<String, String>();
    fields.put("predicted", String.join(" ", tags));
    return fields;
  }

  @Override
  public SequencedMap<String, String> fields(int part) {
    var fields = new LinkedHashMap<String, String>();
    fields.put("predicted", tags.get(part));
    fields.put("probability", String.format(Locale.ROOT, "%.4f", probabilities.get(part)));
    return fields;
  }

  @Override
  public List<String> cells(int top) {
    return List.of(frames.name(), String.join(" ", tags));
  }

  @Override
  public List<Piece> pieces() {
    return IntStream.range(0, tags.size())
        .mapToObj(t -> new Piece(String.valueOf(t + 1), tags.get(t)))
        .toList();
  }
}
