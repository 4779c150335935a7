package sequor.vectors;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// The bytes of a file, line by line or in runs, gzipped or not. It holds no more of it than a
/// line.
public final class VectorInput implements Closeable {
  private static final int MOST = 1 << 26; // bytes of a line
  private static final int GZIP = 0x8b1f;

  private final Path file;
  private final boolean packed;
  private final InputStream in;
  private byte[] buffer = new byte[1 << 18];
  private int next; // byte to read
  private int end; // of what is in the buffer
  private boolean ended;
  private int start; // of the line
  private int stop;
  private long number; // of the line
  private long before; // bytes that are no longer in the buffer

  private VectorInput(Path file, InputStream in, boolean packed) {
    this.file = file;
    this.in = in;
    this.packed = packed;
  }

  static VectorInput open(Path file) throws IOException {
    boolean packed;
    try (var in = Files.newInputStream(file)) {
      byte[] magic = in.readNBytes(2);
      packed = magic.length == 2 && ((magic[0] & 0xff) | ((magic[1] & 0xff) << 8)) == GZIP;
    }
    var in = Files.newInputStream(file);
    try {
      return new VectorInput(file, packed ? new GZIPInputStream(in, 1 << 16) : in, packed);
    } catch (ZipException | EOFException e) {
      in.close();
      throw damaged(file, e);
    }
  }

  private static VectorsException damaged(Path file, IOException e) {
    return new VectorsException(
        "%s: expected a whole gzip file, got a damaged one (%s); fetch or pack it again"
            .formatted(file, e.getMessage()),
        e);
  }

  /// Whether the file is gzipped.
  public boolean isPacked() {
    return packed;
  }

  FileHead head() throws IOException {
    while (end - next < FileHead.SIZE && fill()) {}
    return new FileHead(Arrays.copyOfRange(buffer, next, Math.min(end, next + FileHead.SIZE)));
  }

  /// Reads more behind what is there; says whether there was more.
  private boolean fill() throws IOException {
    if (ended) {
      return false;
    }
    if (next > 0) {
      System.arraycopy(buffer, next, buffer, 0, end - next);
      before += next;
      end -= next;
      next = 0;
    }
    if (end == buffer.length) {
      if (buffer.length >= MOST) {
        throw new VectorsException(
            "%s:%d: expected a line of at most %,d bytes, got a longer one; is it text?"
                .formatted(file, number + 1, MOST));
      }
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
    int some = readSome();
    ended = some < 0;
    end += Math.max(0, some);
    return !ended;
  }

  private int readSome() throws IOException {
    try {
      return in.read(buffer, end, buffer.length - end);
    } catch (ZipException | EOFException e) {
      throw damaged(file, e);
    }
  }

  /// Goes to the next line, if there is one. It ends at a line feed alone, and without a carriage
  /// return before that.
  boolean nextLine() throws IOException {
    int looked = next;
    while (true) {
      while (looked < end && buffer[looked] != '\n') {
        looked++;
      }
      int done = looked - next;
      if (looked < end || !fill()) {
        break;
      }
      looked = next + done;
    }
    if (next == end) {
      return false;
    }
    start = next;
    stop = looked > start && buffer[looked - 1] == '\r' ? looked - 1 : looked;
    next = Math.min(looked + 1, end);
    number++;
    if (number == 1 && stop - start >= 3 && isMark()) {
      start += 3;
    }
    return true;
  }

  private boolean isMark() {
    return buffer[start] == (byte) 0xef
        && buffer[start + 1] == (byte) 0xbb
        && buffer[start + 2] == (byte) 0xbf;
  }

  /// What holds the line, from [#start] to before [#stop]; until the next one is asked for.
  byte[] bytes() {
    return buffer;
  }

  int start() {
    return start;
  }

  int stop() {
    return stop;
  }

  /// The number of the line, from 1.
  long line() {
    return number;
  }

  /// Makes sure that so many bytes are there to be read at [#position]; says whether they are.
  boolean has(int count) throws IOException {
    while (end - next < count) {
      if (!fill()) {
        return false;
      }
    }
    return true;
  }

  /// Where the next byte stands in [#bytes].
  int position() {
    return next;
  }

  /// How many bytes stand before the next one, of a gzipped file when it is unpacked.
  long offset() {
    return before + next;
  }

  /// Goes on behind so many bytes, which are there.
  void skip(int count) {
    next += count;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
