package sequor.tasks.tag;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import sequor.tasks.TaskException;

/// An [AveragedPerceptron] as bytes: hashes and weights, and never a token.
///
/// ```
/// magic(4) version(1)                                "sqAP"
/// method, labels(4), each label                      UTF-8 after its length(4)
/// features(4) pairs(4)
/// hash(8) of each feature, in the order of their numbers
/// how many classes(4) it has, and of each its number(4) and weight(4)
/// crc32c(8)
/// ```
final class PerceptronBytes {
  private static final int MAGIC = 0x73714150; // sqAP
  private static final int VERSION = 1;

  private PerceptronBytes() {}

  static byte[] write(AveragedPerceptron model) {
    var bytes = new ByteArrayOutputStream();
    try {
      var out = new DataOutputStream(bytes);
      out.writeInt(MAGIC);
      out.writeByte(VERSION);
      writeText(out, model.method());
      out.writeInt(model.labels().size());
      for (var label : model.labels()) {
        writeText(out, label);
      }
      int features = model.index().size();
      out.writeInt(features);
      out.writeInt(model.classes().length);
      for (int f = 0; f < features; f++) {
        out.writeLong(model.index().hash(f));
      }
      for (int f = 0; f < features; f++) {
        out.writeInt(model.starts()[f + 1] - model.starts()[f]);
        for (int at = model.starts()[f]; at < model.starts()[f + 1]; at++) {
          out.writeInt(model.classes()[at]);
          out.writeFloat(model.weights()[at]);
        }
      }
      out.writeLong(sum(bytes.toByteArray(), bytes.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not in memory
    }
    return bytes.toByteArray();
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static long sum(byte[] bytes, int length) {
    var crc = new CRC32C();
    crc.update(bytes, 0, length);
    return crc.getValue();
  }

  static AveragedPerceptron read(byte[] bytes, String source) {
    int length = bytes.length - Long.BYTES;
    if (length < 0 || ByteBuffer.wrap(bytes).getLong(length) != sum(bytes, length)) {
      throw damaged(source, "another checksum");
    }
    try {
      return read(new DataInputStream(new ByteArrayInputStream(bytes, 0, length)), source);
    } catch (EOFException e) {
      throw damaged(source, "its end too early");
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not in memory
    }
  }

  private static AveragedPerceptron read(DataInputStream in, String source) throws IOException {
    if (in.readInt() != MAGIC) {
      throw damaged(source, "another kind of file");
    }
    if (in.readUnsignedByte() != VERSION) {
      throw damaged(source, "another version");
    }
    var method = readText(in, source);
    int count = size(in, Integer.BYTES, source);
    var labels = new ArrayList<String>();
    for (int c = 0; c < count; c++) {
      labels.add(readText(in, source));
    }
    int features = size(in, Long.BYTES, source);
    int pairs = size(in, Integer.BYTES + Float.BYTES, source);
    var index = new FeatureIndex();
    for (int f = 0; f < features; f++) {
      long hash = in.readLong();
      if (hash == 0 || index.add(hash) != f) {
        throw damaged(source, "a feature twice");
      }
    }
    int[] starts = new int[features + 1];
    int[] classes = new int[pairs];
    float[] weights = new float[pairs];
    int at = 0;
    for (int f = 0; f < features; f++) {
      int many = in.readInt();
      if (many < 0 || many > pairs - at) {
        throw damaged(source, "more weights than it says");
      }
      for (int k = 0; k < many; k++, at++) {
        classes[at] = in.readInt();
        weights[at] = in.readFloat();
        if (classes[at] < 0 || classes[at] >= count || !Float.isFinite(weights[at])) {
          throw damaged(source, "a weight that cannot be");
        }
      }
      starts[f + 1] = at;
    }
    if (at != pairs || in.read() >= 0 || labels.isEmpty()) {
      throw damaged(source, "sizes that do not fit");
    }
    return new AveragedPerceptron(List.copyOf(labels), method, index, starts, classes, weights);
  }

  /// A count of things of so many bytes at least, before memory is taken for them.
  private static int size(DataInputStream in, int each, String source) throws IOException {
    int count = in.readInt();
    if (count < 0 || (long) count * each > in.available()) {
      throw damaged(source, "sizes that do not fit");
    }
    return count;
  }

  private static String readText(DataInputStream in, String source) throws IOException {
    byte[] text = new byte[size(in, 1, source)];
    in.readFully(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private static TaskException damaged(String source, String what) {
    return new TaskException(
        "%s: expected a tagger's weights, got %s; copy it again, or train it again"
            .formatted(source, what));
  }
}
