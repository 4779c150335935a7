package sequor.toy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.tasks.Answer;

/// Words and their tags.
public record Tagged(String words, List<String> tags) implements Answer {
  public Tagged {
    tags = List.copyOf(tags);
  }

  @Override
  public JsonObject json(int top) {
    return Json.object().with("text", words).with("tags", tags);
  }

  @Override
  public SequencedMap<String, String> fields() {
    var fields = new LinkedHashMap<String, String>();
    fields.put("predicted", String.join(" ", tags));
    return fields;
  }

  @Override
  public List<String> cells(int top) {
    return List.of(words, String.join(" ", tags));
  }
}
