package sequor.vectors;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// How a file begins.
public final class FileHead {
  /// As many bytes as tell the formats apart, also where a vector has 2,000 numbers.
  static final int SIZE = 1 << 16;

  private final byte[] bytes;

  FileHead(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  /// The number in its first four bytes, the least first; 0 of a shorter file.
  public int firstInt() {
    return bytes.length < 4 ? 0 : ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }

  /// What its first line says, where that is two whole numbers: `400000 300`.
  public Optional<VectorHeader> header() {
    return VectorHeader.of(firstLine());
  }

  /// Its first line, or as much of it as there is.
  String firstLine() {
    int end = 0;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }

  /// Whether it is text after its first line, as far as a vector of so many floats would go behind
  /// the first word.
  boolean isTextAfterHeader(int floats) {
    int from = firstLine().getBytes(StandardCharsets.UTF_8).length + 1;
    int word = from;
    while (word < bytes.length && bytes[word] != ' ') {
      word++;
    }
    int to = (int) Math.min(bytes.length, word + 1L + 4L * floats);
    return from >= to || isText(from, to);
  }

  /// Whether all of it is text, be it of which encoding it may.
  boolean isText() {
    return !hasControls(0, bytes.length);
  }

  /// Text holds no control characters, and is UTF-8 but for a character that is cut at the end.
  /// Floats hold them soon: of a float that is no tiny or huge number the fourth byte is 0x3D to
  /// 0x40 or 0xBD to 0xC0, and of the numbers 0 and 1 others are 0.
  private boolean isText(int from, int to) {
    if (hasControls(from, to)) {
      return false;
    }
    var out = CharBuffer.allocate(to - from);
    var in = ByteBuffer.wrap(bytes, from, to - from);
    return !StandardCharsets.UTF_8.newDecoder().decode(in, out, false).isError();
  }

  private boolean hasControls(int from, int to) {
    for (int i = from; i < to; i++) {
      boolean control = bytes[i] >= 0 && bytes[i] < ' ';
      if (control && bytes[i] != '\t' && bytes[i] != '\n' && bytes[i] != '\r') {
        return true;
      }
    }
    return false;
  }

  /// One character a byte.
  String latin() {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
