package sequor.tasks.tag;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import sequor.data.Source;
import sequor.models.Inputs;
import sequor.models.WordEmbedding;
import sequor.tasks.HeatMap.Axis;
import sequor.tasks.Reading;
import sequor.tasks.TokenLabels;
import sequor.text.Characters;
import sequor.text.Item;
import sequor.text.TokenSettings;
import sequor.text.Tokenizer;
import sequor.text.Transform;
import sequor.text.Vocabulary;

/// What a tagger reads of a sentence: words, their letters, and how they are written; or the pieces
/// of words, where the encoder is a BERT.
///
/// @param words cuts texts into words, and knows those of the training split
/// @param parts knows their letters, or their pieces
record WordReader(TagConfig config, Tokenizer words, Tokenizer parts) {
  /// One that knows the words of these sentences.
  ///
  /// @param cutting what cuts texts into words; its vocabulary is not used
  /// @param pieces what cuts words into pieces, where the encoder reads these
  static WordReader learn(
      TagConfig config, Tokenizer cutting, Optional<Tokenizer> pieces, Source<Example> sentences) {
    var settings = config.tokens();
    var counts =
        Vocabulary.builder().minFrequency(settings.minFrequency()).maxSize(settings.maxSize());
    var all = new TreeSet<String>();
    sentences.forEach(
        sentence -> {
          counts.add(
              sentence.tokens().stream()
                  .map(token -> known(cutting, token))
                  .filter(token -> !token.isEmpty())
                  .toList());
          all.addAll(sentence.tokens());
        });
    var words = new Tokenizer(cutting.transforms(), cutting.segmenter(), counts.build());
    var spelled =
        new TokenSettings(
            false,
            List.of(),
            config.spelling().letters(),
            1,
            TokenSettings.standard().maxSize(),
            TokenSettings.standard().maxLength(),
            TokenSettings.Keep.FIRST);
    return new WordReader(
        config, words, pieces.orElseGet(() -> Tokenizer.learn(new Characters(), spelled, all)));
  }

  /// A word as it is looked up.
  private static String known(Tokenizer tokenizer, String token) {
    return Transform.apply(tokenizer.transforms(), token).text();
  }

  /// The same for another model.
  WordReader with(TagConfig other) {
    return new WordReader(other, words, parts);
  }

  /// What reads pieces of words, where the encoder does.
  Optional<PieceReader> pieces() {
    return config.bert().map(encoder -> new PieceReader(parts, encoder));
  }

  /// Behind the last word that is read together with the one at `from`; words further on are read
  /// apart from it.
  int end(List<String> tokens, int from) {
    int limit = Math.min(tokens.size(), from + config.tokens().maxLength());
    return pieces().map(each -> each.end(tokens, from, limit)).orElse(limit);
  }

  /// What is read at once.
  String limit() {
    String words = "tokens.max_length %,d words".formatted(config.tokens().maxLength());
    return pieces().map(each -> "%s, or %,d pieces".formatted(words, each.most())).orElse(words);
  }

  /// What is read of a text, step by step.
  Reading reading(String text) {
    return pieces()
        .map(each -> each.reading(cut(text), config.tokens().maxLength()))
        .orElseGet(() -> Reading.of(words, config.tokens(), false, text));
  }

  /// What stands on the axis of what is read.
  Axis axis(List<String> tokens) {
    return pieces()
        .map(each -> new Axis("piece", each.labels(tokens)))
        .orElseGet(() -> new Axis("word", tokens.stream().map(TokenLabels::shown).toList()));
  }

  /// The id of a word.
  int id(String token) {
    return words.vocabulary().id(known(words, token));
  }

  /// A text cut into words.
  Words cut(String text) {
    var encoding = words.encode(text);
    var tokens = new ArrayList<String>();
    for (int i = 0; i < encoding.length(); i++) {
      tokens.add(text.substring(encoding.starts()[i], encoding.ends()[i]));
    }
    return new Words(
        text,
        tokens,
        Arrays.stream(encoding.starts()).boxed().toList(),
        Arrays.stream(encoding.ends()).boxed().toList());
  }

  /// What a network reads.
  Item item(List<String> tokens) {
    return pieces().map(each -> each.item(tokens)).orElseGet(() -> ofWords(tokens));
  }

  private Item ofWords(List<String> tokens) {
    var embedding = config.words();
    int[] ids = tokens.stream().mapToInt(this::id).toArray();
    var item = new Item().ids(Inputs.TEXT, ids, words.vocabulary().pad());
    if (embedding.letters() != WordEmbedding.Letters.NONE) {
      int[][] each = tokens.stream().map(this::letters).toArray(int[][]::new);
      item.ids(WordEmbedding.LETTERS, each, parts.vocabulary().pad());
    }
    if (embedding.affixes() > 0) {
      int[][] each = tokens.stream().map(this::features).toArray(int[][]::new);
      item.ids(WordEmbedding.FEATURES, each, 0);
    }
    return item;
  }

  /// Of a long word both ends, which tell more than its middle.
  private int[] letters(String token) {
    int[] all = parts.encode(token).ids();
    int most = config.words().longestWord();
    if (all.length <= most) {
      return all;
    }
    int[] ends = Arrays.copyOf(all, most);
    int behind = most / 2;
    System.arraycopy(all, all.length - behind, ends, most - behind, behind);
    return ends;
  }

  private int[] features(String token) {
    return WordFeatures.of(
        known(words, token), token, config.words().affixes(), config.words().affixBuckets());
  }
}
