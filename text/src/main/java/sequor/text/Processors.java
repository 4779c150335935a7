package sequor.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sequor.json.JsonArray;
import sequor.json.JsonObject;
import sequor.json.JsonText;

/// The post-processors of a `tokenizer.json`: which tokens stand around a text.
final class Processors {
  private Processors() {}

  /// The token of each role.
  static Map<String, String> marks(JsonObject json, String path) {
    String type = json.text("type");
    return switch (type) {
      case "ByteLevel" -> Map.of();
      case "BertProcessing", "RobertaProcessing" ->
          around(token(json.array("cls")), token(json.array("sep")));
      case "TemplateProcessing" -> template(json.array("single"), path);
      case "Sequence" -> {
        var all = new LinkedHashMap<String, String>();
        var steps = json.array("processors").objects();
        for (int i = 0; i < steps.size(); i++) {
          all.putAll(marks(steps.get(i), "%s.processors[%d]".formatted(path, i)));
        }
        yield all;
      }
      default ->
          throw new TextException(
              ("%s.type: expected one of Sequence, ByteLevel, BertProcessing, RobertaProcessing,"
                      + " TemplateProcessing, got \"%s\"; take a model that needs no other")
                  .formatted(path, type));
    };
  }

  private static String token(JsonArray tokenAndId) {
    if (tokenAndId.at(0) instanceof JsonText(String token)) {
      return token;
    }
    throw new TextException(
        "post_processor: expected a token and its id, got %s; make it anew".formatted(tokenAndId));
  }

  private static Map<String, String> around(String first, String last) {
    return Map.of("cls", first, "sep", last, Specials.BOS, first, Specials.EOS, last);
  }

  /// At most one token before the text and one behind it.
  private static Map<String, String> template(JsonArray single, String path) {
    var marks = new LinkedHashMap<String, String>();
    boolean behind = false;
    for (var part : single.objects()) {
      if (part.has("Sequence")) {
        behind = true;
        continue;
      }
      String token = part.object("SpecialToken").text("id");
      var roles = behind ? List.of("sep", Specials.EOS) : List.of("cls", Specials.BOS);
      for (var role : roles) {
        if (marks.put(role, token) != null) {
          throw new TextException(
              "%s.single: expected one token before the text and one behind it, got more; take a"
                      .formatted(path)
                  + " model that needs no other");
        }
      }
    }
    return marks;
  }
}
