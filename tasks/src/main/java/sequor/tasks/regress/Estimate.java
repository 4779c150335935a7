package sequor.tasks.regress;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.tasks.Answer;

/// What a regressor says of one text.
///
/// @param cut whether the text is longer than what is read
/// @param value in the unit of the numbers that it learned from
public record Estimate(String text, boolean cut, double value) implements Answer {
  @Override
  public JsonObject json(int top) {
    return Json.object().with("text", text).with("value", value).with("cut", cut);
  }

  @Override
  public SequencedMap<String, String> fields() {
    var fields = new LinkedHashMap<String, String>();
    fields.put("predicted", shown());
    return fields;
  }

  @Override
  public List<String> cells(int top) {
    return List.of(text, shown());
  }

  String shown() {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
