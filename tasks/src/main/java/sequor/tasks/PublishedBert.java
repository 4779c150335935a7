package sequor.tasks;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sequor.json.JsonFile;
import sequor.json.JsonObject;
import sequor.models.BertEncoder;
import sequor.models.EncoderConfig;
import sequor.settings.Settings;
import sequor.store.Loaded;
import sequor.store.ModelDirectory;
import sequor.store.PublishedWeights;
import sequor.tensor.Shape;
import sequor.tensor.Tensor;
import sequor.text.PretrainedKind;
import sequor.text.Tokenizer;

/// A BERT or DistilBERT on disk, as the Hugging Face hub has them, and as `task: pretrain` writes
/// them.
///
/// ```
/// config.json                     sizes
/// model.safetensors               weights (F32, F16, BF16), or shards with an index
/// tokens.json, tokenizer.json     how texts become ids; the first of them that is there,
///   or vocab.txt                  with tokenizer_config.json
/// ```
///
/// Names of tensors may have the prefix `bert.` or none, and norms their older names. What stands
/// behind the encoder, such as `cls.*`, is left out and named, and so are positions that are whole
/// numbers. A tensor that is missing is an error: nothing is drawn at random in its place.
///
/// A model that began so holds all of it, and needs the folder no more.
public final class PublishedBert {
  private final Path folder;
  private final JsonObject json; // config.json
  private final BertLayout layout;
  private final BertEncoder.Config sizes;
  private final List<String> leftOut = new ArrayList<>();

  private PublishedBert(Path folder, JsonObject json) {
    this.folder = folder;
    this.json = json;
    this.layout = BertJson.layout(json, folder);
    this.sizes = BertJson.sizes(json, layout, folder);
  }

  /// The one in a folder, or that of a run of `task: pretrain`.
  ///
  /// @throws TaskException if it is no BERT
  /// @throws sequor.FileException if its `config.json` cannot be read
  public static PublishedBert read(Path runOrFolder) {
    var model = runOrFolder.resolve("model");
    var folder = Files.isRegularFile(model.resolve("config.json")) ? model : runOrFolder;
    return new PublishedBert(folder, new JsonFile(folder.resolve("config.json")).read());
  }

  /// What an encoder is to begin as; none where it is to learn from nothing, or has no such key.
  ///
  /// @throws TaskException as [#read]
  public static Optional<PublishedBert> of(EncoderConfig encoder) {
    return encoder instanceof BertEncoder.Config bert && !bert.pretrained().isEmpty()
        ? Optional.of(read(Path.of(bert.pretrained())))
        : Optional.empty();
  }

  /// The encoder's settings, without dropout and without its pooler, which `with(typeCount, true)`
  /// adds.
  public BertEncoder.Config sizes() {
    return sizes;
  }

  /// The tokens that it was trained with.
  public Tokenizer tokenizer() {
    return fitted(PretrainedKind.read(folder));
  }

  /// The section `tokens` with this folder's tokenizer.
  ///
  /// @param tokens the section, which has to ask for it
  /// @throws sequor.settings.SettingsException if it asks for another one
  public Settings tokens(Settings tokens) {
    String kind = tokens.text("tokenizer");
    if (!kind.equals(PretrainedKind.NAME)) {
      throw tokens.wrong(
          "tokenizer",
          "expected %s, the tokens that %s was trained with, got %s; write tokens.tokenizer=%s",
          PretrainedKind.NAME,
          folder,
          kind,
          PretrainedKind.NAME);
    }
    return tokens.text("tokenizer_file").isBlank()
        ? new Settings(
            tokens.values().with("tokenizer_file", folder.toString()),
            tokens.path(),
            tokens.places())
        : tokens;
  }

  /// A tokenizer with as many ids as there are vectors; published tables may have some to spare.
  ///
  /// @throws TaskException if it has more
  public Tokenizer fitted(Tokenizer tokenizer) {
    int known = tokenizer.vocabulary().size();
    int rows = json.wholeNumber("vocab_size", 1, Integer.MAX_VALUE);
    if (known > rows) {
      throw new TaskException(
          "%s: expected a tokenizer of at most %,d tokens, which have a vector, got %,d; take the"
                  .formatted(folder, rows, known)
              + " one that belongs to the model");
    }
    var more = new ArrayList<String>();
    for (int id = known; id < rows; id++) {
      more.add("[unused id " + id + "]");
    }
    return new Tokenizer(
        tokenizer.transforms(), tokenizer.segmenter(), tokenizer.vocabulary().with(more));
  }

  /// Overwrites an encoder's parameters.
  ///
  /// @return the tensors that were left out
  /// @throws TaskException naming every tensor that is missing, that is too many, or has another
  ///   shape; then nothing is changed
  public Loaded loadInto(BertEncoder encoder) {
    return loadInto(encoder.parameters());
  }

  /// Overwrites parameters.
  ///
  /// @param parameters by the names that they have in the encoder, or below `head`
  public Loaded loadInto(Map<String, Tensor> parameters) {
    try (var weights = PublishedWeights.open(folder)) {
      var found = new LinkedHashMap<String, String>(); // names in the file, by plain names
      weights.names().forEach(name -> found.put(layout.plain(name), name));
      var ignored = fitting(parameters, found, weights);
      layout.join(parameters, plain -> weights.tensor(found.getOrDefault(plain, plain)));
      leftOut.clear();
      leftOut.addAll(ignored);
      return new Loaded(List.of(), ignored);
    }
  }

  /// The tensors that are left out.
  private List<String> fitting(
      Map<String, Tensor> parameters, Map<String, String> found, PublishedWeights weights) {
    var misfits = new ArrayList<String>();
    var left = new LinkedHashMap<>(found);
    boolean prefixed = found.values().stream().anyMatch(name -> name.startsWith(layout.prefix()));
    parameters.forEach(
        (name, parameter) -> {
          var names = layout.published(name);
          var shape = parameter.shape().with(0, parameter.dim(0) / names.size());
          for (var plain : names) {
            var there = left.remove(plain);
            if (there == null) {
              String before = prefixed && layout.isOfEncoder(plain) ? layout.prefix() : "";
              misfits.add("  missing: %s%s %s".formatted(before, plain, shape));
            } else {
              misfit(there, shape, weights).ifPresent(misfits::add);
            }
          }
        });
    left.forEach(
        (plain, name) -> {
          if (layout.isOfEncoder(plain) && !plain.endsWith("position_ids")) {
            misfits.add("  extra: " + name + " " + weights.shape(name));
          }
        });
    if (!misfits.isEmpty()) {
      throw new TaskException(
          "%s: expected the tensors that config.json tells of, got others; fetch the whole folder of"
                  .formatted(weights.place())
              + " one model:\n"
              + String.join("\n", misfits));
    }
    return List.copyOf(left.values());
  }

  private static Optional<String> misfit(String name, Shape shape, PublishedWeights weights) {
    return weights.shape(name).equals(shape)
        ? Optional.empty()
        : Optional.of(
            "  other shape: %s expected %s, got %s".formatted(name, shape, weights.shape(name)));
  }

  /// What was left out of the last time that it was loaded.
  public List<String> notices() {
    return leftOut.isEmpty()
        ? List.of()
        : List.of(
            "%s: %,d tensors belong to no encoder and are left out: %s"
                .formatted(folder, leftOut.size(), String.join(", ", leftOut)));
  }

  // Writing

  /// Writes the weights of an encoder and the head that says hidden tokens, as published models
  /// have them.
  ///
  /// @param parameters by the names that they have in the encoder, or below `head`
  public static void writeWeights(ModelDirectory directory, Map<String, Tensor> parameters) {
    directory.writeWeights(BertLayout.BERT.split(parameters));
  }

  /// Overwrites parameters with what [#writeWeights] wrote, whose checksum tells whether it is
  /// whole.
  ///
  /// @throws sequor.store.StoreException if it is damaged
  public static void readWeights(ModelDirectory directory, Map<String, Tensor> parameters) {
    var tensors = new LinkedHashMap<String, Tensor>();
    BertLayout.BERT
        .split(parameters)
        .forEach((name, piece) -> tensors.put(name, Tensor.zeros(piece.shape().dims())));
    directory.loadWeights(tensors);
    var plain = new LinkedHashMap<String, Tensor>();
    tensors.forEach((name, tensor) -> plain.put(BertLayout.BERT.plain(name), tensor));
    BertLayout.BERT.join(parameters, name -> requireNonNull(plain.get(name), name));
  }

  /// What stands in the `config.json` of a published model.
  public static JsonObject json(BertEncoder.Config config, Tokenizer tokenizer) {
    return BertJson.of(config, tokenizer.vocabulary());
  }
}
