package sequor.text;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import sequor.json.Json;
import sequor.json.JsonObject;

/// Text to ids and back: a tokenizer and its vocabulary, which are of no use without each other.
///
/// ```java
/// var codec = Codec.learn(new CharacterTokenizer(), List.of("kang", "kim"));
/// int[] ids = codec.encode("king");
/// String text = codec.decode(ids);               // king
/// codec.save(Path.of("model/tokenizer.json"));
/// ```
///
/// `tokenizer.json`, version 1; the token at place i of `tokens` has the id 4 + i:
///
/// ```json
/// {
///   "format": "sequor-tokenizer",
///   "version": 1,
///   "tokenizer": {"kind": "characters", "lower_case": false},
///   "vocabulary": {
///     "special": ["<pad>", "<unk>", "<bos>", "<eos>"],
///     "tokens": ["k", "a", "g"]
///   }
/// }
/// ```
public record Codec(Tokenizer tokenizer, Vocabulary vocabulary) {
  private static final String FORMAT = "sequor-tokenizer";

  public Codec {
    requireNonNull(tokenizer);
    requireNonNull(vocabulary);
  }

  /// A codec that knows every token of `texts`, which should be the training split's.
  public static Codec learn(Tokenizer tokenizer, Iterable<String> texts) {
    return learn(tokenizer, texts, Vocabulary.builder());
  }

  /// A codec with the tokens of `texts` that `vocabulary` keeps.
  public static Codec learn(
      Tokenizer tokenizer, Iterable<String> texts, Vocabulary.Builder vocabulary) {
    texts.forEach(text -> vocabulary.add(tokenizer.tokens(text)));
    return new Codec(tokenizer, vocabulary.build());
  }

  /// The ids of the tokens of `text`, without `<bos>` and `<eos>`.
  public int[] encode(String text) {
    return vocabulary.encode(tokenizer.tokens(text));
  }

  /// The text of `ids`; `<pad>`, `<bos>` and `<eos>` leave no trace, `<unk>` stays visible.
  public String decode(int[] ids) {
    return tokenizer.text(vocabulary.decode(ids));
  }

  /// Writes `tokenizer.json`: either the whole file is there afterwards, or the old one still is.
  public void save(Path file) throws IOException {
    JsonFile.write(file, toJson());
  }

  /// Reads what [#save] wrote.
  ///
  /// @throws TextException when the file is missing or says what cannot be
  /// @throws sequor.json.JsonException when it is damaged
  public static Codec load(Path file) throws IOException {
    JsonObject json = JsonFile.read(file, FORMAT, 1);
    json.requireOnly("format", "version", "tokenizer", "vocabulary");
    JsonObject vocabulary = json.object("vocabulary").requireOnly("special", "tokens");
    List<String> special = vocabulary.texts("special");
    if (!special.equals(Vocabulary.SPECIALS)) {
      throw new TextException(
          "%s: special tokens %s — they must be %s"
              .formatted(file.getFileName(), special, Vocabulary.SPECIALS));
    }
    return new Codec(
        Tokenizer.of(json.object("tokenizer")), Vocabulary.of(vocabulary.texts("tokens")));
  }

  private JsonObject toJson() {
    return JsonFile.header(FORMAT, 1)
        .with("tokenizer", tokenizer.settings())
        .with(
            "vocabulary",
            Json.object().with("special", Vocabulary.SPECIALS).with("tokens", vocabulary.tokens()));
  }
}
