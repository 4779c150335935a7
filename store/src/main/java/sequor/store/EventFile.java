package sequor.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.zip.CRC32C;
import sequor.FileException;

/// Scalars over time for TensorBoard.
///
/// The file is a row of TFRecords, each `length (8 bytes), checksum of the length (4), data,
/// checksum of the data (4)`, all little-endian; the data is a protobuf `Event`, of which a scalar
/// needs few fields:
///
/// ```
/// Event   { double wall_time = 1; int64 step = 2; string file_version = 3; Summary summary = 5; }
/// Summary { repeated Value value = 1; }
/// Value   { string tag = 1; float simple_value = 2; }
/// ```
///
/// TensorBoard skips half a record at the end, which a killed process may leave. A resumed training
/// creates a new file beside the old one, as TensorFlow does.
///
/// Source: tensorflow/core/lib/io/record_writer.h, core/util/event.proto, framework/summary.proto.
public final class EventFile implements AutoCloseable {
  private static final String VERSION = "brain.Event:2";

  /// TFRecord's way to keep a checksum of data that holds checksums from being a weak one.
  private static final int MASK_DELTA = 0xa282ead8;

  private static final int MASK_SHIFT = 15;

  private static final double NANOS = 1e9;

  // A protobuf field begins with its number and how its value is laid out.
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH = 2;
  private static final int FIXED32 = 5;

  private final Path path;
  private final FileChannel channel;
  private final InstantSource clock;

  private EventFile(Path path, FileChannel channel, InstantSource clock) {
    this.path = path;
    this.channel = channel;
    this.clock = clock;
  }

  /// Creates a new file in `folder`, named after the time in a way that TensorBoard finds.
  ///
  /// @throws StoreException if it cannot be written
  public static EventFile create(Path folder, InstantSource clock) {
    try {
      Files.createDirectories(folder);
      Path path = unused(folder, clock.instant().getEpochSecond());
      var channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      var file = new EventFile(path, channel, clock);
      file.append(file.event().text(3, VERSION));
      return file;
    } catch (IOException e) {
      throw FileException.unwritable(folder, e);
    }
  }

  /// Two trainings may start in one second.
  private static Path unused(Path folder, long seconds) {
    for (int n = 0; ; n++) {
      Path path =
          folder.resolve(
              String.format(Locale.ROOT, "events.out.tfevents.%d.sequor.%d", seconds, n));
      if (Files.notExists(path)) {
        return path;
      }
    }
  }

  /// Where the file is.
  public Path path() {
    return path;
  }

  /// Adds one scalar. It is in the file when this returns.
  ///
  /// @param tag what it is; TensorBoard groups `loss/train` and `loss/test` in one pane
  /// @throws StoreException if it cannot be written
  public void scalar(String tag, double value, long step) {
    var scalar = new Message().text(1, tag).float32(2, (float) value);
    append(event().varint(2, step).message(5, new Message().message(1, scalar)));
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw FileException.unwritable(path, e);
    }
  }

  private Message event() {
    Instant now = clock.instant();
    return new Message().float64(1, now.getEpochSecond() + now.getNano() / NANOS);
  }

  private void append(Message event) {
    byte[] data = event.toBytes();
    byte[] length = littleEndian(Long.BYTES).putLong(data.length).array();
    ByteBuffer record =
        littleEndian(length.length + Integer.BYTES + data.length + Integer.BYTES)
            .put(length)
            .putInt(maskedChecksum(length))
            .put(data)
            .putInt(maskedChecksum(data))
            .flip();
    try {
      while (record.hasRemaining()) {
        channel.write(record);
      }
    } catch (IOException e) {
      throw FileException.unwritable(path, e);
    }
  }

  private static int maskedChecksum(byte[] bytes) {
    var checksum = new CRC32C();
    checksum.update(bytes);
    return Integer.rotateRight((int) checksum.getValue(), MASK_SHIFT) + MASK_DELTA;
  }

  private static ByteBuffer littleEndian(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// A protobuf message, field after field.
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message varint(int field, long value) {
      tag(field, VARINT);
      varint(value);
      return this;
    }

    Message float64(int field, double value) {
      tag(field, FIXED64);
      out.writeBytes(littleEndian(Double.BYTES).putDouble(value).array());
      return this;
    }

    Message float32(int field, float value) {
      tag(field, FIXED32);
      out.writeBytes(littleEndian(Float.BYTES).putFloat(value).array());
      return this;
    }

    Message text(int field, String value) {
      return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message message(int field, Message value) {
      return bytes(field, value.toBytes());
    }

    private Message bytes(int field, byte[] value) {
      tag(field, LENGTH);
      varint(value.length);
      out.writeBytes(value);
      return this;
    }

    private void tag(int field, int layout) {
      varint(((long) field << 3) | layout);
    }

    /// Seven bits a byte, the lowest first; the top bit says that more follow.
    private void varint(long value) {
      long rest = value;
      while ((rest & ~0x7fL) != 0) {
        out.write((int) ((rest & 0x7f) | 0x80));
        rest >>>= 7;
      }
      out.write((int) rest);
    }

    byte[] toBytes() {
      return out.toByteArray();
    }
  }
}
