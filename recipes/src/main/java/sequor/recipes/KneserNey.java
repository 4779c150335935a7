package sequor.recipes;

import java.util.Arrays;
import java.util.List;
import sequor.recipes.internal.PairTable;

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
/// contexts of a position lie on one path from the root.
public final class KneserNey {
  private static final int ROOT = 0;
  private static final int DISCOUNTS = 3; // for 1, 2, and 3 or more

  private final int order;
  private final int vocabularySize;
  private final int start; // stands before the first token, is never predicted
  private final PairTable children = new PairTable(); // (context, older token) → context
  private final PairTable counts = new PairTable(); // (context, next token) → N
  private byte[] depth = new byte[1024]; // of each context
  private long[] totals = new long[0]; // N(c)
  private double[] gamma = new double[0]; // γ(c)
  private final double[][] discounts; // [depth][N, at most 3]

  private KneserNey(int order, int vocabularySize) {
    if (order < 1 || order > Byte.MAX_VALUE) {
      throw new IllegalArgumentException(
          "Kneser-Ney: order %d — give 1 to %d, such as 5".formatted(order, Byte.MAX_VALUE));
    }
    if (vocabularySize < 1) {
      throw new IllegalArgumentException(
          "Kneser-Ney: vocabulary of %d — give the number of tokens".formatted(vocabularySize));
    }
    this.order = order;
    this.vocabularySize = vocabularySize;
    this.start = vocabularySize;
    this.discounts = new double[order][];
  }

  /// Counts the n-grams of sequences. A mark for the end is a token like any other: put it there.
  ///
  /// @param order the longest n-gram, 5 for names, 8 for a book
  /// @param vocabularySize V; tokens are numbered from 0
  public static KneserNey train(int order, int vocabularySize, List<int[]> sequences) {
    var model = new KneserNey(order, vocabularySize);
    for (int[] sequence : sequences) {
      model.count(sequence);
    }
    model.estimateDiscounts();
    model.sum();
    return model;
  }

  public int order() {
    return order;
  }

  /// The probability of a token after the tokens of its sequence so far.
  public double probability(int[] history, int token) {
    checkToken(token);
    checkTokens(history);
    return along(path(history, history.length), token);
  }

  /// The probability of every token (V) after the tokens of the sequence so far.
  public double[] distribution(int[] history) {
    checkTokens(history);
    int[] path = path(history, history.length);
    double[] probabilities = new double[vocabularySize];
    Arrays.setAll(probabilities, token -> along(path, token));
    return probabilities;
  }

  /// The mean of −log p over all tokens of these sequences, their end marks included.
  public double nats(List<int[]> sequences) {
    double sum = 0;
    long tokens = 0;
    for (int[] sequence : sequences) {
      checkTokens(sequence);
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

  private void count(int[] sequence) {
    checkTokens(sequence);
    int[] path = new int[order];
    for (int i = 0; i < sequence.length; i++) {
      int length = grow(sequence, i, path);
      // An entry that is new is one more kind of "v c w" for the context one shorter.
      for (int k = length - 1; k >= 0 && counts.add(path[k], sequence[i], 1) == 1; k--) {}
    }
  }

  /// The contexts of position `i`, made where missing, the empty one first; returns how many.
  private int grow(int[] sequence, int i, int[] path) {
    path[0] = ROOT;
    int length = 1;
    for (; length < order && i - length >= -1; length++) {
      int fresh = children.size() + 1;
      int child = children.putIfAbsent(path[length - 1], older(sequence, i - length), fresh);
      if (child == fresh) {
        depth = fresh < depth.length ? depth : Arrays.copyOf(depth, 2 * fresh);
        depth[fresh] = (byte) length;
      }
      path[length] = child;
    }
    return length;
  }

  /// The contexts of position `i` that were seen in training, the empty one first.
  private int[] path(int[] sequence, int i) {
    int[] path = new int[order];
    int length = 1;
    for (; length < order && i - length >= -1; length++) {
      int child = children.get(path[length - 1], older(sequence, i - length));
      if (child == PairTable.NONE) {
        break;
      }
      path[length] = child;
    }
    return Arrays.copyOf(path, length);
  }

  private int older(int[] sequence, int i) {
    return i < 0 ? start : sequence[i];
  }

  private double along(int[] path, int token) {
    double p = 1.0 / vocabularySize;
    for (int context : path) {
      if (totals[context] == 0) {
        continue; // only where nothing was trained
      }
      int count = counts.get(context, token);
      double kept = count == PairTable.NONE ? 0 : count - discount(context, count);
      p = kept / totals[context] + gamma[context] * p;
    }
    return p;
  }

  private double discount(int context, int count) {
    return discounts[depth[context]][Math.min(count, DISCOUNTS)];
  }

  private void estimateDiscounts() {
    long[][] n = new long[order][DISCOUNTS + 2]; // n[depth][i]: entries with N = i
    counts.forEach(
        (context, token, count) -> {
          if (count <= DISCOUNTS + 1) {
            n[depth[context]][count]++;
          }
        });
    for (int k = 0; k < order; k++) {
      discounts[k] = discounts(n[k]);
    }
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

  private void sum() {
    int contexts = children.size() + 1;
    depth = Arrays.copyOf(depth, contexts);
    totals = new long[contexts];
    gamma = new double[contexts];
    counts.forEach(
        (context, token, count) -> {
          totals[context] += count;
          gamma[context] += discount(context, count);
        });
    for (int c = 0; c < contexts; c++) {
      gamma[c] /= Math.max(1, totals[c]);
    }
  }

  private void checkTokens(int[] tokens) {
    for (int token : tokens) {
      checkToken(token);
    }
  }

  private void checkToken(int token) {
    if (token < 0 || token >= vocabularySize) {
      throw new IllegalArgumentException(
          "Kneser-Ney: token %d — the tokens here are 0 to %d; was it made by another vocabulary?"
              .formatted(token, vocabularySize - 1));
    }
  }
}
