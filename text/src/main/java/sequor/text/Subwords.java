package sequor.text;

import java.util.List;
import java.util.Optional;
import sequor.json.JsonObject;

/// Cuts a text into words and each word into pieces that a vocabulary has, so that hardly anything
/// is unknown: byte-pair encoding, unigram pieces, WordPiece.
///
/// @param words what cuts a text into words
/// @param joiner what makes a text of pieces again
/// @param pieces what cuts a word
/// @param notices what a user should know of how they were learned
record Subwords(PreTokenizer words, Joiner joiner, Pieces pieces, List<String> notices)
    implements Segmenter {
  Subwords {
    notices = List.copyOf(notices);
  }

  /// What cuts one word.
  sealed interface Pieces permits Bpe, Unigram, WordPiece {
    /// Takes the pieces of a word, in order.
    @FunctionalInterface
    interface Sink {
      void add(String piece, int start, int end);
    }

    /// Gives the pieces of `word`, which is not empty, to `sink`.
    void cut(String word, Sink sink);

    /// Of which the pieces are.
    Vocabulary vocabulary();

    /// The name of the [SegmenterKind].
    String kind();

    /// What is to be saved beside the vocabulary.
    JsonObject settings();
  }

  @Override
  public void segment(String text, Tokens tokens) {
    int number = 0;
    for (var word : words.cut(text)) {
      int of = number++;
      pieces.cut(
          word.text(),
          (piece, start, end) ->
              tokens.add(
                  piece,
                  word.startAt(start),
                  end > start ? word.end(end - 1) : word.startAt(start),
                  of));
    }
  }

  @Override
  public String join(List<String> tokens) {
    return joiner.join(tokens);
  }

  @Override
  public String kind() {
    return pieces.kind();
  }

  @Override
  public JsonObject settings() {
    return pieces
        .settings()
        .with("words", words.json())
        .with("joiner", joiner.json())
        .with("notices", notices);
  }

  @Override
  public Optional<Vocabulary> vocabulary() {
    return Optional.of(pieces.vocabulary());
  }

  /// What stands in `settings` beside the pieces.
  static Subwords of(JsonObject settings, Pieces pieces) {
    return new Subwords(
        PreTokenizer.of(settings.object("words")),
        Joiner.of(settings.object("joiner")),
        pieces,
        settings.texts("notices"));
  }
}
