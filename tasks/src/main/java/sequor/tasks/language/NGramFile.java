package sequor.tasks.language;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import sequor.AtomicFile;
import sequor.FileException;
import sequor.tasks.TaskException;

/// The file `ngrams.bin`: the counts of an n-gram model, and how much it speaks along.
///
/// ```
/// 8 bytes   "SQRNGRAM"
/// int32     1, the version of the format
/// int32     order, the longest n-gram
/// int32     V, the number of tokens
/// float64   λ, the share, above 0 and below 1
/// int32     C, the number of contexts
/// int32     E, the number of entries
/// C times   what follows a context, in the order of NGramCounts:
///             how many children, and their older tokens (not at the longest contexts)
///             how many entries, then of each its token and N − 1
/// int32     CRC32C of all before it
/// ```
///
/// Fixed numbers are big-endian; the others are varints: 7 bits a byte, the lowest first, the
/// highest bit set where more follow. Of tokens, which ascend, the first stands as it is, every
/// other as its distance to the one before, less 1. The same counts give the same bytes.
///
/// @param share λ
record NGramFile(NGramCounts counts, double share) {
  static final long MAGIC = 0x5351524e4752414dL; // "SQRNGRAM"
  static final int VERSION = 1;
  static final int HEADER_BYTES = 36;
  static final int CHECKSUM_BYTES = Integer.BYTES;

  /// Writes it, atomically.
  ///
  /// @throws sequor.store.StoreException if that fails; then the file is as it was before
  void write(Path file) {
    AtomicFile.write(file, this::writeTo);
  }

  private void writeTo(OutputStream file) throws IOException {
    var checked = new CheckedOutputStream(file, new CRC32C());
    var out = new DataOutputStream(new BufferedOutputStream(checked));
    out.writeLong(MAGIC);
    out.writeInt(VERSION);
    out.writeInt(counts.sizes.order());
    out.writeInt(counts.sizes.vocabularySize());
    out.writeDouble(share);
    out.writeInt(counts.contexts());
    out.writeInt(counts.entries());
    int longest = counts.levelStart(counts.sizes.order() - 1);
    for (int c = 0; c < counts.contexts(); c++) {
      if (c < longest) {
        writeChildren(c, out);
      }
      writeEntries(c, out);
    }
    out.flush();
    out.writeInt((int) checked.getChecksum().getValue());
    out.flush();
  }

  private void writeChildren(int context, OutputStream out) throws IOException {
    int from = counts.childStart[context];
    int to = counts.childStart[context + 1];
    writeVarint(to - from, out);
    int least = 0; // that the next token may be
    for (int child = from; child < to; child++) {
      writeVarint(counts.older[child] - least, out);
      least = counts.older[child] + 1;
    }
  }

  private void writeEntries(int context, OutputStream out) throws IOException {
    int from = counts.entryStart[context];
    int to = counts.entryStart[context + 1];
    writeVarint(to - from, out);
    int least = 0;
    for (int e = from; e < to; e++) {
      writeVarint(counts.tokens[e] - least, out);
      writeVarint(counts.counts[e] - 1, out);
      least = counts.tokens[e] + 1;
    }
  }

  private static void writeVarint(int value, OutputStream out) throws IOException {
    int rest = value;
    for (; rest > 0x7f; rest >>>= 7) {
      out.write((rest & 0x7f) | 0x80);
    }
    out.write(rest);
  }

  /// Reads a file. Nothing in it is trusted: its checksum is compared first, then every size before
  /// memory is taken for it, which is at most 14 times the file's own size.
  ///
  /// @param vocabularySize V of the model that it belongs to
  /// @throws TaskException if it is damaged, of another version or another vocabulary
  /// @throws FileException if it cannot be read
  static NGramFile read(Path file, int vocabularySize) {
    try {
      long size = Files.size(file);
      try (var in = open(file)) {
        new NGramReader(file, size, in).check();
      }
      try (var in = open(file)) {
        return new NGramReader(file, size, in).read(vocabularySize);
      }
    } catch (EOFException e) {
      throw new TaskException(
          "%s: expected as much as it says, got its end; the file is damaged: copy or train the model"
                  .formatted(file)
              + " again",
          e);
    } catch (IOException e) {
      throw FileException.unreadable(file, e);
    }
  }

  private static InputStream open(Path file) throws IOException {
    return new BufferedInputStream(Files.newInputStream(file), 1 << 16);
  }
}
