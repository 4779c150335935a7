package sequor.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.PriorityQueue;
import sequor.json.Json;
import sequor.json.JsonObject;

/// Byte-pair encoding: a word is its letters, and the pair of neighbors that was learned first is
/// merged into one piece, again and again (Sennrich, Haddow and Birch 2016, section 3.2).
///
/// ```
/// merges l o, lo w:   l o w e r   →   lo w e r   →   low e r
/// ```
final class Bpe implements Subwords.Pieces {
  static final String KIND = "bpe";

  /// From this length on a queue of pairs is faster than looking at all of them.
  private static final int LONG = 40;

  /// Beside merges.
  ///
  /// @param fuse whether unknown letters next to each other are one token
  /// @param bytes whether an unknown letter is given by its bytes
  /// @param whole whether a word that is a piece is not cut, whatever was merged
  record Options(boolean fuse, boolean bytes, boolean whole) {
    static final Options NONE = new Options(false, false, false);
  }

  private final Vocabulary vocabulary;
  private final int[] merges; // left, right, left, right, … in the order in which they were learned
  private final Options options;
  private final LongMap ranks = new LongMap(); // by pair
  private final int[] results; // by rank

  /// @throws TextException if a pair makes no piece of the vocabulary
  Bpe(Vocabulary vocabulary, int[] merges, Options options) {
    this.vocabulary = vocabulary;
    this.merges = merges.clone();
    this.options = options;
    this.results = new int[merges.length / 2];
    for (int rank = 0; rank < results.length; rank++) {
      int left = merges[2 * rank];
      int right = merges[2 * rank + 1];
      String made = vocabulary.token(left) + vocabulary.token(right);
      if (!vocabulary.contains(made)) {
        throw new TextException(
            "merges: expected pairs that make a token, got \"%s\" and \"%s\"; make it anew"
                .formatted(vocabulary.token(left), vocabulary.token(right)));
      }
      results[rank] = vocabulary.id(made);
      if (ranks.get(pair(left, right)) < 0) {
        ranks.put(pair(left, right), rank);
      }
    }
  }

  private static long pair(int left, int right) {
    return (long) left << 32 | right;
  }

  private int rank(int left, int right) {
    return left < 0 || right < 0 ? -1 : ranks.get(pair(left, right));
  }

  @Override
  public void cut(String word, Sink sink) {
    if (options.whole && vocabulary.contains(word)) {
      sink.add(word, 0, word.length());
      return;
    }
    var chain = new Chain(word);
    if (chain.count > LONG) {
      chain.mergeLong();
    } else {
      chain.merge();
    }
    emit(word, chain, sink);
  }

  private void emit(String word, Chain chain, Sink sink) {
    for (int at = 0; at < chain.count; ) {
      int next = chain.next[at];
      if (chain.ids[at] < 0 && options.bytes && spelled(word, chain, at, sink)) {
        at = next;
        continue;
      }
      while (options.fuse && chain.ids[at] < 0 && next < chain.count && chain.ids[next] < 0) {
        next = chain.next[next];
      }
      sink.add(
          word.substring(chain.starts[at], chain.starts[next]),
          chain.starts[at],
          chain.starts[next]);
      at = next;
    }
  }

  /// Gives a letter by its bytes, where all of them are pieces.
  private boolean spelled(String word, Chain chain, int at, Sink sink) {
    int start = chain.starts[at];
    int end = chain.starts[chain.next[at]];
    return spelled(word, start, end, vocabulary, sink);
  }

  /// Gives a part of a word by its bytes, where all of them are pieces.
  static boolean spelled(
      String word, int start, int end, Vocabulary vocabulary, Subwords.Pieces.Sink sink) {
    byte[] bytes = word.substring(start, end).getBytes(StandardCharsets.UTF_8);
    for (byte b : bytes) {
      if (!vocabulary.contains(Bytes.name(b))) {
        return false;
      }
    }
    for (byte b : bytes) {
      sink.add(Bytes.name(b), start, end);
    }
    return true;
  }

  /// The pieces of a word, each linked to the next.
  private final class Chain {
    final int[] ids; // −1 for a letter that is unknown
    final int[] starts; // and at the end the word's length
    final int[] next;
    final int[] previous;
    final int count; // of letters

    Chain(String word) {
      count = word.codePointCount(0, word.length());
      ids = new int[count];
      starts = new int[count + 1];
      next = new int[count];
      previous = new int[count];
      int at = 0;
      for (int i = 0; i < count; i++) {
        int end = at + Character.charCount(word.codePointAt(at));
        String letter = word.substring(at, end);
        ids[i] = vocabulary.contains(letter) ? vocabulary.id(letter) : -1;
        starts[i] = at;
        next[i] = i + 1;
        previous[i] = i - 1;
        at = end;
      }
      starts[count] = at;
    }

    private int rankAt(int at) {
      return next[at] < count ? rank(ids[at], ids[next[at]]) : -1;
    }

    private void mergeAt(int at, int rank) {
      int gone = next[at];
      ids[at] = results[rank];
      next[at] = next[gone];
      if (next[at] < count) {
        previous[next[at]] = at;
      }
      ids[gone] = -2; // no piece begins there
    }

    void merge() {
      while (true) {
        int best = -1;
        int where = -1;
        for (int at = 0; at < count; at = next[at]) {
          int rank = rankAt(at);
          if (rank >= 0 && (best < 0 || rank < best)) {
            best = rank;
            where = at;
          }
        }
        if (best < 0) {
          return;
        }
        mergeAt(where, best);
      }
    }

    void mergeLong() {
      var queue = new PriorityQueue<Long>(); // rank above, place below
      for (int at = 0; at < count; at++) {
        offer(queue, at);
      }
      for (Long top = queue.poll(); top != null; top = queue.poll()) {
        int at = (int) (top & Integer.MAX_VALUE);
        int rank = (int) (top >>> 32);
        if (ids[at] >= 0 && rankAt(at) == rank) {
          mergeAt(at, rank);
          offer(queue, at);
          if (previous[at] >= 0) {
            offer(queue, previous[at]);
          }
        }
      }
    }

    private void offer(PriorityQueue<Long> queue, int at) {
      int rank = rankAt(at);
      if (rank >= 0) {
        queue.add((long) rank << 32 | at);
      }
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
    return Json.object()
        .with("merges", merges)
        .with("fuse", options.fuse)
        .with("bytes", options.bytes)
        .with("whole", options.whole);
  }

  static Bpe of(JsonObject settings, Vocabulary vocabulary) {
    int[] merges = settings.array("merges").wholeNumbers(0, vocabulary.size() - 1);
    if (merges.length % 2 != 0) {
      throw new TextException(
          "merges: expected two ids each, got %d in all; make it anew".formatted(merges.length));
    }
    return new Bpe(
        vocabulary,
        merges,
        new Options(settings.flag("fuse"), settings.flag("bytes"), settings.flag("whole")));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bpe that
        && vocabulary.equals(that.vocabulary)
        && Arrays.equals(merges, that.merges)
        && options.equals(that.options);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(merges);
  }
}
