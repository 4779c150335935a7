package sequor.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sequor.json.JsonObject;

/// The decoder of a `tokenizer.json`: what makes a text of pieces again.
final class Decoders {
  private final Optional<JsonObject> decoder;
  private final String model;
  private final JsonObject settings;

  /// @param json the file
  /// @param model the type of its model
  Decoders(JsonObject json, String model, JsonObject settings) {
    this.decoder = json.has("decoder") ? Optional.of(json.object("decoder")) : Optional.empty();
    this.model = model;
    this.settings = settings;
  }

  Joiner joiner() {
    if (decoder.isEmpty()) {
      boolean words = model.startsWith("Word");
      String mark =
          words && settings.has("continuing_subword_prefix")
              ? settings.text("continuing_subword_prefix")
              : "##";
      return words
          ? new Joiner(Joiner.Way.GOES_ON, mark, false, false)
          : new Joiner(Joiner.Way.SPACES, " ", false, false);
    }
    return joiner(decoder.get());
  }

  private static Joiner joiner(JsonObject json) {
    String type = json.text("type");
    return switch (type) {
      case "WordPiece" -> new Joiner(Joiner.Way.GOES_ON, json.text("prefix"), false, false);
      case "ByteLevel" -> new Joiner(Joiner.Way.BYTES, "", false, false);
      case "Metaspace" -> {
        boolean never =
            json.has("prepend_scheme")
                ? json.text("prepend_scheme").equals("never")
                : json.has("add_prefix_space") && !json.flag("add_prefix_space");
        yield new Joiner(Joiner.Way.SPACES, json.text("replacement"), !never, false);
      }
      case "Sequence" -> sequence(json.array("decoders").objects());
      default ->
          throw new TextException(
              ("decoder.type: expected one of WordPiece, ByteLevel, Metaspace, Sequence, got"
                      + " \"%s\"; take a model that needs no other")
                  .formatted(type));
    };
  }

  /// Llama's: a letter for spaces, bytes, and the first space taken away.
  private static Joiner sequence(List<JsonObject> steps) {
    String mark = " ";
    boolean bytes = false;
    boolean first = false;
    var unknown = new ArrayList<String>();
    for (var step : steps) {
      switch (step.text("type")) {
        case "Replace" -> {
          var pattern = step.object("pattern");
          if (step.text("content").equals(" ") && pattern.has("String")) {
            mark = pattern.text("String");
          } else {
            unknown.add("Replace");
          }
        }
        case "ByteFallback" -> bytes = true;
        case "Fuse" -> {}
        case "Strip" -> first = step.text("content").equals(" ") && step.number("start") > 0;
        case "Metaspace" -> mark = step.text("replacement");
        default -> unknown.add(step.text("type"));
      }
    }
    if (!unknown.isEmpty()) {
      throw new TextException(
          ("decoder.decoders: expected some of Replace (by a space), ByteFallback, Fuse, Strip,"
                  + " Metaspace, got %s; take a model that needs no other")
              .formatted(String.join(", ", unknown)));
    }
    return new Joiner(Joiner.Way.SPACES, mark, first, bytes);
  }
}
