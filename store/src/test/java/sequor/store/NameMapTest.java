package sequor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.tensor.Tensor;

/// A file as the first published BERT models have it: a prefix, old names of layer norms, a buffer
/// of whole numbers, a pooler that is not wanted, and an output layer that is the table of words.
class NameMapTest {
  private static final int V = 5;
  private static final int D = 3;

  @TempDir private Path folder;
  private final Map<String, Tensor> saved = new LinkedHashMap<>();
  private final Map<String, Tensor> parameters = new LinkedHashMap<>();

  @BeforeEach
  void make() {
    save("bert.embeddings.word_embeddings.weight", 1, V, D);
    save("bert.embeddings.LayerNorm.gamma", 2, D);
    save("bert.embeddings.LayerNorm.beta", 3, D);
    save("bert.encoder.layer.0.attention.self.query.weight", 4, D, D);
    save("bert.pooler.dense.weight", 5, D, D);
    save("cls.predictions.bias", 6, V);
    save("cls.predictions.decoder.weight", 1, V, D);

    parameters.put("embeddings.word_embeddings.weight", Tensor.zeros(V, D));
    parameters.put("embeddings.LayerNorm.weight", Tensor.zeros(D));
    parameters.put("embeddings.LayerNorm.bias", Tensor.zeros(D));
    parameters.put("encoder.layer.0.attention.self.query.weight", Tensor.zeros(D, D));
    parameters.put("decoder.bias", Tensor.zeros(V));
  }

  private void save(String name, float from, int... dims) {
    var tensor = Tensor.zeros(dims);
    float[] values = tensor.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] = from + i / 100f;
    }
    saved.put(name, Tensor.of(values, dims));
  }

  private static NameMap bert() {
    return NameMap.identity()
        .dropPrefix("bert.")
        .replace("LayerNorm\\.gamma$", "LayerNorm.weight")
        .replace("LayerNorm\\.beta$", "LayerNorm.bias")
        .rename("cls.predictions.bias", "decoder.bias")
        .rename("cls.predictions.decoder.weight", "decoder.weight")
        .aliases(Map.of("decoder.weight", "embeddings.word_embeddings.weight"))
        .ignore(name -> name.startsWith("pooler."));
  }

  /// The tensors saved, and before them the positions as I64.
  private Path file() {
    int size = saved.values().stream().mapToInt(t -> t.shape().size()).sum();
    var data =
        ByteBuffer.allocate(2 * Long.BYTES + size * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(0)
            .putLong(1);
    var entries = new ArrayList<String>();
    entries.add(Raw.entry("bert.embeddings.position_ids", "I64", "[1,2]", "[0,16]"));
    saved.forEach(
        (name, tensor) -> {
          int begin = data.position();
          for (float value : tensor.toArray()) {
            data.putFloat(value);
          }
          var shape = tensor.shape().toString().replace('(', '[').replace(')', ']');
          entries.add(Raw.entry(name, "F32", shape, "[%d,%d]".formatted(begin, data.position())));
        });
    return Raw.file(folder, "{" + String.join(",", entries) + "}", data.array());
  }

  private Loaded load(NameMap names) {
    try (var open = Safetensors.open(file())) {
      return open.loadInto(parameters, names);
    }
  }

  private void assertLoaded(String parameter, String tensor) {
    assertThat(get(parameters, parameter).toArray()).isEqualTo(get(saved, tensor).toArray());
  }

  private static Tensor get(Map<String, Tensor> tensors, String name) {
    return Objects.requireNonNull(tensors.get(name), name);
  }

  @Test
  void loadsAPublishedModel() {
    var loaded = load(bert());
    assertThat(loaded.missing()).isEmpty();
    assertThat(loaded.ignored())
        .containsExactly("bert.embeddings.position_ids", "bert.pooler.dense.weight");
    assertLoaded("embeddings.word_embeddings.weight", "bert.embeddings.word_embeddings.weight");
    assertLoaded("embeddings.LayerNorm.weight", "bert.embeddings.LayerNorm.gamma");
    assertLoaded("embeddings.LayerNorm.bias", "bert.embeddings.LayerNorm.beta");
    assertLoaded(
        "encoder.layer.0.attention.self.query.weight",
        "bert.encoder.layer.0.attention.self.query.weight");
    assertLoaded("decoder.bias", "cls.predictions.bias");
  }

  @Test
  void readsTheFloatsOfAFileThatHoldsWholeNumbersToo() {
    assertThat(Safetensors.read(file())).containsOnlyKeys(saved.keySet());
    try (var open = Safetensors.open(file())) {
      assertThat(open.ids("bert.embeddings.position_ids").toArray()).containsExactly(0, 1);
    }
  }

  @Test
  void namesAllThatDoesNotFitByBothNames() {
    parameters.put("encoder.layer.1.attention.self.query.weight", Tensor.zeros(D, D));
    parameters.put("embeddings.position_ids", Tensor.zeros(1, 2));
    parameters.put("decoder.bias", Tensor.zeros(V + 1));
    var names =
        NameMap.identity()
            .dropPrefix("bert.")
            .replace("gamma$", "weight")
            .rename("cls.predictions.bias", "decoder.bias");
    assertThatThrownBy(() -> load(names))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            """
            raw.safetensors: expected the model's 7 tensors, got 2 missing, 3 extra, 1 of another \
            shape, 1 of another type; build the model with the settings it was saved with, or \
            rename the tensors:
              missing: embeddings.LayerNorm.bias (3)
              missing: encoder.layer.1.attention.self.query.weight (3,3)
              extra: bert.embeddings.LayerNorm.beta (3) → embeddings.LayerNorm.beta
              extra: bert.pooler.dense.weight (3,3) → pooler.dense.weight
              extra: cls.predictions.decoder.weight (5,3)
              other shape: decoder.bias expected (6), got (5) of cls.predictions.bias
              other type: embeddings.position_ids expected floats, got I64 of \
            bert.embeddings.position_ids\
            """);
    assertThat(parameters.values())
        .allSatisfy(p -> assertThat(p.toArray()).isEqualTo(new float[p.shape().size()]));
  }

  @Test
  void tiedTensorsThatDifferAreRefusedAndNothingIsLoaded() {
    save("cls.predictions.decoder.weight", 1.5f, V, D);
    assertThatThrownBy(() -> load(bert()))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "raw.safetensors: expected the same numbers in bert.embeddings.word_embeddings.weight"
                + " and cls.predictions.decoder.weight, which both go to"
                + " embeddings.word_embeddings.weight, got 1.0 and 1.5 at place 0; build the model"
                + " with weights of their own for both, or ignore one of them");
    assertThat(get(parameters, "decoder.bias").toArray()).containsOnly(0);
    load(bert().ignore("decoder.weight")); // aliases come after all rules
    assertLoaded("decoder.bias", "cls.predictions.bias");
  }

  @Test
  void aHeadThatTheFileLacksKeepsItsNumbers() {
    parameters.put("classifier.weight", Tensor.ones(2, D));
    assertThatThrownBy(() -> load(bert())).hasMessageContaining("missing: classifier.weight (2,3)");
    var loaded = load(bert().allowMissing(name -> name.startsWith("classifier.")));
    assertThat(loaded.missing()).containsExactly("classifier.weight");
    assertThat(get(parameters, "classifier.weight").toArray()).containsOnly(1);
  }

  @Test
  void aPrefixIsAdded() {
    var inner = Map.of("encoder.weight", Tensor.zeros(2));
    Weights.load(
        "memory",
        Map.of("weight", Tensor.ones(2)),
        inner,
        NameMap.identity().addPrefix("encoder."));
    assertThat(get(inner, "encoder.weight").toArray()).containsOnly(1);
  }

  @Test
  void aSharedTensorIsWrittenOnceAndFoundUnderBothNames() {
    var model = new ModelDirectory(folder);
    var table = Tensor.of(new float[] {1, 2});
    model.writeWeights(
        Map.of("embedding.weight", table), Map.of("decoder.weight", "embedding.weight"));
    try (var file = Safetensors.open(model.weights())) {
      assertThat(file.names()).containsExactly("embedding.weight");
      assertThat(file.metadata()).containsEntry("decoder.weight", "embedding.weight");
    }

    var tied = Map.of("embedding.weight", Tensor.zeros(2));
    model.loadWeights(tied);
    assertThat(get(tied, "embedding.weight").toArray()).containsExactly(1, 2);

    // the other name is the one that the model has, as where another library kept that
    var other = Map.of("decoder.weight", Tensor.zeros(2));
    assertThatThrownBy(() -> model.loadWeights(other)).hasMessageContaining("1 extra");
    model.loadWeights(
        other, NameMap.identity().aliases(Map.of("embedding.weight", "decoder.weight")));
    assertThat(get(other, "decoder.weight").toArray()).containsExactly(1, 2);

    // a model that has not tied them gets both
    var untied = Map.of("embedding.weight", Tensor.zeros(2), "decoder.weight", Tensor.zeros(2));
    model.loadWeights(untied);
    assertThat(get(untied, "embedding.weight").toArray()).containsExactly(1, 2);
    assertThat(get(untied, "decoder.weight").toArray()).containsExactly(1, 2);
    var wide = Map.of("embedding.weight", Tensor.zeros(2), "decoder.weight", Tensor.zeros(3));
    assertThatThrownBy(() -> model.loadWeights(wide))
        .hasMessageContaining("decoder.weight expected (3), got (2) of embedding.weight");
  }

  @Test
  void theMeanOfWeights() {
    var a = Map.of("w", Tensor.of(new float[] {1, 16_777_216, 1e-8f}, 3, 1));
    var b = Map.of("w", Tensor.of(new float[] {2, 1, 3e-8f}, 3, 1));
    var c = Map.of("w", Tensor.of(new float[] {6, 1, -1}, 3, 1));
    Safetensors.write(folder.resolve("a"), a);
    Safetensors.write(folder.resolve("b"), b);
    Safetensors.write(folder.resolve("c"), c);
    var mean =
        Weights.average(List.of(folder.resolve("a"), folder.resolve("b"), folder.resolve("c")));
    assertThat(get(mean, "w").shape().dims()).containsExactly(3, 1);
    assertThat(get(mean, "w").toArray()) // 2²⁴ + 1 + 1 is not 2²⁴ in doubles
        .containsExactly(3, (float) (16_777_218.0 / 3), (float) ((1e-8f + (double) 3e-8f - 1) / 3));

    var other = Map.of("v", Tensor.zeros(3, 1));
    assertThatThrownBy(() -> Weights.average(java.util.stream.Stream.of(a, other)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("weights 2: expected the model's 1 tensors, got 1 missing, 1 extra");
    assertThatThrownBy(() -> Weights.average(List.of()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("expected weights of a model, got none");
  }
}
