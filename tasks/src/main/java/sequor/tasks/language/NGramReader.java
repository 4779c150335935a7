package sequor.tasks.language;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import sequor.tasks.TaskException;
import sequor.tasks.language.NGramCounts.Sizes;

/// Reads an [NGramFile] once from its start: first to check it as a whole, then for what it holds.
final class NGramReader {
  private static final int BITS = 7; // of a number in each byte of a varint
  private static final int MORE = 1 << BITS;
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final long size;
  private final CheckedInputStream checked;
  private final DataInputStream in;

  /// @param size the file's, in bytes
  NGramReader(Path file, long size, InputStream in) {
    this.file = file;
    this.size = size;
    this.checked = new CheckedInputStream(in, new CRC32C());
    this.in = new DataInputStream(checked);
  }

  /// Checks the file's kind, version and checksum.
  void check() throws IOException {
    long least = NGramFile.HEADER_BYTES + NGramFile.CHECKSUM_BYTES;
    if (size < least) {
      throw damaged("at least " + least + " bytes", size);
    }
    if (in.readLong() != NGramFile.MAGIC) {
      throw wrong("n-gram counts (SQRNGRAM)", "another kind of file", "copy the model again");
    }
    int version = in.readInt();
    if (version != NGramFile.VERSION) {
      throw wrong(
          "version " + NGramFile.VERSION,
          version,
          "load it with the version of Sequor that wrote it");
    }
    skip(size - Long.BYTES - Integer.BYTES - NGramFile.CHECKSUM_BYTES);
    int found = (int) checked.getChecksum().getValue();
    int written = in.readInt();
    if (found != written) {
      throw damaged("the checksum %08x".formatted(written), "%08x".formatted(found));
    }
  }

  private void skip(long bytes) throws IOException {
    byte[] piece = new byte[BUFFER];
    for (long left = bytes; left > 0; left -= BUFFER) {
      in.readFully(piece, 0, (int) Math.min(BUFFER, left));
    }
  }

  /// Reads a file that [#check] found whole; whoever made it may still have made it up.
  NGramFile read(int vocabularySize) throws IOException {
    in.skipNBytes(Long.BYTES + Integer.BYTES);
    int order = inside("an order", in.readInt(), 1, Sizes.MOST_ORDER);
    int tokens = in.readInt();
    if (tokens != vocabularySize) {
      throw wrong(
          "n-grams of the model's %d tokens".formatted(vocabularySize),
          "of " + tokens,
          "copy the model again: its files belong to different models");
    }
    double share = in.readDouble();
    if (!(share > 0 && share < 1)) {
      throw damaged("a share above 0 and below 1", share);
    }
    int contexts = inside("a number of contexts", in.readInt(), 1, Integer.MAX_VALUE - 8);
    int entries = inside("a number of entries", in.readInt(), 0, Integer.MAX_VALUE - 8);
    // A context has its token, but for the root, and how many entries; an entry its token and N.
    long least =
        NGramFile.HEADER_BYTES + 2L * contexts - 1 + 2L * entries + NGramFile.CHECKSUM_BYTES;
    if (least > size) {
      throw damaged(
          "at least %d bytes for %d contexts and %d entries".formatted(least, contexts, entries),
          size);
    }
    return new NGramFile(counts(new Sizes(order, vocabularySize), contexts, entries), share);
  }

  private NGramCounts counts(Sizes sizes, int contexts, int entries) throws IOException {
    int[] older = new int[contexts];
    int[] childStart = new int[contexts + 1];
    int[] entryStart = new int[contexts + 1];
    int[] tokens = new int[entries];
    int[] counts = new int[entries];
    childStart[0] = 1;
    int depth = 0;
    int levelEnd = 1;
    for (int c = 0; c < contexts; c++) {
      int child = childStart[c];
      if (c == levelEnd) {
        depth++;
        levelEnd = child;
      }
      if (c == child) {
        throw damaged(contexts + " contexts", c);
      }
      int children = depth == sizes.order() - 1 ? 0 : varint(contexts - child);
      for (int least = 0; child < childStart[c] + children; child++) {
        older[child] = least + varint(sizes.vocabularySize() - least); // V is the start
        least = older[child] + 1;
      }
      childStart[c + 1] = child;
      int entry = entryStart[c];
      int own = varint(entries - entry);
      for (int least = 0; entry < entryStart[c] + own; entry++) {
        tokens[entry] = least + varint(sizes.vocabularySize() - 1 - least);
        counts[entry] = varint(Integer.MAX_VALUE - 1) + 1;
        least = tokens[entry] + 1;
      }
      entryStart[c + 1] = entry;
    }
    if (childStart[contexts] != contexts || entryStart[contexts] != entries) {
      throw damaged(
          "%d contexts and %d entries".formatted(contexts, entries),
          "%d and %d".formatted(childStart[contexts], entryStart[contexts]));
    }
    in.readInt(); // the checksum
    if (in.read() >= 0) {
      throw damaged("nothing after the last context", "more bytes");
    }
    return new NGramCounts(sizes, older, childStart, entryStart, tokens, counts);
  }

  /// A number of 0 to `most`; -1 as `most` says that there is room for none.
  private int varint(int most) throws IOException {
    long value = 0;
    int shift = 0;
    int next = MORE;
    for (; next >= MORE && shift < Integer.SIZE; shift += BITS) {
      next = in.readUnsignedByte();
      value |= (long) (next % MORE) << shift;
    }
    if (next >= MORE || value > most) {
      throw damaged(
          most < 0 ? "no more tokens in a context" : "a number of 0 to " + most,
          next >= MORE ? "one without an end" : value);
    }
    return (int) value;
  }

  private int inside(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw damaged("%s of %d to %d".formatted(what, least, most), value);
    }
    return value;
  }

  private TaskException damaged(String expected, Object found) {
    return wrong(expected, found, "the file is damaged: copy or train the model again");
  }

  private TaskException wrong(String expected, Object found, String advice) {
    return new TaskException(
        "%s: expected %s, got %s; %s".formatted(file, expected, found, advice));
  }
}
