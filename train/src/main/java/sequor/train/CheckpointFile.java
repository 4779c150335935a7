package sequor.train;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import sequor.json.Json;
import sequor.store.Safetensors;
import sequor.tensor.Tensor;

/// A checkpoint as one safetensors file.
///
/// ```
/// tensors    parameters/NAME   best/NAME   optimizer/NAME.MEMORY   carried/INDEX
/// metadata   checkpoint: the rest as JSON   checksum: CRC32C of the tensors and that JSON
/// ```
///
/// The checksum is there because a flipped bit in a weight would otherwise go unnoticed.
final class CheckpointFile {
  static final String PARAMETERS = "parameters/";
  static final String BEST = "best/";
  static final String OPTIMIZER = "optimizer/";
  static final String CARRIED = "carried/";

  private static final String CHECKPOINT = "checkpoint";
  private static final String CHECKSUM = "checksum";
  private static final int PIECE = 1 << 16;

  private CheckpointFile() {}

  static void write(Checkpoint checkpoint, Path file) {
    var tensors = new TreeMap<String, Tensor>();
    checkpoint.parameters().forEach((name, tensor) -> tensors.put(PARAMETERS + name, tensor));
    checkpoint.best().forEach((name, tensor) -> tensors.put(BEST + name, tensor));
    checkpoint.optimizer().tensors().forEach((name, t) -> tensors.put(OPTIMIZER + name, t));
    for (int i = 0; i < checkpoint.carried().size(); i++) {
      tensors.put(CARRIED + i, checkpoint.carried().get(i));
    }
    var json = CheckpointJson.write(checkpoint).toString();
    var metadata = Map.of(CHECKPOINT, json, CHECKSUM, checksum(tensors, json));
    Safetensors.write(file, tensors, metadata);
  }

  static Checkpoint read(Path file) {
    try (var open = Safetensors.open(file)) {
      var json = open.metadata().get(CHECKPOINT);
      if (json == null) {
        throw Check.wrong(
            "checkpoint: %s holds tensors, but no training to go on with; load it as a model, or"
                + " name a checkpoint",
            file.getFileName());
      }
      var tensors = open.tensors();
      if (!checksum(tensors, json).equals(open.metadata().get(CHECKSUM))) {
        throw Check.wrong(
            "checkpoint: %s was damaged after it was written (its checksum differs); resume from"
                + " an earlier one",
            file.getFileName());
      }
      return CheckpointJson.read(
          Json.parseObject(json, String.valueOf(file.getFileName())), tensors);
    }
  }

  private static String checksum(Map<String, Tensor> tensors, String json) {
    var crc = new CRC32C();
    new TreeMap<>(tensors)
        .forEach(
            (name, tensor) -> {
              crc.update((name + tensor.shape()).getBytes(UTF_8));
              update(crc, tensor.toArray());
            });
    crc.update(json.getBytes(UTF_8));
    return "%08x".formatted(crc.getValue());
  }

  private static void update(CRC32C crc, float[] values) {
    var bytes = ByteBuffer.allocate(PIECE * Float.BYTES);
    for (int at = 0; at < values.length; at += PIECE) {
      int n = Math.min(PIECE, values.length - at);
      bytes.asFloatBuffer().put(values, at, n);
      crc.update(bytes.array(), 0, n * Float.BYTES);
    }
  }
}
