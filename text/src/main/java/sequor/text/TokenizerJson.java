package sequor.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sequor.json.Json;
import sequor.json.JsonArray;
import sequor.json.JsonFile;
import sequor.json.JsonNumber;
import sequor.json.JsonObject;
import sequor.json.JsonText;

/// Reads `tokenizer.json`, the file of Hugging Face's tokenizers that comes with published models.
///
/// ```java
/// Tokenizer bert = TokenizerJson.read(Path.of("bert/tokenizer.json"));
/// bert.encode("a text").ids();
/// ```
///
/// Its normalizer becomes transforms; its pre-tokenizer, model and decoder a segmenter; its added
/// tokens specials. What it has that we have not is refused by its name and the place in the file;
/// nothing is left out in silence, but for how texts are padded and cut, which a recipe says.
///
/// Two things differ on purpose. A special token is told by its number and never by its spelling: a
/// user's `[MASK]` is an ordinary text. And a token's place in the text includes the space that it
/// has in it.
public final class TokenizerJson {
  /// By what models call it.
  private static final Map<String, List<String>> ROLES =
      Map.ofEntries(
          Map.entry("[PAD]", List.of(Specials.PAD)),
          Map.entry("<pad>", List.of(Specials.PAD)),
          Map.entry("[UNK]", List.of(Specials.UNK)),
          Map.entry("<unk>", List.of(Specials.UNK)),
          Map.entry("[CLS]", List.of("cls", Specials.BOS)),
          Map.entry("<cls>", List.of("cls", Specials.BOS)),
          Map.entry("[SEP]", List.of("sep", Specials.EOS)),
          Map.entry("<sep>", List.of("sep", Specials.EOS)),
          Map.entry("[MASK]", List.of("mask")),
          Map.entry("<mask>", List.of("mask")),
          Map.entry("<s>", List.of(Specials.BOS)),
          Map.entry("</s>", List.of(Specials.EOS)),
          Map.entry("<bos>", List.of(Specials.BOS)),
          Map.entry("<eos>", List.of(Specials.EOS)),
          Map.entry("<|begin_of_text|>", List.of(Specials.BOS)),
          Map.entry("<|end_of_text|>", List.of(Specials.EOS)),
          Map.entry("<|endoftext|>", List.of(Specials.EOS)));

  private final JsonObject json;
  private final JsonObject model;
  private final String type;

  private TokenizerJson(JsonObject json) {
    this.json = json;
    this.model = json.object("model");
    this.type = type(model);
  }

  /// Reads a file.
  ///
  /// @throws TextException when it has what we have not; the message names it
  /// @throws sequor.FileException when it is missing
  /// @throws sequor.json.JsonException when it is damaged
  public static Tokenizer read(Path file) {
    var json = new JsonFile(file).read();
    try {
      return new TokenizerJson(json).tokenizer();
    } catch (TextException e) {
      throw new TextException(file + ": " + e.getMessage(), e);
    }
  }

  /// Older files say not what model they have.
  private static String type(JsonObject model) {
    if (model.has("type")) {
      return model.text("type", List.of("BPE", "WordPiece", "Unigram", "WordLevel"));
    }
    return model.has("merges") ? "BPE" : model.has("unk_id") ? "Unigram" : "WordPiece";
  }

  private Tokenizer tokenizer() {
    json.requireOnly(
        "version",
        "truncation",
        "padding",
        "added_tokens",
        "normalizer",
        "pre_tokenizer",
        "post_processor",
        "decoder",
        "model");
    var transforms = new ArrayList<Transform>();
    transforms.add(new WholeCharacters());
    if (json.has("normalizer")) {
      transforms.addAll(Normalizers.of(json.object("normalizer"), "normalizer"));
    }
    var words =
        json.has("pre_tokenizer") ? words(json.object("pre_tokenizer")) : PreTokenizer.none();
    var vocabulary = vocabulary();
    var joiner = new Decoders(json, type, model).joiner();
    return new Tokenizer(
        transforms, new Subwords(words, joiner, pieces(vocabulary), List.of()), vocabulary);
  }

  private static PreTokenizer words(JsonObject json) {
    return PreTokenizer.of(json);
  }

  // The vocabulary

  private Vocabulary vocabulary() {
    var tokens = new ArrayList<String>();
    if (type.equals("Unigram")) {
      scored().forEach(piece -> tokens.add(piece.token));
    } else {
      ordered(model.object("vocab"), tokens);
    }
    var special = new LinkedHashMap<String, Integer>();
    addedTokens(tokens, special);
    unknown(tokens, special);
    marks(tokens, special);
    special.putIfAbsent(Specials.PAD, special.getOrDefault(Specials.EOS, 0)); // GPT-2 has none
    return Vocabulary.of(tokens, special);
  }

  /// Ids that no token has get a name of their own.
  private static void ordered(JsonObject vocab, List<String> tokens) {
    for (var name : vocab.names()) {
      set(tokens, vocab.wholeNumber(name, 0, Json.MAX_VALUES), name);
    }
  }

  private static void set(List<String> tokens, int id, String token) {
    while (tokens.size() <= id) {
      tokens.add("[unused id " + tokens.size() + "]");
    }
    tokens.set(id, token);
  }

  private void addedTokens(List<String> tokens, Map<String, Integer> special) {
    if (!json.has("added_tokens")) {
      return;
    }
    for (var added : json.array("added_tokens").objects()) {
      String token = added.text("content");
      int id = added.wholeNumber("id", 0, Json.MAX_VALUES);
      set(tokens, id, token);
      if (!added.flag("special")) {
        throw new TextException(
            ("added_tokens: expected special tokens, got \"%s\", which is an ordinary one that is"
                    + " looked for in texts; take a model without")
                .formatted(token));
      }
      special.put(token, id);
      ROLES.getOrDefault(token, List.of()).forEach(role -> special.putIfAbsent(role, id));
    }
  }

  private void unknown(List<String> tokens, Map<String, Integer> special) {
    if (type.equals("Unigram") && model.has("unk_id")) {
      special.put(Specials.UNK, model.wholeNumber("unk_id", 0, tokens.size() - 1));
    } else if (model.has("unk_token")) {
      String unknown = model.text("unk_token");
      int id = tokens.indexOf(unknown);
      if (id < 0) {
        throw new TextException(
            "model.unk_token: expected a token of the vocabulary, got \"%s\"; add it"
                .formatted(unknown));
      }
      special.put(Specials.UNK, id);
    } else { // bytes: nothing is unknown
      special.putIfAbsent(Specials.UNK, special.values().stream().findFirst().orElse(0));
    }
  }

  /// The tokens around every text, where there is one on each side.
  private void marks(List<String> tokens, Map<String, Integer> special) {
    if (!json.has("post_processor")) {
      return;
    }
    var marks = Processors.marks(json.object("post_processor"), "post_processor");
    marks.forEach(
        (role, token) -> {
          int id = tokens.indexOf(token);
          if (id < 0) {
            throw new TextException(
                "post_processor: expected a token of the vocabulary, got \"%s\"; add it"
                    .formatted(token));
          }
          special.put(role, id);
        });
  }

  // The model

  private Subwords.Pieces pieces(Vocabulary vocabulary) {
    return switch (type) {
      case "BPE" -> bpe(vocabulary);
      case "WordPiece" -> {
        requireOnly(
            Set.of(
                "type",
                "vocab",
                "unk_token",
                "continuing_subword_prefix",
                "max_input_chars_per_word"));
        yield new WordPiece(
            vocabulary,
            model.has("continuing_subword_prefix") ? model.text("continuing_subword_prefix") : "##",
            model.has("max_input_chars_per_word")
                ? model.wholeNumber("max_input_chars_per_word", 1, 1 << 20)
                : 100);
      }
      case "WordLevel" -> new WordPiece(vocabulary, "\uFFFF", 1 << 20); // whole words only
      default -> unigram(vocabulary);
    };
  }

  private Unigram unigram(Vocabulary vocabulary) {
    requireOnly(Set.of("type", "vocab", "unk_id", "byte_fallback"));
    double[] scores = new double[vocabulary.size()];
    int id = 0;
    for (var piece : scored()) {
      scores[id++] = piece.score;
    }
    return new Unigram(vocabulary, scores, isSet("byte_fallback"));
  }

  private record Scored(String token, double score) {}

  private List<Scored> scored() {
    var all = new ArrayList<Scored>();
    for (var pair : model.array("vocab").arrays()) {
      if (pair.size() == 2
          && pair.at(0) instanceof JsonText(String token)
          && pair.at(1) instanceof JsonNumber score) {
        all.add(new Scored(token, score.doubleValue()));
      } else {
        throw new TextException(
            "model.vocab[%d]: expected a token and its score, got %s; make it anew"
                .formatted(all.size(), pair));
      }
    }
    return all;
  }

  private Bpe bpe(Vocabulary vocabulary) {
    requireOnly(
        Set.of(
            "type",
            "vocab",
            "merges",
            "unk_token",
            "fuse_unk",
            "byte_fallback",
            "ignore_merges",
            "dropout",
            "continuing_subword_prefix",
            "end_of_word_suffix"));
    for (var affix : List.of("continuing_subword_prefix", "end_of_word_suffix")) {
      if (model.has(affix) && !model.text(affix).isEmpty()) {
        throw new TextException(
            "model.%s: expected none, got \"%s\"; take a model without"
                .formatted(affix, model.text(affix)));
      }
    }
    if (model.has("dropout") && model.number("dropout") > 0) {
      throw new TextException(
          "model.dropout: expected none, since one text has one encoding, got %s; take it out"
              .formatted(model.number("dropout")));
    }
    return new Bpe(
        vocabulary,
        merges(vocabulary),
        new Bpe.Options(isSet("fuse_unk"), isSet("byte_fallback"), isSet("ignore_merges")));
  }

  private boolean isSet(String name) {
    return model.has(name) && model.flag(name);
  }

  private void requireOnly(Set<String> known) {
    model.requireOnly(known.toArray(String[]::new));
  }

  /// `["a b", …]`, or `[["a", "b"], …]`.
  private int[] merges(Vocabulary vocabulary) {
    var written = model.array("merges");
    int[] merges = new int[2 * written.size()];
    for (int i = 0; i < written.size(); i++) {
      var pair = pair(written.at(i));
      if (pair.size() != 2
          || !vocabulary.contains(pair.getFirst())
          || !vocabulary.contains(pair.getLast())) {
        throw new TextException(
            "model.merges[%d]: expected two tokens of the vocabulary, got %s; make it anew"
                .formatted(i, written.at(i)));
      }
      merges[2 * i] = vocabulary.id(pair.getFirst());
      merges[2 * i + 1] = vocabulary.id(pair.getLast());
    }
    return merges;
  }

  private static List<String> pair(Json written) {
    return switch (written) {
      case JsonText(String text) -> List.of(text.split(" ", -1));
      case JsonArray array -> array.texts();
      default -> List.of();
    };
  }
}
