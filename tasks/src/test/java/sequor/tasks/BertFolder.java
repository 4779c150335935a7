package sequor.tasks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import sequor.json.Json;
import sequor.models.BertEncoder;
import sequor.models.InputSize;
import sequor.tensor.Tensor;

/// Folders of tiny published BERTs, with whatever names and types of numbers.
public final class BertFolder {
  public static final List<String> WORDS =
      List.of(
          "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "fine", "film", "dull", "##s", "good",
          "bad", "in", "the", "end", "not", "at", "all", ".");

  private BertFolder() {}

  /// Writes a whole folder of one.
  public static BertEncoder publish(
      Path folder, BertEncoder.Config config, RandomGenerator random) {
    var encoder = encoder(config, random);
    described(folder, config);
    weights(folder.resolve("model.safetensors"), tensors(BertLayout.BERT, encoder), "F32", "");
    return encoder;
  }

  /// An encoder none of whose numbers are 0 or 1.
  static BertEncoder encoder(BertEncoder.Config config, RandomGenerator random) {
    var encoder = config.build(InputSize.ofIds(WORDS.size(), 0).ofPairs(3), random);
    for (var parameter : encoder.parameters().values()) {
      parameter.assign(parameter.plus(Tensor.randn(random, parameter.shape().dims()).times(0.2f)));
    }
    return encoder;
  }

  /// Its tensors, as published models call them.
  static Map<String, Tensor> tensors(BertLayout layout, BertEncoder encoder) {
    return layout.split(encoder.parameters());
  }

  static Map<String, Tensor> renamed(Map<String, Tensor> tensors, UnaryOperator<String> name) {
    var renamed = new LinkedHashMap<String, Tensor>();
    tensors.forEach((old, tensor) -> renamed.put(name.apply(old), tensor));
    return renamed;
  }

  /// `config.json`, and the words.
  static Path described(Path folder, BertEncoder.Config config) {
    write(folder.resolve("config.json"), bert(config).toString());
    return withWords(folder);
  }

  private static Json bert(BertEncoder.Config config) {
    return Json.object()
        .with("model_type", "bert")
        .with("hidden_size", config.hiddenSize())
        .with("num_attention_heads", config.heads())
        .with("num_hidden_layers", config.layers())
        .with("intermediate_size", config.feedForwardSize())
        .with("hidden_act", "gelu")
        .with("max_position_embeddings", config.positionCount())
        .with("type_vocab_size", config.types())
        .with("layer_norm_eps", 1e-12)
        .with("vocab_size", WORDS.size())
        .with("position_embedding_type", "absolute");
  }

  static Path withWords(Path folder) {
    write(folder.resolve("vocab.txt"), String.join("\n", WORDS) + "\n");
    return folder;
  }

  static void write(Path file, String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A safetensors file of these numbers in that type: `F32`, `F16` or `BF16`, and beside them
  /// positions in whole numbers of 64 bits, as older programs wrote them.
  static void weights(Path file, Map<String, Tensor> tensors, String type, String positions) {
    var header = Json.object();
    var data = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
    for (var tensor : tensors.entrySet()) {
      int from = data.position();
      for (float value : tensor.getValue().toArray()) {
        switch (type) {
          case "F16" -> data.putShort(Float.floatToFloat16(value));
          case "BF16" -> data.putShort((short) (Float.floatToRawIntBits(value) >>> 16));
          default -> data.putFloat(value);
        }
      }
      header =
          header.with(
              tensor.getKey(),
              entry(type, tensor.getValue().shape().dims(), from, data.position()));
    }
    if (!positions.isEmpty()) {
      int from = data.position();
      data.putLong(0).putLong(1);
      header = header.with(positions, entry("I64", new int[] {1, 2}, from, data.position()));
    }
    byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
    var all = ByteBuffer.allocate(8 + json.length + data.position()).order(ByteOrder.LITTLE_ENDIAN);
    all.putLong(json.length).put(json).put(data.array(), 0, data.position());
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, all.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Json entry(String type, int[] shape, int from, int to) {
    return Json.object()
        .with("dtype", type)
        .with("shape", shape)
        .with("data_offsets", new int[] {from, to});
  }
}
