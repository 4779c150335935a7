package sequor.tasks.embed;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import sequor.text.Tokenizer;

/// What cuts a text into the words that get a vector, phrases among them. It is immutable and
/// shared by threads.
final class Cutting {
  /// The number of a word that gets no vector.
  static final int NONE = -1;

  private final Tokenizer tokenizer;
  private final Phrases phrases;
  private final List<String> words;
  private final Map<String, Integer> index;

  private Cutting(Tokenizer tokenizer, Phrases phrases, List<String> words) {
    this.tokenizer = tokenizer;
    this.phrases = phrases;
    this.words = List.copyOf(words);
    this.index = new HashMap<>();
    words.forEach(word -> index.put(word, index.size()));
  }

  /// Into the words of a tokenizer.
  static Cutting of(Tokenizer tokenizer) {
    return of(tokenizer, Phrases.none(PhraseSettings.none().between()));
  }

  /// Into the words of a tokenizer, and of those then the phrases that there are.
  static Cutting of(Tokenizer tokenizer, Phrases phrases) {
    var vocabulary = tokenizer.vocabulary();
    var words =
        IntStream.range(0, vocabulary.size())
            .filter(id -> !vocabulary.isSpecial(id))
            .mapToObj(vocabulary::token)
            .toList();
    return new Cutting(tokenizer, phrases, words);
  }

  /// With one more pass of phrases, which are words too.
  Cutting with(List<Phrases.Pair> pairs) {
    var all = new LinkedHashSet<>(words);
    pairs.forEach(pair -> all.add(phrases.joined(pair)));
    return new Cutting(tokenizer, phrases.and(pairs), List.copyOf(all));
  }

  /// These words alone have a vector, in this order.
  Cutting only(List<String> kept) {
    return new Cutting(tokenizer, phrases, kept);
  }

  Tokenizer tokenizer() {
    return tokenizer;
  }

  Phrases phrases() {
    return phrases;
  }

  List<String> words() {
    return words;
  }

  /// The words of a text, also those without a vector.
  List<String> tokens(String text) {
    return phrases.join(tokenizer.tokens(text));
  }

  /// The numbers of a text's words, [#NONE] for those without a vector.
  int[] numbers(String text) {
    var tokens = tokens(text);
    int[] numbers = new int[tokens.size()];
    Arrays.setAll(numbers, i -> index.getOrDefault(tokens.get(i), NONE));
    return numbers;
  }
}
