package sequor.train;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import sequor.json.Json;
import sequor.store.Checksum;
import sequor.store.Safetensors;
import sequor.tensor.Tensor;

/// A checkpoint as one safetensors file.
///
/// ```
/// tensors    parameters/NAME   best/NAME   optimizer/NAME.MEMORY   carried/INDEX
///            recent/INDEX/NAME
/// metadata   checkpoint: the rest as JSON   checksum: CRC32C of the tensors and that JSON
/// ```
///
/// The checksum is there because a flipped bit in a weight would otherwise go unnoticed.
final class CheckpointFile {
  static final String PARAMETERS = "parameters/";
  static final String BEST = "best/";
  static final String OPTIMIZER = "optimizer/";
  static final String CARRIED = "carried/";
  static final String RECENT = "recent/";

  private static final String CHECKPOINT = "checkpoint";
  private static final String CHECKSUM = "checksum";

  private CheckpointFile() {}

  static void write(Checkpoint checkpoint, Path file) {
    var tensors = new TreeMap<String, Tensor>();
    checkpoint.parameters().forEach((name, tensor) -> tensors.put(PARAMETERS + name, tensor));
    checkpoint.best().forEach((name, tensor) -> tensors.put(BEST + name, tensor));
    checkpoint.optimizer().tensors().forEach((name, t) -> tensors.put(OPTIMIZER + name, t));
    for (int i = 0; i < checkpoint.carried().size(); i++) {
      tensors.put(CARRIED + i, checkpoint.carried().get(i));
    }
    for (int i = 0; i < checkpoint.recent().size(); i++) {
      var prefix = RECENT + i + "/";
      checkpoint.recent().get(i).forEach((name, tensor) -> tensors.put(prefix + name, tensor));
    }
    var json = CheckpointJson.write(checkpoint).toString();
    var metadata = Map.of(CHECKPOINT, json, CHECKSUM, Checksum.of(tensors, json));
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
      if (!Checksum.of(tensors, json).equals(open.metadata().get(CHECKSUM))) {
        throw Check.wrong(
            "checkpoint: %s was damaged after it was written (its checksum differs); resume from"
                + " an earlier one",
            file.getFileName());
      }
      return CheckpointJson.read(
          Json.parseObject(json, String.valueOf(file.getFileName())), tensors);
    }
  }
}
