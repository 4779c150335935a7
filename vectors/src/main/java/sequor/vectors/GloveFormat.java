package sequor.vectors;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/// Lines of a word and its numbers, and nothing else. How many numbers these are follows from the
/// first line.
public record GloveFormat() implements VectorFormat {
  static final String NAME = "glove";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "GloVe's text: words and numbers";
  }

  @Override
  public boolean fits(FileHead head) {
    return head.isText() && head.header().isEmpty() && TextRows.numbersAtEnd(head.firstLine()) > 0;
  }

  @Override
  public WordVectors read(VectorInput in, VectorReading reading) throws IOException {
    int dimension = TextRows.numbersAtEnd(in.head().firstLine());
    return new TextRows(in, reading, dimension).read(NAME, Optional.empty());
  }

  @Override
  public void write(WordVectors vectors, OutputStream out) throws IOException {
    TextRows.write(vectors, out);
  }
}
