package sequor.text;

import java.util.ArrayDeque;
import java.util.Arrays;
import sequor.json.Json;
import sequor.json.JsonObject;

/// Pieces with a probability each: of all ways to cut a word the most probable is taken, where a
/// way's probability is the product of its pieces' (Kudo 2018, section 3.2). With log-probabilities
/// p, the best way up to a place e is
///
/// ```
/// best(e) = max over pieces s..e of best(s) + p(s..e)
/// ```
///
/// which goes through the word once (Viterbi). An unknown letter costs more than any piece.
final class Unigram implements Subwords.Pieces {
  static final String KIND = "unigram";

  /// How much less probable an unknown letter is than the least probable piece (SentencePiece).
  private static final double UNKNOWN = 10;

  private final Vocabulary vocabulary;
  private final double[] scores; // by id; those of special ids are not looked at
  private final boolean bytes;
  private final Trie trie;
  private final double unknown;

  /// @param scores the log-probability of each id
  /// @param bytes whether an unknown letter is given by its bytes
  Unigram(Vocabulary vocabulary, double[] scores, boolean bytes) {
    if (scores.length != vocabulary.size()) {
      throw new TextException(
          "scores: expected one for each of the %d ids, got %d; make it anew"
              .formatted(vocabulary.size(), scores.length));
    }
    this.vocabulary = vocabulary;
    this.scores = scores.clone();
    this.bytes = bytes;
    int[] ids = new int[scores.length];
    double least = 0;
    for (int id = 0; id < ids.length; id++) {
      boolean special = vocabulary.isSpecial(id) || vocabulary.token(id).isEmpty();
      ids[id] = special ? -1 : id;
      least = special ? least : Math.min(least, scores[id]);
    }
    this.trie = Trie.of(vocabulary.tokens(), ids);
    this.unknown = least - UNKNOWN;
  }

  @Override
  public void cut(String word, Sink sink) {
    int[] starts = new int[word.length() + 1]; // of the last piece of the best way up to a place
    int[] ids = new int[word.length() + 1]; // of that piece; −1 if unknown
    double[] best = new double[word.length() + 1];
    Arrays.fill(best, Double.NEGATIVE_INFINITY);
    best[0] = 0;
    for (int start = 0; start < word.length(); start++) {
      if (best[start] == Double.NEGATIVE_INFINITY) {
        continue; // within a letter
      }
      // What Lattice goes through by a lambda, written out: here that would take a fifth longer.
      int letter = start + Character.charCount(word.codePointAt(start));
      boolean known = false;
      int node = 0;
      for (int end = start + 1; end <= word.length(); end++) {
        node = trie.next(node, word.charAt(end - 1));
        if (node < 0) {
          break;
        }
        int id = trie.value(node);
        if (id >= 0) {
          known |= end == letter;
          better(best[start] + scores[id], id, start, end, best, starts, ids);
        }
      }
      if (!known) {
        better(best[start] + unknown, -1, start, letter, best, starts, ids);
      }
    }
    emit(word, starts, ids, sink);
  }

  private static void better(
      double score, int id, int start, int end, double[] best, int[] starts, int[] ids) {
    if (score > best[end]) {
      best[end] = score;
      starts[end] = start;
      ids[end] = id;
    }
  }

  /// Unknown letters next to each other are one token.
  private void emit(String word, int[] starts, int[] ids, Sink sink) {
    var ends = new ArrayDeque<Integer>();
    for (int end = word.length(); end > 0; end = starts[end]) {
      if (ids[end] >= 0 || ends.isEmpty() || ids[ends.peek()] >= 0) {
        ends.push(end);
      }
    }
    int start = 0;
    for (int end : ends) {
      boolean unknownPart = ids[end] < 0;
      if (!unknownPart || !bytes || !Bpe.spelled(word, start, end, vocabulary, sink)) {
        sink.add(word.substring(start, end), start, end);
      }
      start = end;
    }
  }

  @Override
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public JsonObject settings() {
    return Json.object().with("scores", scores).with("bytes", bytes);
  }

  static Unigram of(JsonObject settings, Vocabulary vocabulary) {
    return new Unigram(vocabulary, settings.array("scores").numbers(), settings.flag("bytes"));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Unigram that
        && vocabulary.equals(that.vocabulary)
        && Arrays.equals(scores, that.scores)
        && bytes == that.bytes;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(scores);
  }
}
