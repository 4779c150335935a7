package sequor.vectors;

import java.io.IOException;
import java.io.OutputStream;

/// fastText's `.bin`: a whole model, of which the words, the n-grams and their input vectors are
/// read. What is not asked for stays in the file, which must stay too while the vectors are used.
///
/// A classifier's labels are no words. Quantised models are refused.
public record FastTextFormat() implements VectorFormat {
  static final String NAME = "fasttext";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "fastText's model, which answers for unseen words too";
  }

  @Override
  public boolean fits(FileHead head) {
    return head.firstInt() == FastTextHeader.MAGIC;
  }

  @Override
  public WordVectors read(VectorInput in, VectorReading reading) throws IOException {
    if (in.isPacked()) {
      throw reading.wrong(
          "expected fastText's .bin as it is, for its rows are read where they lie, got a gzipped"
              + " one; unpack it (gunzip)");
    }
    return new FastTextReader(reading).read();
  }

  @Override
  public void write(WordVectors vectors, OutputStream out) throws IOException {
    var table =
        vectors
            .table()
            .orElseThrow(
                () ->
                    new VectorsException(
                        "word vectors: expected subwords, as fastText's .bin has them, got none;"
                            + " write .vec"));
    if (table.wordCount() != vectors.size()) {
      throw new VectorsException(
          "word vectors: expected all words of the .bin that they are from, got %,d of %,d; read all"
                  .formatted(vectors.size(), table.wordCount())
              + " of them, or write .vec");
    }
    new FastTextWriter(table, vectors.dimension()).write(out);
  }
}
