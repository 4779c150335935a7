package sequor.text;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sequor.FileException;
import sequor.json.JsonObject;
import sequor.settings.Setting;
import sequor.settings.Settings;

/// `tokenizer: wordpiece`: the pieces of a `vocab.txt`, as BERT reads texts: control characters
/// out, Han letters and signs words of their own, and, uncased, small letters without accents.
/// Without such a file pieces are learned from the texts, whose words are what white space parts,
/// so that joining gives back the text, but for its white space.
public record WordPieceKind() implements SegmenterKind {
  /// @param vocabularyFile the path of a `vocab.txt`, a piece a line
  /// @param pieces how many tokens are learned without one; the vocabulary's `max_size` bounds them
  ///   too, and its `min_frequency` letters and pairs
  /// @param uncased whether letters become small
  /// @param stripAccents whether they lose their accents too, where letters become small
  public record File(
      @Setting(
              value = "",
              about = "the path of a vocab.txt, one piece a line; empty: pieces are learned")
          String vocabularyFile,
      @Setting(
              value = "8000",
              min = 5,
              max = 1_000_000,
              about = "of words to learn, letters included; at most max_size")
          int pieces,
      @Setting(value = "true", about = "whether the pieces of the file have small letters only")
          boolean uncased,
      @Setting(value = "true", about = "whether uncased letters lose their accents")
          boolean stripAccents) {}

  private static final String PREFIX = "##";
  private static final long MOST_BYTES = 64 << 20;
  private static final int LONGEST = 100;
  private static final List<String> BERTS = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");
  private static final Map<String, List<String>> ROLES =
      Map.of(
          "[PAD]", List.of(Specials.PAD),
          "[UNK]", List.of(Specials.UNK),
          "[CLS]", List.of("cls", Specials.BOS),
          "[SEP]", List.of("sep", Specials.EOS),
          "[MASK]", List.of("mask"));

  @Override
  public String name() {
    return WordPiece.KIND;
  }

  @Override
  public String about() {
    return "the longest pieces of words, learned or of a vocab.txt";
  }

  @Override
  public Class<? extends Record> settings() {
    return File.class;
  }

  @Override
  public Optional<Tokenizer> published(Settings settings) {
    var file = settings.as(File.class);
    if (file.vocabularyFile().isBlank()) {
      return Optional.empty();
    }
    return Optional.of(
        read(
            Path.of(file.vocabularyFile()), file.uncased(), file.uncased() && file.stripAccents()));
  }

  /// The tokenizer of a BERT model with that `vocab.txt`.
  ///
  /// @throws FileException if it cannot be read
  /// @throws TextException if it is no such file
  public static Tokenizer read(Path file, boolean uncased, boolean stripAccents) {
    var vocabulary = vocabulary(file);
    var pieces = new WordPiece(vocabulary, PREFIX, LONGEST);
    return new Tokenizer(
        transforms(uncased, stripAccents),
        new Subwords(PreTokenizer.bert(), joiner(), pieces, List.of()),
        vocabulary);
  }

  private static Joiner joiner() {
    return new Joiner(Joiner.Way.GOES_ON, PREFIX, false, false);
  }

  static List<Transform> transforms(boolean uncased, boolean stripAccents) {
    var transforms =
        new ArrayList<Transform>(
            List.of(new WholeCharacters(), new ControlCharacters(), new HanWords()));
    if (stripAccents) {
      transforms.add(new StripAccents());
    }
    if (uncased) {
      transforms.add(new LowerLetters());
    }
    return transforms;
  }

  private static Vocabulary vocabulary(Path file) {
    var tokens = new ArrayList<String>();
    for (var line : text(file).split("\n", -1)) {
      tokens.add(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
    }
    if (tokens.getLast().isEmpty()) {
      tokens.removeLast(); // behind the last line
    }
    var special = special(tokens);
    if (!special.containsKey(Specials.PAD) || !special.containsKey(Specials.UNK)) {
      throw new TextException(
          "%s: expected the pieces [PAD] and [UNK], each on a line, got none; is it a vocab.txt?"
              .formatted(file));
    }
    try {
      return Vocabulary.of(tokens, special);
    } catch (TextException e) {
      throw new TextException(file + ": " + e.getMessage(), e);
    }
  }

  private static Map<String, Integer> special(List<String> tokens) {
    var special = new LinkedHashMap<String, Integer>();
    ROLES.forEach(
        (token, roles) -> {
          int id = tokens.indexOf(token);
          if (id >= 0) {
            roles.forEach(role -> special.put(role, id));
          }
        });
    return special;
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new TextException(
            "%s: expected at most %,d bytes, got %,d; is it a vocab.txt?"
                .formatted(file, MOST_BYTES, Files.size(file)));
      }
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      throw new TextException(file + ": expected UTF-8, got other bytes; convert it", e);
    } catch (IOException e) {
      throw FileException.unreadable(file, e);
    }
  }

  /// A tokenizer like BERT's, with `[CLS]`, `[SEP]` and `[MASK]`, whose pieces are learned.
  ///
  /// @param texts each time they are asked for they are read anew
  /// @param size how many tokens there are to be, the special ones included
  /// @param minFrequency letters that are rarer are unknown, and pairs are not merged
  public static Tokenizer learnBert(
      Iterable<String> texts, int size, int minFrequency, boolean uncased, boolean stripAccents) {
    var words = PreTokenizer.bert();
    var transforms = transforms(uncased, stripAccents);
    var counts =
        TokenCounts.ofWords(words, Tokenizer.changed(texts, transforms), TokenCounts.MOST_HELD);
    int room = size - BERTS.size() + Specials.standard().tokens().size();
    var learned = WordPieceLearner.learn(counts.tokens(), room, minFrequency, PREFIX, LONGEST);
    var tokens = new ArrayList<>(BERTS);
    for (int id = 0; id < learned.vocabulary().size(); id++) {
      if (!learned.vocabulary().isSpecial(id)) {
        tokens.add(learned.vocabulary().token(id));
      }
    }
    var vocabulary = Vocabulary.of(tokens, special(tokens));
    var notices = counts.notice("when pieces of words were learned").stream().toList();
    return new Tokenizer(
        transforms,
        new Subwords(words, joiner(), new WordPiece(vocabulary, PREFIX, LONGEST), notices),
        vocabulary);
  }

  @Override
  public Segmenter learn(Settings settings, Iterable<String> texts) {
    var vocabulary = settings.as(TokenSettings.class);
    int size = Math.min(settings.as(File.class).pieces(), vocabulary.maxSize());
    return learn(texts, size, vocabulary.minFrequency(), TokenCounts.MOST_HELD);
  }

  /// @param held characters of different words that are held while they are counted
  static Subwords learn(Iterable<String> texts, int size, int minFrequency, long held) {
    var words = PreTokenizer.whitespace();
    var counts = TokenCounts.ofWords(words, texts, held);
    return new Subwords(
        words,
        joiner(),
        WordPieceLearner.learn(counts.tokens(), size, minFrequency, PREFIX, LONGEST),
        counts.notice("when pieces of words were learned").stream().toList());
  }

  @Override
  public Segmenter load(JsonObject settings) {
    throw SubwordSettings.withoutVocabulary(name());
  }

  @Override
  public Segmenter load(JsonObject settings, Vocabulary vocabulary) {
    return Subwords.of(
        settings,
        new WordPiece(
            vocabulary, settings.text("prefix"), settings.wholeNumber("longest", 1, 1 << 20)));
  }
}
