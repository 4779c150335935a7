package sequor.text;

import sequor.json.Json;
import sequor.json.JsonObject;

/// Cuts a word into the longest pieces that the vocabulary has, from its beginning on (Schuster and
/// Nakajima 2012; Devlin et al. 2019). A piece within a word has `##` before it. A word with a part
/// that no piece begins is unknown as a whole, and so is one that is too long.
///
/// ```
/// unaffable   →   un ##aff ##able
/// ```
///
/// @param prefix of pieces that go on
/// @param longest the most characters of a word
record WordPiece(Vocabulary vocabulary, String prefix, int longest) implements Subwords.Pieces {
  static final String KIND = "wordpiece";

  @Override
  public void cut(String word, Sink sink) {
    if (word.codePointCount(0, word.length()) > longest || !isKnown(word)) {
      sink.add(word, 0, word.length());
      return;
    }
    for (int start = 0, end; start < word.length(); start = end) {
      end = end(word, start);
      sink.add(piece(word, start, end), start, end);
    }
  }

  /// An unknown word must not be told from a known one by its spelling.
  private boolean isKnown(String word) {
    int start = 0;
    while (start < word.length()) {
      int end = end(word, start);
      if (end == start) {
        return false;
      }
      start = end;
    }
    return true;
  }

  /// Where the longest piece from `start` on ends; `start` if there is none.
  private int end(String word, int start) {
    int end = word.length();
    while (end > start && !vocabulary.contains(piece(word, start, end))) {
      end -= Character.charCount(word.codePointBefore(end));
    }
    return Math.max(start, end);
  }

  private String piece(String word, int start, int end) {
    String part = word.substring(start, end);
    return start == 0 ? part : prefix + part;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public JsonObject settings() {
    return Json.object().with("prefix", prefix).with("longest", longest);
  }
}
