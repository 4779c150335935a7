package sequor.vectors;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A line that says how many words and numbers there are, and lines of a word and its numbers: the
/// text of word2vec, and fastText's `.vec`.
public record Word2vecFormat() implements VectorFormat {
  static final String NAME = "word2vec";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "word2vec's text, and fastText's .vec";
  }

  @Override
  public boolean fits(FileHead head) {
    return head.header().isPresent() && head.isTextAfterHeader(head.header().get().dimension());
  }

  @Override
  public WordVectors read(VectorInput in, VectorReading reading) throws IOException {
    var header = in.head().header().orElseThrow();
    in.nextLine();
    return new TextRows(in, reading, header.dimension()).read(NAME, Optional.of(header.count()));
  }

  @Override
  public void write(WordVectors vectors, OutputStream out) throws IOException {
    out.write(header(vectors));
    TextRows.write(vectors, out);
  }

  static byte[] header(WordVectors vectors) {
    return (vectors.size() + " " + vectors.dimension() + "\n").getBytes(StandardCharsets.US_ASCII);
  }
}
