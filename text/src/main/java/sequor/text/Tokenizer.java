package sequor.text;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import sequor.json.Json;
import sequor.json.JsonFile;
import sequor.json.JsonObject;
import sequor.settings.Settings;
import sequor.settings.SettingsException;

/// Text to ids and back: transforms, a segmenter and a vocabulary, which are of no use without each
/// other. It is immutable and shared by threads.
///
/// ```java
/// var tokenizer = Tokenizer.learn(new Characters(), TokenSettings.standard(), List.of("kang", "kim"));
/// Encoding king = tokenizer.encode("king");
/// String text = tokenizer.decode(king.ids());       // king
/// tokenizer.save(Path.of("model/tokens.json"));
/// ```
///
/// `tokens.json`, version 2; a token's id is its place:
///
/// ```json
/// {
///   "format": "sequor-tokenizer",
///   "version": 2,
///   "transforms": ["nfc"],
///   "tokenizer": {"kind": "characters"},
///   "vocabulary": {
///     "special": {"pad": 0, "unk": 1, "bos": 2, "eos": 3},
///     "tokens": ["<pad>", "<unk>", "<bos>", "<eos>", "k", "a", "g"]
///   }
/// }
/// ```
public record Tokenizer(List<Transform> transforms, Segmenter segmenter, Vocabulary vocabulary) {
  public Tokenizer {
    transforms = List.copyOf(transforms);
    requireNonNull(segmenter);
    requireNonNull(vocabulary);
  }

  /// A tokenizer that knows the tokens of `texts`, which should be the training split's.
  public static Tokenizer learn(
      Segmenter segmenter, TokenSettings settings, Iterable<String> texts) {
    var transforms = transforms(settings);
    var counts =
        Vocabulary.builder().minFrequency(settings.minFrequency()).maxSize(settings.maxSize());
    for (var text : texts) {
      counts.add(segmenter.tokens(Transform.apply(transforms, text).text()));
    }
    return new Tokenizer(transforms, segmenter, counts.build());
  }

  /// The same, with the segmenter that the section `tokens` chooses.
  public static Tokenizer learn(Settings tokens, Iterable<String> texts) {
    var kind = SegmenterKind.all().get(tokens.text("tokenizer"));
    return learn(kind.learn(tokens, texts), tokens.as(TokenSettings.class), texts);
  }

  private static List<Transform> transforms(TokenSettings settings) {
    var names = new ArrayList<>(settings.transforms());
    if (settings.lowerCase()) {
      names.add("lower_case");
    }
    names.add("nfc");
    return transforms(names);
  }

  private static List<Transform> transforms(List<String> names) {
    var all = Transform.all();
    return names.stream().<Transform>map(all::get).toList();
  }

  /// The ids of the tokens of `text`, without marks.
  public Encoding encode(String text) {
    var mapped = Transform.apply(transforms, text);
    var tokens = new Found(vocabulary, mapped);
    segmenter.segment(mapped.text(), tokens);
    return tokens.encoding();
  }

  /// The tokens of `text`, known or not.
  public List<String> tokens(String text) {
    return segmenter.tokens(Transform.apply(transforms, text).text());
  }

  /// The text of `ids`; what fills up, begins and ends leaves no trace, `<unk>` stays visible.
  public String decode(int... ids) {
    return segmenter.join(vocabulary.decode(ids));
  }

  /// Gathers tokens.
  private static final class Found implements Segmenter.Tokens {
    private final Vocabulary vocabulary;
    private final MappedText text;
    private int[][] columns = new int[4][16]; // ids, starts, ends, words
    private int count;

    Found(Vocabulary vocabulary, MappedText text) {
      this.vocabulary = vocabulary;
      this.text = text;
    }

    @Override
    public void add(String token, int start, int end, int word) {
      if (count == columns[0].length) {
        columns = columns(2 * count);
      }
      columns[0][count] = vocabulary.id(token);
      columns[1][count] = text.startAt(start);
      columns[2][count] = end > start ? text.end(end - 1) : text.startAt(start);
      columns[3][count++] = word;
    }

    private int[][] columns(int length) {
      return Arrays.stream(columns)
          .map(column -> Arrays.copyOf(column, length))
          .toArray(int[][]::new);
    }

    Encoding encoding() {
      int[][] exact = columns(count);
      return new Encoding(exact[0], exact[1], exact[2], exact[3]);
    }
  }

  // The file

  private static final String FORMAT = "sequor-tokenizer";
  private static final int VERSION = 2;

  /// Writes `tokens.json`: either the whole file is there afterwards, or the old one still is.
  ///
  /// @throws sequor.FileException if that fails
  public void save(Path file) {
    var cutting = Json.object().with("kind", segmenter.kind()).with(segmenter.settings());
    new JsonFile(file)
        .write(
            TextFile.header(FORMAT, VERSION)
                .with("transforms", transforms.stream().map(Transform::name).toList())
                .with("tokenizer", cutting)
                .with("vocabulary", vocabulary.json()));
  }

  /// Reads what [#save] wrote, or what the releases before it did.
  ///
  /// @throws TextException when the file says what cannot be
  /// @throws sequor.FileException when it is missing
  /// @throws sequor.json.JsonException when it is damaged
  public static Tokenizer load(Path file) {
    JsonObject json = TextFile.read(file, FORMAT, VERSION);
    try {
      return json.wholeNumber("version", 1, VERSION) == 1 ? first(json) : second(json);
    } catch (TextException | SettingsException e) {
      throw new TextException(file + ": " + e.getMessage(), e);
    }
  }

  private static Tokenizer second(JsonObject json) {
    json.requireOnly("format", "version", "transforms", "tokenizer", "vocabulary");
    return new Tokenizer(
        transforms(json.texts("transforms")),
        segmenter(json.object("tokenizer")),
        Vocabulary.of(json.object("vocabulary")));
  }

  private static Segmenter segmenter(JsonObject cutting) {
    var kind = SegmenterKind.all().get(cutting.text("kind"));
    return kind.load(cutting.without("kind"));
  }

  /// Version 1: small letters were the segmenter's, and the special tokens had no place in the
  /// list.
  private static Tokenizer first(JsonObject json) {
    json.requireOnly("format", "version", "tokenizer", "vocabulary");
    var cutting = json.object("tokenizer");
    var vocabulary = json.object("vocabulary").requireOnly("special", "tokens");
    var specials = Specials.standard().tokens().values();
    if (!vocabulary.texts("special").equals(List.copyOf(specials))) {
      throw new TextException(
          "vocabulary: expected the special tokens %s, got %s; make it anew"
              .formatted(specials, vocabulary.texts("special")));
    }
    return new Tokenizer(
        transforms(cutting.flag("lower_case") ? List.of("lower_case", "nfc") : List.of("nfc")),
        segmenter(cutting.without("lower_case")),
        Vocabulary.of(vocabulary.texts("tokens")));
  }
}
