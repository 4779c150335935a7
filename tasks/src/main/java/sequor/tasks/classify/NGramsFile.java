package sequor.tasks.classify;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import sequor.AtomicFile;
import sequor.FileException;
import sequor.tasks.TaskException;

/// The n-grams of a classifier on disk: counts or weights, and never a text.
///
/// ```
/// magic(4) version(1)       "sqNB" NaiveBayesBytes, "sqLR" LogisticBytes
/// the model
/// crc32c(8)
/// ```
final class NGramsFile {
  private static final int NAIVE_BAYES = 0x73714E42; // sqNB
  private static final int LOGISTIC = 0x73714C52; // sqLR
  private static final int VERSION = 1;

  private final Path path;

  NGramsFile(Path path) {
    this.path = path;
  }

  void write(NGramModel model) {
    AtomicFile.write(
        path,
        stream -> {
          var crc = new CRC32C();
          var out = new DataOutputStream(new CheckedOutputStream(stream, crc));
          write(model, out);
          out.flush();
          long sum = crc.getValue();
          out.writeLong(sum);
          out.flush();
        });
  }

  private static void write(NGramModel model, DataOutputStream out) throws IOException {
    switch (model) {
      case NaiveBayes counts -> {
        out.writeInt(NAIVE_BAYES);
        out.writeByte(VERSION);
        NaiveBayesBytes.write(counts, out);
      }
      case LogisticNGrams regression -> {
        out.writeInt(LOGISTIC);
        out.writeByte(VERSION);
        LogisticBytes.write(regression, out);
      }
    }
  }

  /// @param classes how many the model has
  /// @throws TaskException if the file is damaged, or of another model
  NGramModel read(int classes) {
    try (var file = Files.newInputStream(path)) {
      var crc = new CRC32C();
      var in =
          new DataInputStream(new CheckedInputStream(new BufferedInputStream(file, 1 << 16), crc));
      var model = read(in, classes, Files.size(path));
      long sum = crc.getValue();
      if (in.readLong() != sum || in.read() >= 0) {
        throw damaged("another checksum");
      }
      return model;
    } catch (DamagedException e) {
      throw damaged(String.valueOf(e.getMessage()));
    } catch (EOFException e) {
      throw damaged("its end too early");
    } catch (IOException e) {
      throw FileException.unreadable(path, e);
    }
  }

  private static NGramModel read(DataInputStream in, int classes, long bytes) throws IOException {
    int kind = in.readInt();
    if (in.readUnsignedByte() != VERSION) {
      throw new DamagedException("another version");
    }
    return switch (kind) {
      case NAIVE_BAYES -> NaiveBayesBytes.read(in, classes, bytes);
      case LOGISTIC -> LogisticBytes.read(in, classes, bytes);
      default -> throw new DamagedException("another kind of file");
    };
  }

  /// What is wrong with the bytes of a model.
  static final class DamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedException(String what) {
      super(what);
    }
  }

  private TaskException damaged(String what) {
    return new TaskException(
        "%s: expected the n-grams of this model, got %s; copy it again, or train it again"
            .formatted(path, what));
  }
}
