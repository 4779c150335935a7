package sequor.vectors;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/// The bytes of a file where they lie, read one number after the other, the least byte first. None
/// of it is in the heap.
final class Mapped {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final int MOST_BYTES = 1 << 16; // of a word

  private final VectorReading reading;
  private final MemorySegment bytes;
  private long at;

  private Mapped(VectorReading reading, MemorySegment bytes) {
    this.reading = reading;
    this.bytes = bytes;
  }

  static Mapped of(VectorReading reading) throws IOException {
    try (var channel = FileChannel.open(reading.file(), StandardOpenOption.READ)) {
      var arena = Arena.ofAuto(); // until nobody has it any more
      var bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      return new Mapped(reading, bytes);
    }
  }

  long at() {
    return at;
  }

  /// @throws VectorsException if there are not so many bytes left
  void require(long count) {
    if (count < 0 || count > bytes.byteSize() - at) {
      throw wrong(
          "expected a whole fastText model, got one that ends early, at %,d bytes; fetch it again",
          bytes.byteSize());
    }
  }

  int readInt() {
    require(Integer.BYTES);
    at += Integer.BYTES;
    return bytes.get(INT, at - Integer.BYTES);
  }

  long readLong() {
    require(Long.BYTES);
    at += Long.BYTES;
    return bytes.get(LONG, at - Long.BYTES);
  }

  byte readByte() {
    require(1);
    return bytes.get(ValueLayout.JAVA_BYTE, at++);
  }

  void skip(long count) {
    require(count);
    at += count;
  }

  /// Goes behind the next zero; says how many bytes stand before it.
  int skipText() {
    long start = at;
    while (readByte() != 0) {
      if (at - start > MOST_BYTES) {
        throw wrong(
            "expected a word of at most %,d bytes, got a longer one; it is damaged", MOST_BYTES);
      }
    }
    return Math.toIntExact(at - 1 - start);
  }

  byte[] bytes(long from, int count) {
    return bytes.asSlice(from, count).toArray(ValueLayout.JAVA_BYTE);
  }

  /// So many rows of D floats from here on, which are read when they are asked for.
  Rows rows(long count, int dimension) {
    long start = at;
    long size = Math.multiplyExact(count, (long) dimension * Float.BYTES);
    skip(size);
    return (row, into, to) -> {
      long from = start + (long) row * dimension * Float.BYTES;
      MemorySegment.copy(bytes, FLOAT, from, into, to, dimension);
      for (int d = 0; d < dimension; d++) {
        if (!Float.isFinite(into[to + d])) {
          throw wrong(
              "expected finite numbers, got %s in row %,d; it is damaged", into[to + d], row);
        }
      }
    };
  }

  VectorsException wrong(String message, Object... arguments) {
    return reading.wrongAt(at, message, arguments);
  }
}
