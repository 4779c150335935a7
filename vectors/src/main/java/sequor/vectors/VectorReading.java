package sequor.vectors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import sequor.FileException;
import sequor.WrongFile;

/// What is to be read of a file of word vectors.
///
/// ```java
/// var vectors = VectorReading.of(file).only(words).first(100_000).lenient().read();
/// ```
///
/// @param wanted the only words to keep; none for all
/// @param most how many words of the file to read, which are its most frequent ones
/// @param isLenient whether rows that are wrong are left out, and a wrong count is taken as it is
public record VectorReading(Path file, Optional<Set<String>> wanted, int most, boolean isLenient) {
  /// All of a file.
  public static VectorReading of(Path file) {
    return new VectorReading(file, Optional.empty(), Integer.MAX_VALUE, false);
  }

  /// These words alone, which costs the memory of these.
  public VectorReading only(Set<String> words) {
    return new VectorReading(file, Optional.of(words), most, isLenient);
  }

  /// The first words of the file alone.
  public VectorReading first(int count) {
    return new VectorReading(file, wanted, count, isLenient);
  }

  /// Leaves out rows that are wrong, and takes the words that there are where the first line speaks
  /// of others; [WordVectors#notices] say how many.
  public VectorReading lenient() {
    return new VectorReading(file, wanted, most, true);
  }

  boolean wants(String word) {
    return wanted.isEmpty() || wanted.get().contains(word);
  }

  /// Reads it, in the format that its content has.
  ///
  /// @throws VectorsException if it does not hold word vectors, with the line
  /// @throws FileException if it cannot be read
  public WordVectors read() {
    if (Files.isDirectory(file)) {
      throw new VectorsException(
          "%s: expected a file of word vectors, got a folder; name a file in it".formatted(file));
    }
    try (var in = VectorInput.open(file)) {
      var head = in.head();
      for (var format : VectorFormat.all().all()) {
        if (format.fits(head)) {
          return format.read(in, this);
        }
      }
      throw unknown(head);
    } catch (IOException e) {
      throw FileException.unreadable(file, e);
    }
  }

  private VectorsException unknown(FileHead head) {
    var known = WrongFile.of(head.latin(), "unpack or convert it");
    return new VectorsException(
        "%s: expected word vectors of GloVe, word2vec or fastText, got %s; %s"
            .formatted(
                file,
                known.map(WrongFile::what).orElse("a file of another kind"),
                known.map(WrongFile::advice).orElse("name another file")));
  }

  /// An error about the file.
  VectorsException wrong(String message, Object... arguments) {
    return new VectorsException(file + ": " + message.formatted(arguments));
  }

  /// An error about what stands at a byte of it, from 0; of a gzipped one when it is unpacked.
  VectorsException wrongAt(long offset, String message, Object... arguments) {
    return new VectorsException(
        "%s, byte %,d: %s".formatted(file, offset, message.formatted(arguments)));
  }

  /// An error about a line of it.
  VectorsException wrong(long line, String message, Object... arguments) {
    return new VectorsException(file + ":" + line + ": " + message.formatted(arguments));
  }
}
