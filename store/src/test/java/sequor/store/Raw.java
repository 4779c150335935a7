package sequor.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/// Safetensors files put together by hand, right or wrong.
final class Raw {
  private Raw() {}

  /// A file of this header and as many zero bytes of data.
  static Path file(Path folder, String header, int dataLength) {
    return file(folder, header, new byte[dataLength]);
  }

  static Path file(Path folder, String header, byte[] data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return file(folder, json.length, json, data);
  }

  /// A file whose first eight bytes say `length`, whatever follows.
  static Path file(Path folder, long length, byte[] header, byte[] data) {
    var bytes =
        ByteBuffer.allocate(Long.BYTES + header.length + data.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(length)
            .put(header)
            .put(data);
    return file(folder, bytes.array());
  }

  static Path file(Path folder, byte[] bytes) {
    try {
      return Files.write(folder.resolve("raw.safetensors"), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// One entry of a header.
  static String entry(String name, String dtype, String shape, String offsets) {
    return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}"
        .formatted(name, dtype, shape, offsets);
  }

  static byte[] hex(String bytes) {
    return HexFormat.of().parseHex(bytes.replace(" ", ""));
  }
}
