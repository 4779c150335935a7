package sequor.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000, 250_000_000);

  /// What TensorBoard 2.21.0 writes for the first event at that time:
  ///
  /// ```python
  /// event = event_pb2.Event(wall_time=1700000000.25, file_version="brain.Event:2")
  /// RecordWriter(file).write(event.SerializeToString())
  /// ```
  private static final String FIRST_RECORD =
      "1800000000000000" // the length
          + "a37f4b22" // its checksum
          + "0900001040fc54d941" // wall_time
          + "1a0d627261696e2e4576656e743a32" // file_version
          + "338d2fe9"; // the checksum of both

  @TempDir private Path folder;

  @Test
  void decodesBack() throws IOException {
    Path path;
    try (var events = EventFile.create(folder.resolve("run"), InstantSource.fixed(NOW))) {
      events.scalar("loss/train", 0.75, 1);
      events.scalar("größe", -1e-3, 3_000_000_000L);
      path = events.path();
    }

    List<byte[]> records = records(Files.readAllBytes(path));

    assertThat(records).hasSize(3);
    assertThat(fields(records.get(0)))
        .containsOnlyKeys(1, 3)
        .containsEntry(1, 1_700_000_000.25)
        .satisfies(event -> assertThat(text(event, 3)).isEqualTo("brain.Event:2"));
    assertScalar(records.get(1), "loss/train", 0.75f, 1);
    assertScalar(records.get(2), "größe", -1e-3f, 3_000_000_000L);
  }

  private static void assertScalar(byte[] record, String tag, float value, long step) {
    Map<Integer, Object> event = fields(record);
    assertThat(event).containsOnlyKeys(1, 2, 5).containsEntry(2, step);
    Map<Integer, Object> summary = fields(bytes(event, 5));
    assertThat(summary).containsOnlyKeys(1);
    Map<Integer, Object> scalar = fields(bytes(summary, 1));
    assertThat(scalar).containsOnlyKeys(1, 2).containsEntry(2, value);
    assertThat(text(scalar, 1)).isEqualTo(tag);
  }

  @Test
  void theFirstRecordIsKnown() throws IOException {
    Path path;
    try (var events = EventFile.create(folder, InstantSource.fixed(NOW))) {
      path = events.path();
    }

    assertThat(path.getFileName()).hasToString("events.out.tfevents.1700000000.sequor.0");
    assertThat(HexFormat.of().formatHex(Files.readAllBytes(path))).isEqualTo(FIRST_RECORD);
  }

  @Test
  void twoOfTheSameSecondAreTwoFiles() {
    try (var a = EventFile.create(folder, InstantSource.fixed(NOW));
        var b = EventFile.create(folder, InstantSource.fixed(NOW))) {
      assertThat(a.path()).isNotEqualTo(b.path());
    }
  }

  private static List<byte[]> records(byte[] bytes) {
    var in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    var records = new ArrayList<byte[]>();
    while (in.hasRemaining()) {
      byte[] data = new byte[Math.toIntExact(in.getLong())];
      in.getInt();
      in.get(data);
      in.getInt();
      records.add(data);
    }
    return records;
  }

  /// A protobuf message by field number; here no field stands twice.
  private static Map<Integer, Object> fields(byte[] message) {
    var in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    var fields = new LinkedHashMap<Integer, Object>();
    while (in.hasRemaining()) {
      long tag = varint(in);
      Object value =
          switch ((int) tag & 7) {
            case 0 -> varint(in);
            case 1 -> in.getDouble();
            case 5 -> in.getFloat();
            case 2 -> {
              byte[] bytes = new byte[Math.toIntExact(varint(in))];
              in.get(bytes);
              yield bytes;
            }
            default -> throw new AssertionError("layout " + (tag & 7));
          };
      assertThat(fields.put((int) (tag >>> 3), value)).isNull();
    }
    return fields;
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = in.get();
      value |= (b & 0x7fL) << shift;
      if (b >= 0) {
        return value;
      }
    }
  }

  private static String text(Map<Integer, Object> fields, int number) {
    return new String(bytes(fields, number), UTF_8);
  }

  private static byte[] bytes(Map<Integer, Object> fields, int number) {
    return (byte[]) requireNonNull(fields.get(number));
  }
}
