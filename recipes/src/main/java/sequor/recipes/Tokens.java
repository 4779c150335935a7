package sequor.recipes;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import sequor.text.CharacterTokenizer;
import sequor.text.Codec;
import sequor.text.DataSet;
import sequor.text.Example;
import sequor.text.Tokenizer;
import sequor.text.Vocabulary;
import sequor.text.WhitespaceTokenizer;

/// What the section `tokens` of a recipe says.
final class Tokens {
  private static final List<String> TOKENIZERS = List.of("characters", "whitespace");

  private Tokens() {}

  /// A codec that knows the tokens of the training texts.
  static Codec learn(Settings tokens, List<String> texts) {
    var vocabulary =
        Vocabulary.builder()
            .minFrequency(tokens.wholeNumber("min_frequency", 1, Integer.MAX_VALUE))
            .maxSize(tokens.wholeNumber("max_size", 5, Integer.MAX_VALUE));
    return Codec.learn(tokenizer(tokens), texts, vocabulary);
  }

  private static Tokenizer tokenizer(Settings tokens) {
    boolean lower = tokens.flag("lower_case");
    return tokens.text("tokenizer", TOKENIZERS).equals("characters")
        ? new CharacterTokenizer(lower)
        : new WhitespaceTokenizer(lower);
  }

  /// `<bos> ids <eos>`.
  static int[] marked(int[] ids) {
    int[] marked = new int[ids.length + 2];
    marked[0] = Vocabulary.BOS;
    System.arraycopy(ids, 0, marked, 1, ids.length);
    marked[marked.length - 1] = Vocabulary.EOS;
    return marked;
  }

  /// `ids <eos>`.
  static int[] ended(int[] ids) {
    return Arrays.copyOfRange(marked(ids), 1, ids.length + 2);
  }

  /// `<bos> ids`.
  static int[] begun(int[] ids) {
    return cut(marked(ids), ids.length + 1);
  }

  /// Says how many texts are longer than a model reads, if any are.
  static Optional<String> cutNotice(Trained trained, DataSet<Example> examples) {
    int most =
        Math.toIntExact(
            trained.config().object("tokens").wholeNumber("max_length", 1, Integer.MAX_VALUE));
    var all = List.of(examples.train(), examples.valid(), examples.test());
    long longer =
        all.stream()
            .flatMap(List::stream)
            .filter(example -> trained.codec().tokenizer().tokens(example.text()).size() > most)
            .count();
    int texts = all.stream().mapToInt(List::size).sum();
    return longer == 0
        ? Optional.empty()
        : Optional.of(
            "%,d of %,d texts are longer than tokens.max_length %,d and are cut"
                .formatted(longer, texts, most));
  }

  static int[] cut(int[] ids, int most) {
    return ids.length <= most ? ids : Arrays.copyOf(ids, most);
  }
}
