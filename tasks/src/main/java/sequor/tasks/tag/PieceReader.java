package sequor.tasks.tag;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import sequor.json.Json;
import sequor.models.BertEncoder;
import sequor.models.FirstPieces;
import sequor.models.Inputs;
import sequor.models.WordEmbedding;
import sequor.settings.Settings;
import sequor.settings.SettingsException;
import sequor.tasks.PublishedBert;
import sequor.tasks.Reading;
import sequor.text.Item;
import sequor.text.PretrainedKind;
import sequor.text.Tokenizer;

/// What a BERT reads of a sentence: the pieces of its words between two marks, and where the first
/// piece of each word stands, which is the one that the word's tag is said of.
///
/// ```
/// words     the          films       sank          tags DET NOUN VERB
/// pieces    [CLS] the    film ##s    sank [SEP]
/// first     1            2           4
/// ```
///
/// A word of which the tokenizer leaves nothing, as of one that is a control character, is read as
/// `[UNK]`: each word has a tag.
///
/// @param tokenizer cuts words into pieces
/// @param most pieces that are read at once, marks not included
record PieceReader(Tokenizer tokenizer, int most) {
  private static final int MARKS = 2;

  /// Values that ask for no vectors of words.
  private static final Set<Json> NOTHING = Set.of(Json.of("none"), Json.of(0));

  /// Of an encoder that reads pieces.
  PieceReader(Tokenizer tokenizer, BertEncoder.Config encoder) {
    this(tokenizer, encoder.mostSteps() - MARKS);
  }

  /// What cuts words into pieces.
  ///
  /// @param tokens the section, which has to ask for the tokenizer that the model was trained with
  /// @param start what the encoder begins as
  static Tokenizer tokenizer(Settings tokens, Optional<PublishedBert> start) {
    var own = with(start.map(bert -> bert.tokens(tokens)).orElse(tokens), "lower_case", false);
    var pieces = Tokenizer.learn(own, List.of());
    return start.map(bert -> bert.fitted(pieces)).orElse(pieces);
  }

  /// The section `tokens` with what cuts texts into words instead.
  static Settings words(Settings tokens) {
    var words = new sequor.text.Words(true, true, true);
    return with(
        new Settings(tokens.values().with(Settings.json(words)), tokens.path(), tokens.places()),
        "tokenizer",
        new sequor.text.Words.Kind().name());
  }

  private static Settings with(Settings section, String key, Object value) {
    return new Settings(section.values().with(key, value), section.path(), section.places());
  }

  /// Refuses what a tagger cannot have whose encoder reads pieces.
  ///
  /// @throws sequor.settings.SettingsException naming the key
  static void requireFit(Settings settings, TagConfig config) {
    var tokens = settings.section("tokens");
    if (!tokens.text("tokenizer").equals(PretrainedKind.NAME)) {
      throw tokens.wrong(
          "tokenizer",
          "expected %s where model.encoder is %s, which reads pieces of words, got %s; write"
              + " tokens.tokenizer=%1$s",
          PretrainedKind.NAME,
          config.encoder().kind(),
          tokens.text("tokenizer"));
    }
    var model = settings.section("model");
    if (config.encoder().mostSteps() <= MARKS) {
      throw model.wrong(
          "position_count",
          "expected room for a piece between two marks, 3 or more, got %d; raise it",
          config.encoder().mostSteps());
    }
    if (!config.vectors().vectors().isEmpty()) {
      throw unread(model, "vectors", "none", config.vectors().vectors());
    }
    if (config.more().counts()) {
      throw unread(model, "counts", "false", true);
    }
    var standard = Settings.json(WordEmbedding.Config.standard());
    var words = Settings.json(config.words());
    for (var key : standard.names()) {
      var value = words.value(key);
      if (!value.equals(standard.value(key)) && !NOTHING.contains(value)) {
        throw unread(model, key, "no vectors of words", value);
      }
    }
  }

  private static SettingsException unread(Settings model, String key, String none, Object got) {
    return model.wrong(
        key,
        "expected %s where model.encoder is %s, which reads pieces of words alone, got %s; leave it"
            + " out",
        none,
        model.text("encoder"),
        got);
  }

  /// The pieces of a word, one at least, and no more than are read at once.
  ///
  /// @param at where it begins in its text
  private List<Reading.Token> pieces(String word, int at) {
    var vocabulary = tokenizer.vocabulary();
    var encoding = tokenizer.encode(word).first(most);
    var pieces = new ArrayList<Reading.Token>();
    for (int p = 0; p < encoding.length(); p++) {
      int start = at + encoding.starts()[p];
      pieces.add(piece(encoding.ids()[p], start, at + encoding.ends()[p]));
    }
    return pieces.isEmpty()
        ? List.of(piece(vocabulary.unk(), at, at + word.length()))
        : List.copyOf(pieces);
  }

  private Reading.Token piece(int id, int start, int end) {
    var vocabulary = tokenizer.vocabulary();
    return new Reading.Token(vocabulary.token(id), id, start, end, id != vocabulary.unk());
  }

  /// Behind the last word that is read together with the one at `from`, which always is.
  ///
  /// @param limit behind the last that may be
  int end(List<String> words, int from, int limit) {
    int end = from;
    int room = most;
    while (end < limit) {
      room -= pieces(words.get(end), 0).size();
      if (room < 0) {
        break;
      }
      end++;
    }
    return end;
  }

  /// What a network reads.
  Item item(List<String> words) {
    var read = read(Words.of(words));
    int[] first = new int[words.size()];
    for (int t = 0, at = 1; t < first.length; at += read.get(t++).size()) {
      first[t] = at;
    }
    int[] ids = marked(read).stream().mapToInt(Reading.Token::id).toArray();
    return new Item()
        .ids(Inputs.TEXT, first, 0)
        .ids(FirstPieces.PIECES, ids, tokenizer.vocabulary().pad());
  }

  /// What stands for words, piece by piece, in the order that they are read.
  List<String> labels(List<String> words) {
    return marked(read(Words.of(words))).stream().map(Reading.Token::token).toList();
  }

  /// What is read of a text, piece by piece.
  ///
  /// @param limit words that are read together, at most
  Reading reading(Words words, int limit) {
    var all = read(words);
    int end = end(words.tokens(), 0, Math.min(limit, all.size()));
    int left = all.subList(end, all.size()).stream().mapToInt(List::size).sum();
    return new Reading(words.text(), List.of(), marked(all.subList(0, end)), left);
  }

  /// The pieces of each word.
  private List<List<Reading.Token>> read(Words words) {
    return IntStream.range(0, words.tokens().size())
        .mapToObj(t -> pieces(words.tokens().get(t), words.starts().get(t)))
        .toList();
  }

  /// The pieces of all words between marks.
  private List<Reading.Token> marked(List<List<Reading.Token>> read) {
    var vocabulary = tokenizer.vocabulary();
    var all = new ArrayList<Reading.Token>();
    read.forEach(all::addAll);
    int start = all.isEmpty() ? 0 : all.getFirst().start();
    int end = all.isEmpty() ? 0 : all.getLast().end();
    all.addFirst(piece(vocabulary.bos(), start, start));
    all.addLast(piece(vocabulary.eos(), end, end));
    return all;
  }
}
