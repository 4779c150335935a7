package sequor.vectors;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// word2vec's binary file: a line that says how many words and numbers there are, and of each word
/// its bytes, a space, D floats, the least byte first, and mostly a line feed.
public record Word2vecBinaryFormat() implements VectorFormat {
  static final String NAME = "word2vec_binary";
  private static final int MOST = 1 << 16; // bytes of a word

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "word2vec's binary file";
  }

  @Override
  public boolean fits(FileHead head) {
    return head.header().isPresent() && !head.isTextAfterHeader(head.header().get().dimension());
  }

  @Override
  public WordVectors read(VectorInput in, VectorReading reading) throws IOException {
    var header = in.head().header().orElseThrow();
    in.nextLine();
    var gathered = new Gathered(reading, header.dimension());
    float[] row = new float[header.dimension()];
    for (int i = 0; i < header.count() && !gathered.isFull(); i++) {
      var word = word(in, reading, i);
      if (word.isEmpty() || !in.has(Float.BYTES * row.length)) {
        break; // too few are told at the end
      }
      if (gathered.wants(word.get())) {
        copy(in, row);
        check(row, word.get(), reading, in.offset());
        gathered.add(word.get(), row);
      }
      in.skip(Float.BYTES * row.length);
    }
    return gathered.done(NAME, Optional.of(header.count()));
  }

  /// The next word; none at the end of the file.
  private static Optional<String> word(VectorInput in, VectorReading reading, int number)
      throws IOException {
    while (in.has(1) && in.bytes()[in.position()] == '\n') {
      in.skip(1);
    }
    int length = 0;
    while (in.has(length + 1) && in.bytes()[in.position() + length] != ' ') {
      if (++length > MOST) {
        throw reading.wrongAt(
            in.offset(),
            "expected word %,d to be at most %,d bytes, got a longer one; the file is damaged, or"
                + " its first line names another number of dimensions",
            number + 1,
            MOST);
      }
    }
    if (!in.has(length + 1)) {
      return Optional.empty();
    }
    var word = new String(in.bytes(), in.position(), length, StandardCharsets.UTF_8);
    in.skip(length + 1);
    return Optional.of(word);
  }

  private static void copy(VectorInput in, float[] row) {
    ByteBuffer.wrap(in.bytes(), in.position(), Float.BYTES * row.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(row);
  }

  private static void check(float[] row, String word, VectorReading reading, long offset) {
    for (float number : row) {
      if (!Float.isFinite(number)) {
        throw reading.wrongAt(
            offset,
            "expected finite numbers, got %s in the vector of \"%s\"; the file is damaged",
            number,
            word);
      }
    }
  }

  @Override
  public void write(WordVectors vectors, OutputStream out) throws IOException {
    out.write(Word2vecFormat.header(vectors));
    float[] row = new float[vectors.dimension()];
    byte[] bytes = new byte[Float.BYTES * row.length];
    var floats = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    for (int i = 0; i < vectors.size(); i++) {
      var word = vectors.words().get(i);
      if (word.isEmpty() || word.indexOf(' ') >= 0 || word.startsWith("\n")) {
        throw new VectorsException(
            "word vectors: expected words without spaces, as the binary file of word2vec has them,"
                + " got \"%s\"; replace the space, or write text".formatted(word));
      }
      out.write(word.getBytes(StandardCharsets.UTF_8));
      out.write(' ');
      vectors.copyRow(i, row, 0);
      floats.rewind().put(row);
      out.write(bytes);
      out.write('\n');
    }
  }
}
