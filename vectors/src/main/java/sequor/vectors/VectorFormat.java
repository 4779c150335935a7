package sequor.vectors;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ServiceLoader;
import sequor.settings.Choices;
import sequor.settings.Named;

/// A kind of file that holds word vectors. One of your own is a service: a public class with a
/// public constructor without arguments, and a line `provides sequor.vectors.VectorFormat with …`
/// (or a file in `META-INF/services`).
public interface VectorFormat extends Named {
  /// Whether a file is of this kind, by how it begins and not by its name. Of all formats at most
  /// one says so.
  boolean fits(FileHead head);

  /// Reads a file that is of this kind.
  ///
  /// @param in from the file's first byte on, unpacked
  /// @throws VectorsException if it does not hold what it should
  WordVectors read(VectorInput in, VectorReading reading) throws IOException;

  /// Writes vectors as a file of this kind.
  ///
  /// @throws VectorsException if such a file cannot hold them
  void write(WordVectors vectors, OutputStream out) throws IOException;

  /// All there are.
  static Choices<VectorFormat> all() {
    return Choices.of("vector format", ServiceLoader.load(VectorFormat.class));
  }
}
