package sequor.tasks.language;

import static sequor.tasks.language.NGramCounts.NONE;
import static sequor.tasks.language.NGramCounts.ROOT;

import java.util.Arrays;
import java.util.List;
import sequor.tasks.TaskException;

/// Interpolated modified Kneser-Ney n-gram model over token numbers: the floor of language models.
///
/// ```
/// p(w|c) = max(N(c w) − D(N(c w)), 0) / N(c) + γ(c) · p(w|c')
/// γ(c)   = Σ_w D(N(c w)) / N(c)        so that the probabilities sum to 1
/// ```
///
/// The context c is the last `order − 1` tokens, c' is c without its oldest one; below the empty
/// context stands 1/V. For the longest contexts, N(c w) is how often w followed c. For the shorter
/// ones it is how many different tokens v were seen before c w, for a token that follows only one
/// word tells little about any other. A context that reaches back to the start of its sequence has
/// nothing before it and counts occurrences too. N(c) is the sum over w.
///
/// Three discounts a context length, from n_i, the number of entries with N = i:
///
/// ```
/// Y = n1 / (n1 + 2 n2),   D(i) = i − (i + 1) · Y · n_(i+1) / n_i   for i = 1, 2 and 3 or more
/// ```
///
/// Source: Chen and Goodman, *An empirical study of smoothing techniques for language modeling*
/// (1998), section 3; Heafield et al., *Scalable modified Kneser-Ney language model estimation*
/// (2013), section 3, for the start of a sequence.
///
/// Contexts are nodes of a tree that reads backwards, so that c' is the parent of c and all
/// contexts of a position lie on one path from the root. A trained model takes 8 bytes an n-gram,
/// counted once for each length, and 28 a context; training takes about three times as much. It
/// never changes and can be shared by threads.
public final class KneserNey {
  private static final int DISCOUNTS = 3; // for 1, 2, and 3 or more

  private final NGramCounts counts;
  private final int order;
  private final int vocabularySize;
  private final double[][] discounts; // [depth][N, at most 3]
  private final long[] totals; // N(c) of each context
  private final double[] gamma; // γ(c)

  private KneserNey(NGramCounts counts) {
    this.counts = counts;
    this.order = counts.sizes.order();
    this.vocabularySize = counts.sizes.vocabularySize();
    this.discounts = new double[order][];
    this.totals = new long[counts.contexts()];
    this.gamma = new double[counts.contexts()];
    for (int k = 0; k < order; k++) {
      discounts[k] = discounts(countsOfCounts(k));
      sum(k);
    }
  }

  /// Counts the n-grams of sequences. A mark for the end is a token like any other: put it there.
  ///
  /// @param order the longest n-gram, 5 for names, 8 for a book
  /// @param vocabularySize V; tokens are numbered from 0
  /// @throws TaskException if a token is not below V, or order or V is below 1
  public static KneserNey train(int order, int vocabularySize, List<int[]> sequences) {
    var counter = new NGramCounter(new NGramCounts.Sizes(order, vocabularySize));
    for (int[] sequence : sequences) {
      checkTokens(sequence, 0, sequence.length, vocabularySize);
      counter.count(sequence);
    }
    return of(counter.counts());
  }

  /// The model of these counts; the same counts give the same probabilities, bit for bit.
  static KneserNey of(NGramCounts counts) {
    return new KneserNey(counts);
  }

  NGramCounts counts() {
    return counts;
  }

  public int order() {
    return order;
  }

  /// The probability of a token after the tokens of its sequence so far, of which the last `order −
  /// 1` are read.
  public double probability(int[] history, int token) {
    checkToken(token, vocabularySize);
    return along(path(history), token);
  }

  /// The probability of every token (V) after the tokens of the sequence so far.
  public double[] distribution(int[] history) {
    double[] probabilities = new double[vocabularySize];
    distribution(history, probabilities);
    return probabilities;
  }

  /// Writes the probability of every token over `into` (V), bit for bit those of [#probability].
  ///
  /// @throws TaskException if the length of `into` is not V
  public void distribution(int[] history, double[] into) {
    if (into.length != vocabularySize) {
      throw new TaskException(
          "Kneser-Ney: expected an array of %d numbers, got one of %d; give one a token"
              .formatted(vocabularySize, into.length));
    }
    int[] path = path(history);
    Arrays.fill(into, 1.0 / vocabularySize);
    for (int k = 0; k < path.length; k++) {
      mixInto(into, path[k], discounts[k]);
    }
  }

  /// One step of the recursion for all tokens: first those that were never seen here.
  private void mixInto(double[] p, int context, double[] discount) {
    if (totals[context] == 0) {
      return;
    }
    double g = gamma[context];
    for (int v = 0; v < p.length; v++) {
      p[v] *= g;
    }
    for (int e = counts.entryStart[context]; e < counts.entryStart[context + 1]; e++) {
      p[counts.tokens[e]] += kept(e, discount) / totals[context];
    }
  }

  /// The mean of −log p over all tokens of these sequences, their end marks included.
  public double nats(List<int[]> sequences) {
    double sum = 0;
    long tokens = 0;
    for (int[] sequence : sequences) {
      checkTokens(sequence, 0, sequence.length, vocabularySize);
      for (int i = 0; i < sequence.length; i++) {
        sum -= Math.log(along(path(sequence, i), sequence[i]));
      }
      tokens += sequence.length;
    }
    return sum / tokens;
  }

  /// As a report says it.
  @Override
  public String toString() {
    return "Kneser-Ney " + order + "-gram";
  }

  private int[] path(int[] history) {
    int read = Math.min(history.length, order - 1);
    checkTokens(history, history.length - read, history.length, vocabularySize);
    return path(history, history.length);
  }

  /// The contexts of position `i` that were seen in training, the empty one first.
  private int[] path(int[] sequence, int i) {
    int[] path = new int[order];
    path[0] = ROOT;
    int length = 1;
    for (; length < order && i - length >= -1; length++) {
      int older = i == length - 1 ? vocabularySize : sequence[i - length];
      int child = counts.child(path[length - 1], older);
      if (child == NONE) {
        break;
      }
      path[length] = child;
    }
    return Arrays.copyOf(path, length);
  }

  private double along(int[] path, int token) {
    double p = 1.0 / vocabularySize;
    for (int k = 0; k < path.length; k++) {
      int context = path[k];
      if (totals[context] == 0) {
        continue; // only where nothing was trained
      }
      int entry = counts.entry(context, token);
      double kept = entry == NONE ? 0 : kept(entry, discounts[k]);
      p = kept / totals[context] + gamma[context] * p;
    }
    return p;
  }

  private double kept(int entry, double[] discount) {
    int count = counts.counts[entry];
    return count - discount[Math.min(count, DISCOUNTS)];
  }

  /// The number n_i of entries with N = i; what is above 4 shares the last place.
  private long[] countsOfCounts(int depth) {
    long[] n = new long[DISCOUNTS + 3];
    int from = counts.entryStart[counts.levelStart(depth)];
    int to = counts.entryStart[counts.levelStart(depth + 1)];
    for (int e = from; e < to; e++) {
      n[Math.min(counts.counts[e], n.length - 1)]++;
    }
    return n;
  }

  private static double[] discounts(long[] n) {
    double[] d = new double[DISCOUNTS + 1];
    double y = n[1] / (n[1] + 2.0 * n[2]);
    for (int i = 1; i <= DISCOUNTS; i++) {
      double estimate = i - (i + 1) * y * n[i + 1] / n[i];
      d[i] = estimate > 0 && estimate < i ? estimate : 0.5 * i; // too few entries to estimate it
    }
    return d;
  }

  /// N(c) and γ(c) of the contexts of a depth.
  private void sum(int depth) {
    double[] d = discounts[depth];
    for (int c = counts.levelStart(depth); c < counts.levelStart(depth + 1); c++) {
      int[] n = new int[DISCOUNTS + 1];
      for (int e = counts.entryStart[c]; e < counts.entryStart[c + 1]; e++) {
        totals[c] += counts.counts[e];
        n[Math.min(counts.counts[e], DISCOUNTS)]++;
      }
      gamma[c] = (n[1] * d[1] + n[2] * d[2] + n[3] * d[3]) / Math.max(1, totals[c]);
    }
  }

  private static void checkTokens(int[] tokens, int from, int to, int vocabularySize) {
    for (int i = from; i < to; i++) {
      checkToken(tokens[i], vocabularySize);
    }
  }

  private static void checkToken(int token, int vocabularySize) {
    if (token < 0 || token >= vocabularySize) {
      throw new TaskException(
          "Kneser-Ney: expected a token from 0 to %d, got %d; take the vocabulary it learned with"
              .formatted(vocabularySize - 1, token));
    }
  }
}
