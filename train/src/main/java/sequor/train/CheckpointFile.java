package sequor.train;

import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import sequor.json.Json;
import sequor.json.JsonObject;
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
/// A tensor that has two names, as those of the best epoch have when it was the last, is written
/// once; the JSON says which other name is the same.
///
/// The checksum is there because a flipped bit in a weight would otherwise go unnoticed.
final class CheckpointFile {
  static final String PARAMETERS = "parameters/";
  static final String BEST = "best/";
  static final String OPTIMIZER = "optimizer/";
  static final String CARRIED = "carried/";
  static final String RECENT = "recent/";

  private static final String SAME = "same";
  private static final String CHECKPOINT = "checkpoint";
  private static final String CHECKSUM = "checksum";

  private CheckpointFile() {}

  static void write(Checkpoint checkpoint, Path file) {
    var all = all(checkpoint);
    var tensors = new TreeMap<String, Tensor>();
    var names = new IdentityHashMap<Tensor, String>();
    var same = new TreeMap<String, String>();
    all.forEach(
        (name, tensor) -> {
          var first = names.putIfAbsent(tensor, name);
          if (first == null) {
            tensors.put(name, tensor);
          } else {
            same.put(name, first);
          }
        });
    var json = CheckpointJson.write(checkpoint).with(SAME, same).toString();
    var metadata = Map.of(CHECKPOINT, json, CHECKSUM, Checksum.of(tensors, json));
    Safetensors.write(file, tensors, metadata);
  }

  private static Map<String, Tensor> all(Checkpoint checkpoint) {
    var all = new LinkedHashMap<String, Tensor>();
    checkpoint.parameters().forEach((name, tensor) -> all.put(PARAMETERS + name, tensor));
    checkpoint.best().forEach((name, tensor) -> all.put(BEST + name, tensor));
    checkpoint.optimizer().tensors().forEach((name, t) -> all.put(OPTIMIZER + name, t));
    for (int i = 0; i < checkpoint.carried().size(); i++) {
      all.put(CARRIED + i, checkpoint.carried().get(i));
    }
    for (int i = 0; i < checkpoint.recent().size(); i++) {
      var prefix = RECENT + i + "/";
      checkpoint.recent().get(i).forEach((name, tensor) -> all.put(prefix + name, tensor));
    }
    return all;
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
      var rest = Json.parseObject(json, String.valueOf(file.getFileName()));
      return CheckpointJson.read(rest, withSame(tensors, rest));
    }
  }

  /// And those that are noted under another's name.
  private static Map<String, Tensor> withSame(Map<String, Tensor> tensors, JsonObject json) {
    var all = new LinkedHashMap<>(tensors);
    if (json.has(SAME)) {
      var same = json.object(SAME);
      for (var name : same.names()) {
        var tensor = tensors.get(same.text(name));
        if (tensor == null) {
          throw Check.wrong(
              "checkpoint: %s is to be the same as %s, which the file lacks; resume from an earlier"
                  + " one",
              name, same.text(name));
        }
        all.put(name, tensor);
      }
    }
    return all;
  }
}
