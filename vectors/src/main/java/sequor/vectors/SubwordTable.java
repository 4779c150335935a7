package sequor.vectors;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;

/// Rows of words and of n-grams: a word's vector is the mean of its own row and of those of its
/// n-grams, an unseen word's that of its n-grams alone.
final class SubwordTable implements Rows {
  private final Subwords subwords;
  private final int dimension;
  private final int count; // of words, behind whose rows those of the buckets lie
  private final IntFunction<byte[]> spelling; // of each word
  private final IntToLongFunction counts;
  private final Rows input;

  SubwordTable(
      Subwords subwords,
      int dimension,
      int count,
      IntFunction<byte[]> spelling,
      IntToLongFunction counts,
      Rows input) {
    this.subwords = subwords;
    this.dimension = dimension;
    this.count = count;
    this.spelling = spelling;
    this.counts = counts;
    this.input = input;
  }

  static SubwordTable of(
      List<String> words, long[] counts, Subwords subwords, int dimension, Rows input) {
    var known = List.copyOf(words);
    long[] copied = counts.clone();
    return new SubwordTable(
        subwords,
        dimension,
        known.size(),
        word -> known.get(word).getBytes(StandardCharsets.UTF_8),
        word -> copied[word],
        input);
  }

  Subwords subwords() {
    return subwords;
  }

  int wordCount() {
    return count;
  }

  byte[] spelling(int word) {
    return spelling.apply(word);
  }

  long count(int word) {
    return counts.applyAsLong(word);
  }

  Rows input() {
    return input;
  }

  /// The vector of a word.
  @Override
  public void copy(int word, float[] into, int at) {
    float[] sum = new float[dimension];
    input.copy(word, sum, 0);
    int rows = 1 + add(subwords.buckets(spelling(word)), sum);
    divide(sum, rows);
    System.arraycopy(sum, 0, into, at, dimension);
  }

  /// The vector of a word that is not there, unless it has no n-gram.
  Optional<float[]> unseen(String word) {
    float[] sum = new float[dimension];
    int rows = add(subwords.buckets(word), sum);
    divide(sum, Math.max(1, rows));
    return rows == 0 ? Optional.empty() : Optional.of(sum);
  }

  /// Adds the rows of n-grams, in their order; says how many there are.
  private int add(int[] buckets, float[] sum) {
    float[] row = new float[dimension];
    for (int bucket : buckets) {
      input.copy(count + bucket, row, 0);
      for (int d = 0; d < dimension; d++) {
        sum[d] += row[d];
      }
    }
    return buckets.length;
  }

  /// As fastText does, to the bit.
  private static void divide(float[] sum, int rows) {
    float share = (float) (1.0 / rows);
    for (int d = 0; d < sum.length; d++) {
      sum[d] *= share;
    }
  }
}
