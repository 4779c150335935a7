package sequor.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import sequor.tensor.Tensor;

/// A number that changes when a bit of some tensors does: without it a flipped bit in a weight
/// would go unnoticed.
public final class Checksum {
  private static final int PIECE = 1 << 16;

  private Checksum() {}

  /// The CRC32C of tensors, with their names and shapes, and of a text, in eight hexadecimal
  /// digits.
  public static String of(Map<String, Tensor> tensors, String text) {
    var crc = new CRC32C();
    new TreeMap<>(tensors)
        .forEach(
            (name, tensor) -> {
              crc.update((name + tensor.shape()).getBytes(UTF_8));
              update(crc, tensor);
            });
    crc.update(text.getBytes(UTF_8));
    return String.format(Locale.ROOT, "%08x", crc.getValue());
  }

  private static void update(CRC32C crc, Tensor tensor) {
    int size = tensor.shape().size();
    float[] piece = new float[Math.min(PIECE, size)];
    var bytes = ByteBuffer.allocate(piece.length * Float.BYTES);
    for (int at = 0; at < size; at += PIECE) {
      int n = Math.min(PIECE, size - at);
      tensor.read(at, piece, n);
      bytes.asFloatBuffer().put(piece, 0, n);
      crc.update(bytes.array(), 0, n * Float.BYTES);
    }
  }
}
