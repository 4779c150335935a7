package sequor.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Reads UTF-8, gzipped or not, without a byte order mark, and names the line of what is neither.
///
/// The JDK's readers put U+FFFD where bytes make no sense, so that a Latin-1 file would train a
/// model on damaged words without a sound; this one refuses it.
final class Utf8Reader extends Reader {
  private static final byte[] GZIP_MAGIC = {0x1f, (byte) 0x8b};

  private final String source;
  private final InputStream in;
  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private final ByteBuffer bytes = ByteBuffer.allocate(1 << 16).limit(0);
  private final CharBuffer chars = CharBuffer.allocate(1 << 16).limit(0); // no byte is two chars
  private long length;
  private long most = Long.MAX_VALUE;
  private int line = 1;
  private boolean afterReturn;
  private boolean ended;

  Utf8Reader(InputStream in, String source) throws IOException {
    this.source = source;
    this.in = unzipped(in);
  }

  /// Of a file, which is closed with it.
  static Utf8Reader of(Path file) throws IOException {
    var in = Files.newInputStream(file);
    try {
      return new Utf8Reader(in, String.valueOf(file.getFileName()));
    } catch (IOException | DataException e) {
      in.close();
      throw e;
    }
  }

  /// Refuses to read more characters than so many.
  Utf8Reader withMost(long most) {
    this.most = most;
    return this;
  }

  @Override
  public int read(char[] target, int offset, int count) throws IOException {
    while (!chars.hasRemaining()) {
      if (ended) {
        return -1;
      }
      refill();
    }
    int some = Math.min(count, chars.remaining());
    chars.get(target, offset, some);
    return some;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private void refill() throws IOException {
    bytes.compact();
    int some = readSome();
    ended = some < 0;
    bytes.position(bytes.position() + Math.max(0, some)).flip();

    boolean first = length == 0;
    chars.clear();
    CoderResult result = decoder.decode(bytes, chars, ended);
    chars.flip();
    length += chars.remaining();
    countLines();
    if (result.isError()) {
      throw new DataException(
          "%s:%d: expected UTF-8, got the byte 0x%02X; save the file as UTF-8"
              .formatted(source, line, bytes.get(bytes.position())));
    }
    if (length > most) {
      throw new DataException(
          "%s:%d: expected at most %,d characters, got more; split the file, or take a part of it"
              .formatted(source, line, most));
    }
    if (first && chars.hasRemaining() && chars.get(0) == '\uFEFF') {
      chars.get(); // the byte order mark says UTF-8, which we know
    }
  }

  private int readSome() throws IOException {
    try {
      return in.read(bytes.array(), bytes.position(), bytes.remaining());
    } catch (ZipException | EOFException e) {
      throw damaged(e);
    }
  }

  /// A line ends with CR LF, LF or CR.
  private void countLines() {
    for (int i = 0; i < chars.limit(); i++) {
      char c = chars.get(i);
      if (c == '\r' || (c == '\n' && !afterReturn)) {
        line++;
      }
      afterReturn = c == '\r';
    }
  }

  private InputStream unzipped(InputStream in) throws IOException {
    var whole = new PushbackInputStream(in, GZIP_MAGIC.length);
    byte[] start = whole.readNBytes(GZIP_MAGIC.length);
    whole.unread(start);
    try {
      return Arrays.equals(start, GZIP_MAGIC) ? new GZIPInputStream(whole, 1 << 16) : whole;
    } catch (ZipException | EOFException e) {
      throw damaged(e);
    }
  }

  private DataException damaged(IOException e) {
    return new DataException(
        "%s:%d: expected a whole gzip file, got a damaged one (%s); fetch or pack it again"
            .formatted(source, line, e.getMessage()),
        e);
  }
}
