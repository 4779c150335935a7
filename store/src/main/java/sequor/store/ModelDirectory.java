package sequor.store;

import java.nio.file.Path;
import java.util.Map;
import sequor.tensor.Tensor;

/// The files of a model, in the layout known from the Hugging Face hub. A model directory holds all
/// that is needed to use the model, and loads anywhere.
///
/// ```
/// config.json        what the model is: task, cell, sizes
/// model.safetensors  its weights
/// tokenizer.json     how text becomes ids, vocabulary included
/// labels.json        what the classes are called
/// report.json        how good it is, and beside it the floor
/// README.md          the model card
/// ```
public record ModelDirectory(Path path) {
  /// What the model is.
  public JsonFile config() {
    return new JsonFile(path.resolve("config.json"));
  }

  /// Its weights.
  public Path weights() {
    return path.resolve("model.safetensors");
  }

  /// How text becomes ids.
  public JsonFile tokenizer() {
    return new JsonFile(path.resolve("tokenizer.json"));
  }

  /// What the classes are called.
  public JsonFile labels() {
    return new JsonFile(path.resolve("labels.json"));
  }

  /// How good it is.
  public JsonFile report() {
    return new JsonFile(path.resolve("report.json"));
  }

  /// The model card.
  public Path card() {
    return path.resolve("README.md");
  }

  /// Writes the weights, atomically.
  ///
  /// @throws StoreException if they cannot be written
  public void writeWeights(Map<String, Tensor> parameters) {
    Safetensors.write(weights(), parameters);
  }

  /// Overwrites parameters with the weights.
  ///
  /// @throws StoreException as [Safetensors#loadInto]
  public void loadWeights(Map<String, Tensor> parameters) {
    try (var file = Safetensors.open(weights())) {
      file.loadInto(parameters);
    }
  }
}
