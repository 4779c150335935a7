package sequor.text;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import sequor.InOrder;
import sequor.json.Json;
import sequor.json.JsonFile;
import sequor.json.JsonObject;
import sequor.json.JsonText;
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
/// `tokens.json`, version 2; a token's id is its place, and a transform or tokenizer that learned
/// something, or was told it, has it beside its name:
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
    var transforms = transforms(settings, name -> Transform.all().get(name).load(Json.object()));
    return learn(transforms, segmenter, settings, texts);
  }

  /// The same, with the segmenter that the section `tokens` chooses, which may learn from the texts
  /// too, or bring a whole tokenizer.
  public static Tokenizer learn(Settings tokens, Iterable<String> texts) {
    var kind = SegmenterKind.all().get(tokens.text("tokenizer"));
    var settings = tokens.as(TokenSettings.class);
    Function<String, Transform> made = name -> Transform.all().get(name).with(tokens);
    var whole = kind.published(tokens);
    if (whole.isPresent()) {
      return whole.get().after(names(settings).stream().map(made).toList());
    }
    var transforms = transforms(settings, made);
    return learn(transforms, kind.learn(tokens, changed(texts, transforms)), settings, texts);
  }

  private static Tokenizer learn(
      List<Transform> transforms,
      Segmenter segmenter,
      TokenSettings settings,
      Iterable<String> texts) {
    var known = segmenter.vocabulary();
    if (known.isPresent()) {
      return new Tokenizer(transforms, segmenter, known.get());
    }
    var counts =
        Vocabulary.builder().minFrequency(settings.minFrequency()).maxSize(settings.maxSize());
    InOrder.forEach(
        texts,
        String::length,
        text -> segmenter.tokens(Transform.apply(transforms, text).text()),
        counts::add);
    return new Tokenizer(transforms, segmenter, counts.build());
  }

  private static List<Transform> transforms(
      TokenSettings settings, Function<String, Transform> made) {
    var transforms = new ArrayList<>(names(settings).stream().map(made).toList());
    transforms.add(settings.normalization().transform());
    return List.copyOf(transforms);
  }

  /// What is done to a text before its letters get one spelling.
  private static List<String> names(TokenSettings settings) {
    var names = new ArrayList<>(settings.transforms());
    if (settings.lowerCase()) {
      names.add("lower_case");
    }
    return names;
  }

  /// Each text when it is asked for.
  static Iterable<String> changed(Iterable<String> texts, List<Transform> transforms) {
    return () ->
        StreamSupport.stream(texts.spliterator(), false)
            .map(text -> Transform.apply(transforms, text).text())
            .iterator();
  }

  /// This tokenizer with more done to a text before.
  public Tokenizer after(List<Transform> first) {
    return new Tokenizer(
        Stream.concat(first.stream(), transforms.stream()).toList(), segmenter, vocabulary);
  }

  /// The ids of the tokens of `text`, without marks.
  public Encoding encode(String text) {
    var mapped = Transform.apply(transforms, text);
    var tokens = new Found(vocabulary, mapped);
    segmenter.segment(mapped.text(), tokens);
    return tokens.encoding();
  }

  /// What a user should know of how it was learned.
  public List<String> notices() {
    return Stream.concat(segmenter.notices().stream(), vocabulary.notices().stream()).toList();
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
                .with("transforms", transforms.stream().map(Tokenizer::saved).toList())
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

  /// Its name, or with what else there is to know of it an object.
  private static Json saved(Transform transform) {
    var name = Json.object().with("name", transform.name());
    var more = transform.saved();
    return more.size() == 0 ? Json.of(transform.name()) : name.with(more);
  }

  private static Tokenizer second(JsonObject json) {
    json.requireOnly("format", "version", "transforms", "tokenizer", "vocabulary");
    var transforms = new ArrayList<Transform>();
    for (var each : json.array("transforms")) {
      transforms.add(transform(each));
    }
    var vocabulary = Vocabulary.of(json.object("vocabulary"));
    return new Tokenizer(transforms, segmenter(json.object("tokenizer"), vocabulary), vocabulary);
  }

  private static Transform transform(Json saved) {
    return switch (saved) {
      case JsonText(String name) -> Transform.all().get(name).load(Json.object());
      case JsonObject object ->
          Transform.all().get(object.text("name")).load(object.without("name"));
      default ->
          throw new TextException(
              "transforms: expected names, or objects with one, got %s; make it anew"
                  .formatted(saved));
    };
  }

  private static Segmenter segmenter(JsonObject cutting, Vocabulary vocabulary) {
    var kind = SegmenterKind.all().get(cutting.text("kind"));
    return kind.load(cutting.without("kind"), vocabulary);
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
    var tokens = Vocabulary.of(vocabulary.texts("tokens"));
    return new Tokenizer(
        cutting.flag("lower_case") ? List.of(new LowerCase(), new Nfc()) : List.of(new Nfc()),
        segmenter(cutting.without("lower_case"), tokens),
        tokens);
  }
}
