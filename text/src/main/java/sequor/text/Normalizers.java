package sequor.text;

import java.util.ArrayList;
import java.util.List;
import sequor.json.JsonObject;

/// The normalizers of a `tokenizer.json`, as transforms.
final class Normalizers {
  private Normalizers() {}

  static List<Transform> of(JsonObject json, String path) {
    String type = json.text("type");
    return switch (type) {
      case "Sequence" -> {
        var all = new ArrayList<Transform>();
        var steps = json.array("normalizers").objects();
        for (int i = 0; i < steps.size(); i++) {
          all.addAll(of(steps.get(i), "%s.normalizers[%d]".formatted(path, i)));
        }
        yield all;
      }
      case "NFC" -> List.of(new Nfc());
      case "NFD" -> List.of(new Nfd());
      case "NFKC" -> List.of(new Nfkc());
      case "NFKD" -> List.of(new Nfkd());
      case "Lowercase" -> List.of(new LowerLetters());
      case "StripAccents" -> List.of(new StripMarks());
      case "BertNormalizer" -> bert(json);
      case "Replace" ->
          List.of(new Replace(Replace.written(json.object("pattern")), json.text("content")));
      case "Prepend" -> List.of(new Prepend(json.text("prepend")));
      case "Strip" -> List.of(new Strip(json.flag("strip_left"), json.flag("strip_right")));
      default ->
          throw new TextException(
              ("%s.type: expected one of Sequence, NFC, NFD, NFKC, NFKD, Lowercase, StripAccents,"
                      + " BertNormalizer, Replace, Prepend, Strip, got \"%s\"; take a model that"
                      + " needs no other")
                  .formatted(path, type));
    };
  }

  /// Where nothing is said of accents, they go with the capital letters.
  private static List<Transform> bert(JsonObject json) {
    boolean small = json.flag("lowercase");
    boolean accents = json.has("strip_accents") ? json.flag("strip_accents") : small;
    var all = new ArrayList<Transform>();
    if (json.flag("clean_text")) {
      all.add(new ControlCharacters());
    }
    if (json.flag("handle_chinese_chars")) {
      all.add(new HanWords());
    }
    if (accents) {
      all.add(new StripAccents());
    }
    if (small) {
      all.add(new LowerLetters());
    }
    return all;
  }
}
