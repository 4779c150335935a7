package sequor.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// All ways to cut a word into pieces. Letters that are no piece are gone over for nothing.
final class Lattice {
  private final Trie trie;
  private final double[] scores;

  /// @param scores the log-probability of each piece
  Lattice(Trie trie, double[] scores) {
    this.trie = trie;
    this.scores = scores;
  }

  /// What stands between two places.
  private interface Edges {
    /// @param piece −1 for a letter that is none
    void at(int start, int end, int piece);
  }

  private void each(String word, int start, Edges edges) {
    int letter = start + Character.charCount(word.codePointAt(start));
    boolean known = false;
    int node = 0;
    for (int end = start + 1; end <= word.length(); end++) {
      node = trie.next(node, word.charAt(end - 1));
      if (node < 0) {
        break;
      }
      if (trie.value(node) >= 0) {
        known |= end == letter;
        edges.at(start, end, trie.value(node));
      }
    }
    if (!known) {
      edges.at(start, letter, -1);
    }
  }

  private double score(int piece) {
    return piece < 0 ? 0 : scores[piece];
  }

  /// Adds to each piece how often it is expected in so many of that word.
  void expect(String word, long times, double[] expected) {
    int length = word.length();
    double[] before = new double[length + 1]; // log of the sum of all ways up to a place
    double[] behind = new double[length + 1]; // and from it
    Arrays.fill(before, Double.NEGATIVE_INFINITY);
    Arrays.fill(behind, Double.NEGATIVE_INFINITY);
    before[0] = 0;
    behind[length] = 0;
    for (int start = 0; start < length; start++) {
      if (before[start] > Double.NEGATIVE_INFINITY) {
        each(
            word,
            start,
            (from, to, piece) -> before[to] = sum(before[to], before[from] + score(piece)));
      }
    }
    for (int start = length - 1; start >= 0; start--) {
      if (before[start] > Double.NEGATIVE_INFINITY) {
        each(
            word,
            start,
            (from, to, piece) -> behind[from] = sum(behind[from], behind[to] + score(piece)));
      }
    }
    double all = before[length];
    for (int start = 0; start < length; start++) {
      if (before[start] > Double.NEGATIVE_INFINITY) {
        each(
            word,
            start,
            (from, to, piece) -> {
              if (piece >= 0) {
                expected[piece] +=
                    times * StrictMath.exp(before[from] + scores[piece] + behind[to] - all);
              }
            });
      }
    }
  }

  /// log(exp a + exp b)
  private static double sum(double a, double b) {
    double larger = Math.max(a, b);
    double smaller = Math.min(a, b);
    return smaller == Double.NEGATIVE_INFINITY || larger - smaller > 50
        ? larger
        : larger + StrictMath.log1p(StrictMath.exp(smaller - larger));
  }

  /// The pieces of the most probable way.
  ///
  /// @param without a piece that may not be used; −1 for none
  List<Integer> best(String word, int without) {
    double[] best = new double[word.length() + 1];
    int[] starts = new int[word.length() + 1];
    int[] last = new int[word.length() + 1];
    Arrays.fill(best, Double.NEGATIVE_INFINITY);
    best[0] = 0;
    for (int start = 0; start < word.length(); start++) {
      if (best[start] > Double.NEGATIVE_INFINITY) {
        each(
            word,
            start,
            (from, to, piece) -> {
              double score = best[from] + score(piece);
              if (score > best[to] && (piece < 0 || piece != without)) {
                best[to] = score;
                starts[to] = from;
                last[to] = piece;
              }
            });
      }
    }
    var pieces = new ArrayList<Integer>();
    for (int end = word.length(); end > 0; end = starts[end]) {
      if (last[end] >= 0) {
        pieces.add(last[end]);
      }
    }
    Collections.reverse(pieces);
    return pieces;
  }
}
