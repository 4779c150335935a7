package sequor.vectors;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Writes a skip-gram model as fastText's `.bin`, which fastText reads too. Its output vectors,
/// which only training needs, are 0.
final class FastTextWriter {
  private static final int SKIP_GRAM = 2;
  private static final int NEGATIVE_SAMPLING = 2;

  private final SubwordTable table;
  private final int dimension;

  FastTextWriter(SubwordTable table, int dimension) {
    this.table = table;
    this.dimension = dimension;
  }

  void write(OutputStream out) throws IOException {
    header(out);
    dictionary(out);
    int words = table.wordCount();
    matrix(out, words + table.subwords().buckets(), table.input());
    matrix(out, words, (row, into, at) -> {}); // stays 0
  }

  private static ByteBuffer over(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void header(OutputStream out) throws IOException {
    var subwords = table.subwords();
    int[] numbers = {
      FastTextHeader.MAGIC,
      FastTextHeader.VERSION,
      dimension,
      5, // window
      5, // epochs
      1, // least count
      5, // negatives
      1, // word n-grams
      NEGATIVE_SAMPLING,
      SKIP_GRAM,
      subwords.buckets(),
      subwords.shortest(),
      subwords.longest(),
      100 // tokens after which the rate changes
    };
    byte[] bytes = new byte[Integer.BYTES * numbers.length + Double.BYTES];
    var buffer = over(bytes);
    for (int number : numbers) {
      buffer.putInt(number);
    }
    buffer.putDouble(1e-4); // threshold of sampling
    out.write(bytes);
  }

  private void dictionary(OutputStream out) throws IOException {
    int words = table.wordCount();
    long tokens = 0;
    for (int word = 0; word < words; word++) {
      tokens += table.count(word);
    }
    byte[] sizes = new byte[3 * Integer.BYTES + 2 * Long.BYTES];
    over(sizes).putInt(words).putInt(words).putInt(0).putLong(tokens).putLong(-1);
    out.write(sizes);
    byte[] behind = new byte[2 + Long.BYTES]; // NUL, a count, and 0 for a word
    for (int word = 0; word < words; word++) {
      byte[] spelling = table.spelling(word);
      for (byte b : spelling) {
        if (b == 0) {
          throw new VectorsException(
              "word vectors: expected words without the character NUL, which ends a word in"
                  + " fastText's file, got one in word %,d; replace it".formatted(word));
        }
      }
      out.write(spelling);
      over(behind).putLong(1, table.count(word));
      out.write(behind);
    }
  }

  private void matrix(OutputStream out, int rows, Rows values) throws IOException {
    byte[] size = new byte[1 + 2 * Long.BYTES]; // 0 for a matrix that is not quantised
    over(size).putLong(1, rows).putLong(1 + Long.BYTES, dimension);
    out.write(size);
    float[] row = new float[dimension];
    byte[] bytes = new byte[Float.BYTES * dimension];
    for (int i = 0; i < rows; i++) {
      values.copy(i, row, 0);
      over(bytes).asFloatBuffer().put(row);
      out.write(bytes);
    }
  }
}
