package sequor.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import sequor.json.JsonFile;
import sequor.tensor.Tensor;

/// The files of a model, in the layout known from the Hugging Face hub. A model directory holds all
/// that is needed to use the model, and loads anywhere.
///
/// ```
/// config.json        what the model is: task, cell, sizes
/// model.safetensors  its weights, or
/// vectors.bin        the vectors of its words, in word2vec's format or fastText's
/// tokens.json        how text becomes ids, vocabulary included
/// target_tokens.json how the text that it says becomes ids, where that has a vocabulary of its own
/// letters.json       how words become letters, of a model that reads both
/// pieces.json        how words become pieces, of a model that reads these
/// labels.json        what the classes are called
/// series.json        how large the numbers of each series are, of a model that goes on with them
/// report.json        how good it is, and beside it the floor
/// README.md          the model card
/// ```
public record ModelDirectory(Path path) {
  private static final String CHECKSUM = "checksum";

  /// The names of the files that a model may need, those of older formats included.
  public static final List<String> FILES =
      List.of(
          "config.json",
          "model.safetensors",
          "vectors.bin",
          "documents.bin",
          "tokens.json",
          "tokenizer.json",
          "target_tokens.json",
          "letters.json",
          "pieces.json",
          "phrases.json",
          "labels.json",
          "lexicon.json",
          "series.json",
          "ngrams.bin",
          "ngrams.json");

  /// What the model is.
  public JsonFile config() {
    return new JsonFile(path.resolve("config.json"));
  }

  /// Its weights.
  public Path weights() {
    return path.resolve("model.safetensors");
  }

  /// The vectors of words, where these are the model.
  public Path vectors() {
    return path.resolve("vectors.bin");
  }

  /// The vectors of texts, where they have some.
  public Path documents() {
    return path.resolve("documents.bin");
  }

  /// How text becomes ids; what was written before there were Hugging Face's tokenizers to tell it
  /// from is called `tokenizer.json`.
  public Path tokens() {
    var first = path.resolve("tokenizer.json");
    var tokens = path.resolve("tokens.json");
    return Files.exists(first) && !Files.exists(tokens) ? first : tokens;
  }

  /// How the text that it says becomes ids, where that has a vocabulary of its own.
  public Path targetTokens() {
    return path.resolve("target_tokens.json");
  }

  /// How words become letters.
  public Path letters() {
    return path.resolve("letters.json");
  }

  /// How words become pieces.
  public Path pieces() {
    return path.resolve("pieces.json");
  }

  /// Which words become one, where some do.
  public JsonFile phrases() {
    return new JsonFile(path.resolve("phrases.json"));
  }

  /// How large the numbers of each series are.
  public JsonFile series() {
    return new JsonFile(path.resolve("series.json"));
  }

  /// Which tags each word has.
  public JsonFile lexicon() {
    return new JsonFile(path.resolve("lexicon.json"));
  }

  /// What the classes are called.
  public Path labels() {
    return path.resolve("labels.json");
  }

  /// How good it is.
  public JsonFile report() {
    return new JsonFile(path.resolve("report.json"));
  }

  /// The model card.
  public Path card() {
    return path.resolve("README.md");
  }

  /// Writes the weights, atomically, with their checksum.
  ///
  /// @throws StoreException if they cannot be written
  public void writeWeights(Map<String, Tensor> parameters) {
    writeWeights(parameters, Map.of());
  }

  /// Writes the weights, and notes the other names of those that are shared: each is written once,
  /// and found under all its names when it is loaded, here and by Hugging Face's `load_model`.
  ///
  /// @param aliases each with the name that the parameter has
  /// @throws StoreException if they cannot be written
  public void writeWeights(Map<String, Tensor> parameters, Map<String, String> aliases) {
    var about = new LinkedHashMap<>(aliases);
    about.put("format", "pt");
    about.put(CHECKSUM, Checksum.of(parameters, ""));
    Safetensors.write(weights(), parameters, about);
  }

  /// Overwrites parameters with the weights. A file that has no checksum, as others write them, is
  /// taken as it is.
  ///
  /// @throws StoreException if the file is damaged, or as [Safetensors#loadInto(Map)]
  public void loadWeights(Map<String, Tensor> parameters) {
    loadWeights(parameters, NameMap.identity());
  }

  /// Overwrites parameters with weights that have other names.
  ///
  /// @throws StoreException if the file is damaged, or as [Safetensors#loadInto(Map, NameMap)]
  public Loaded loadWeights(Map<String, Tensor> parameters, NameMap names) {
    try (var file = Safetensors.open(weights())) {
      String written = file.metadata().get(CHECKSUM);
      if (written == null) {
        return file.loadInto(parameters, names);
      }
      var tensors = file.tensors();
      if (!written.equals(Checksum.of(tensors, ""))) {
        throw new StoreException(
            weights(),
            "weights with the checksum " + written,
            Checksum.of(tensors, ""),
            "the file was damaged after it was written: copy or train it again");
      }
      return file.plan(parameters, names)
          .load(parameters, name -> Objects.requireNonNull(tensors.get(name), name).toArray());
    }
  }
}
