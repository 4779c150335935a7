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

/// The counts of a [NaiveBayes] on disk, and never a text.
///
/// ```
/// "sqNB" version(1)
/// words(1) shortest(1) longest(1) prior(1) smoothing(8)
/// classes(4) ngrams(4) pairs(4)
/// texts(8) of each class, totals(8) of each class
/// hash(8) of each n-gram, in the order of their numbers
/// how many classes(varint) it has, and of each its number(varint) and count(varint)
/// crc32c(8)
/// ```
final class NaiveBayesFile {
  private static final int MAGIC = 0x73714E42; // sqNB
  private static final int VERSION = 1;

  private final Path path;

  NaiveBayesFile(Path path) {
    this.path = path;
  }

  void write(NaiveBayes model) {
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

  private static void write(NaiveBayes model, DataOutputStream out) throws IOException {
    var config = model.config();
    var counts = model.counts();
    out.writeInt(MAGIC);
    out.writeByte(VERSION);
    out.writeBoolean(config.ngrams().unit() == NGrams.Unit.WORD);
    out.writeByte(config.ngrams().shortest());
    out.writeByte(config.ngrams().longest());
    out.writeBoolean(config.prior());
    out.writeDouble(config.smoothing());
    out.writeInt(counts.classCount());
    out.writeInt(counts.index().size());
    out.writeInt(counts.classes().length);
    for (int c = 0; c < counts.classCount(); c++) {
      out.writeLong(counts.texts()[c]);
      out.writeLong(counts.totals()[c]);
    }
    for (long hash : counts.index().hashes()) {
      out.writeLong(hash);
    }
    for (int f = 0; f < counts.index().size(); f++) {
      writeVarint(out, counts.starts()[f + 1] - counts.starts()[f]);
      for (int at = counts.starts()[f]; at < counts.starts()[f + 1]; at++) {
        writeVarint(out, counts.classes()[at]);
        writeVarint(out, counts.counts()[at]);
      }
    }
  }

  /// @param classes how many the model has
  /// @throws TaskException if the file is damaged, or of another model
  NaiveBayes read(int classes) {
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
    } catch (EOFException e) {
      throw damaged("its end too early");
    } catch (IOException e) {
      throw FileException.unreadable(path, e);
    }
  }

  private NaiveBayes read(DataInputStream in, int classes, long bytes) throws IOException {
    if (in.readInt() != MAGIC || in.readUnsignedByte() != VERSION) {
      throw damaged("another kind of file");
    }
    boolean words = in.readBoolean();
    int shortest = in.readUnsignedByte();
    int longest = in.readUnsignedByte();
    boolean prior = in.readBoolean();
    double smoothing = in.readDouble();
    int found = in.readInt();
    int ngrams = in.readInt();
    int pairs = in.readInt();
    boolean sound =
        shortest >= 1
            && longest >= shortest
            && smoothing > 0
            && smoothing < Double.MAX_VALUE
            && found == classes
            && ngrams >= 0
            && pairs >= ngrams
            && 16L * classes + 8L * ngrams + 2L * pairs <= bytes; // before a byte is allocated
    if (!sound) {
      throw damaged("sizes that do not fit");
    }
    var counts = counts(in, classes, ngrams, pairs);
    var kind = words ? NGrams.words(shortest, longest) : NGrams.characters(shortest, longest);
    return new NaiveBayes(new NaiveBayes.Config(kind, smoothing, prior), counts);
  }

  private ClassCounts counts(DataInputStream in, int classes, int ngrams, int pairs)
      throws IOException {
    long[] texts = new long[classes];
    long[] totals = new long[classes];
    for (int c = 0; c < classes; c++) {
      texts[c] = in.readLong();
      totals[c] = in.readLong();
    }
    var index = new NGramIndex();
    for (int f = 0; f < ngrams; f++) {
      long hash = in.readLong();
      if (hash == 0 || index.add(hash) != f) {
        throw damaged("an n-gram twice");
      }
    }
    int[] starts = new int[ngrams + 1];
    int[] numbers = new int[pairs];
    int[] counts = new int[pairs];
    int at = 0;
    for (int f = 0; f < ngrams; f++) {
      int many = readVarint(in);
      if (many < 0 || many > pairs - at) {
        throw damaged("more pairs than it says");
      }
      for (int i = 0; i < many; i++) {
        numbers[at] = readVarint(in);
        counts[at] = readVarint(in);
        if (numbers[at] < 0 || numbers[at] >= classes || counts[at] < 0) {
          throw damaged("a class that there is not");
        }
        at++;
      }
      starts[f + 1] = at;
    }
    return new ClassCounts(index, starts, numbers, counts, texts, totals);
  }

  private static void writeVarint(DataOutputStream out, int value) throws IOException {
    int rest = value;
    while ((rest & ~0x7F) != 0) {
      out.writeByte((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.writeByte(rest);
  }

  private static int readVarint(DataInputStream in) throws IOException {
    int value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int b = in.readUnsignedByte();
      value |= (b & 0x7F) << shift;
      if ((b & 0x80) == 0) {
        return value;
      }
    }
    return -1;
  }

  private TaskException damaged(String what) {
    return new TaskException(
        "%s: expected the n-gram counts of this model, got %s; copy it again, or train it again"
            .formatted(path, what));
  }
}
