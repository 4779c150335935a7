package sequor.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.Seed;
import sequor.models.BertEncoder;
import sequor.models.InputSize;
import sequor.models.Inputs;
import sequor.nn.Activation;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;
import sequor.testkit.Twins;

/// Folders of published BERTs, with the names that there are (B13). That their outputs are right is
/// compared with libtorch in `parity`.
class PublishedBertTest {
  private static final BertEncoder.Config CONFIG = BertEncoder.Config.of(8, 2, 2);

  @TempDir Path folder;

  private final RandomGenerator random = new Seed(6).generator();
  private final BertEncoder encoder = BertFolder.encoder(CONFIG, random);

  private BertEncoder loaded() {
    var bert = PublishedBert.read(folder);
    var size = InputSize.ofIds(bert.tokenizer().vocabulary().size(), 0).ofPairs(3);
    var built = bert.sizes().build(size, new Seed(1).generator());
    bert.loadInto(built);
    return built;
  }

  private static Tensor said(BertEncoder encoder) {
    int[] ids = {2, 5, 6, 7, 3, 8, 3};
    return encoder
        .encode(Inputs.of(Inputs.TEXT, Ids.of(ids, 1, ids.length), Spans.full(1, ids.length)))
        .hidden();
  }

  @ParameterizedTest
  @CsvSource({"bert., weight, bias", "'', weight, bias", "bert., gamma, beta", "'', gamma, beta"})
  void whateverTheNamesTheBitsAreTheSame(String prefix, String weight, String bias) {
    BertFolder.described(folder, CONFIG);
    var names =
        BertFolder.renamed(
            BertFolder.tensors(BertLayout.BERT, encoder),
            name ->
                name.replace("bert.", prefix)
                    .replace("LayerNorm.weight", "LayerNorm." + weight)
                    .replace("LayerNorm.bias", "LayerNorm." + bias));
    BertFolder.weights(folder.resolve("model.safetensors"), names, "F32", "");
    Twins.assertSameBits(said(encoder), said(loaded()));
  }

  /// `gamma` is renamed only where it is a norm's.
  @Test
  void whatStandsBehindTheEncoderIsLeftOutAndNamed() {
    BertFolder.described(folder, CONFIG);
    var tensors = new LinkedHashMap<>(BertFolder.tensors(BertLayout.BERT, encoder));
    tensors.put("cls.predictions.bias", Tensor.zeros(19));
    tensors.put("cls.scale.gamma", Tensor.zeros(2));
    tensors.put("bert.pooler.dense.weight", Tensor.zeros(8, 8));
    BertFolder.weights(
        folder.resolve("model.safetensors"), tensors, "F32", "bert.embeddings.position_ids");
    var bert = PublishedBert.read(folder);
    var built = bert.sizes().build(InputSize.ofIds(19, 0), random);
    assertThat(bert.loadInto(built).ignored())
        .containsExactly(
            "cls.predictions.bias",
            "cls.scale.gamma",
            "bert.pooler.dense.weight",
            "bert.embeddings.position_ids");
    assertThat(bert.notices())
        .containsExactly(
            folder
                + ": 4 tensors belong to no encoder and are left out: cls.predictions.bias,"
                + " cls.scale.gamma, bert.pooler.dense.weight, bert.embeddings.position_ids");
  }

  @Test
  void aTensorThatIsMissingIsAnErrorWithItsName() {
    BertFolder.described(folder, CONFIG);
    var tensors = new LinkedHashMap<>(BertFolder.tensors(BertLayout.BERT, encoder));
    tensors.remove("bert.encoder.layer.1.attention.self.key.bias");
    tensors.put("bert.encoder.layer.0.output.dense.bias", Tensor.zeros(9));
    tensors.put("bert.encoder.layer.2.output.dense.bias", Tensor.zeros(8));
    BertFolder.weights(folder.resolve("model.safetensors"), tensors, "F32", "");
    var bert = PublishedBert.read(folder);
    var built = bert.sizes().build(InputSize.ofIds(19, 0), random);
    float[] before = built.table().toArray();
    assertThatThrownBy(() -> bert.loadInto(built))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("missing: bert.encoder.layer.1.attention.self.key.bias (8)")
        .hasMessageContaining(
            "other shape: bert.encoder.layer.0.output.dense.bias expected (8), got (9)")
        .hasMessageContaining("extra: bert.encoder.layer.2.output.dense.bias (8)");
    assertThat(built.table().toArray()).isEqualTo(before);
  }

  /// Where the layer of its own is wanted, it has to be there.
  @Test
  void aPoolerThatIsWantedIsRead() {
    BertFolder.described(folder, CONFIG);
    var pooled = BertFolder.encoder(CONFIG.with(2, true), random);
    var tensors = BertFolder.tensors(BertLayout.BERT, pooled);
    BertFolder.weights(folder.resolve("model.safetensors"), tensors, "F32", "");
    var built = CONFIG.with(2, true).build(InputSize.ofIds(19, 0), random);
    PublishedBert.read(folder).loadInto(built);
    Twins.assertSameBits(pooled.parameter("pooler.weight"), built.parameter("pooler.weight"));

    tensors = BertFolder.tensors(BertLayout.BERT, encoder);
    BertFolder.weights(folder.resolve("model.safetensors"), tensors, "F32", "");
    assertThatThrownBy(() -> PublishedBert.read(folder).loadInto(built))
        .hasMessageContaining("missing: pooler.dense.weight (8,8)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"F16", "BF16"})
  void halvesAreWidened(String type) {
    BertFolder.described(folder, CONFIG);
    var tensors = BertFolder.tensors(BertLayout.BERT, encoder);
    BertFolder.weights(folder.resolve("model.safetensors"), tensors, type, "");
    float[] read = loaded().table().toArray();
    float[] written = encoder.table().toArray();
    for (int i = 0; i < written.length; i++) {
      float expected =
          type.equals("F16")
              ? Float.float16ToFloat(Float.floatToFloat16(written[i]))
              : Float.intBitsToFloat(Float.floatToRawIntBits(written[i]) & 0xFFFF_0000);
      assertThat(read[i]).isEqualTo(expected);
    }
  }

  @Test
  void shardsAreFoundByTheirIndex() {
    BertFolder.described(folder, CONFIG);
    var one = new LinkedHashMap<String, Tensor>();
    var two = new LinkedHashMap<String, Tensor>();
    var map = new StringBuilder();
    BertFolder.tensors(BertLayout.BERT, encoder)
        .forEach(
            (name, tensor) -> {
              boolean first = name.contains("embeddings");
              (first ? one : two).put(name, tensor);
              map.append(map.isEmpty() ? "" : ", ")
                  .append("\"%s\": \"%s.safetensors\"".formatted(name, first ? "one" : "two"));
            });
    BertFolder.weights(folder.resolve("one.safetensors"), one, "F32", "");
    BertFolder.weights(folder.resolve("two.safetensors"), two, "F32", "");
    BertFolder.write(
        folder.resolve("model.safetensors.index.json"), "{\"weight_map\": {%s}}".formatted(map));
    Twins.assertSameBits(said(encoder), said(loaded()));
  }

  @Test
  void distilBertHasItsOwnNamesAndNoTypes() {
    var distilled = BertFolder.encoder(CONFIG.with(0, false), random);
    BertFolder.withWords(folder);
    BertFolder.write(
        folder.resolve("config.json"),
        """
        {"model_type": "distilbert", "dim": 8, "n_heads": 2, "n_layers": 2, "hidden_dim": 32,
         "activation": "gelu", "max_position_embeddings": 512, "vocab_size": 19,
         "sinusoidal_pos_embds": false}
        """);
    var tensors = new LinkedHashMap<>(BertFolder.tensors(BertLayout.DISTILBERT, distilled));
    assertThat(tensors)
        .containsKeys(
            "distilbert.embeddings.word_embeddings.weight",
            "distilbert.transformer.layer.1.attention.v_lin.bias",
            "distilbert.transformer.layer.0.sa_layer_norm.weight",
            "distilbert.transformer.layer.0.ffn.lin2.weight");
    tensors.put("vocab_projector.bias", Tensor.zeros(19));
    BertFolder.weights(folder.resolve("model.safetensors"), tensors, "F32", "");
    Twins.assertSameBits(said(distilled), said(loaded()));
    assertThat(PublishedBert.read(folder).sizes()).isEqualTo(CONFIG.with(0, false));
  }

  /// Tables with rows to spare, as some published ones have them for speed.
  @Test
  void idsToSpareHaveNoToken() {
    BertFolder.described(folder, CONFIG);
    BertFolder.write(folder.resolve("vocab.txt"), "[PAD]\n[UNK]\n[CLS]\n[SEP]\nfine\n");
    var tokenizer = PublishedBert.read(folder).tokenizer();
    assertThat(tokenizer.vocabulary().size()).isEqualTo(19);
    assertThat(tokenizer.encode("Fine!").ids()).containsExactly(4, 1);

    BertFolder.withWords(folder);
    var more = "one\ntwo\n";
    BertFolder.write(
        folder.resolve("vocab.txt"), String.join("\n", BertFolder.WORDS) + "\n" + more);
    assertThatThrownBy(() -> PublishedBert.read(folder).tokenizer())
        .isInstanceOf(TaskException.class)
        .hasMessage(
            folder
                + ": expected a tokenizer of at most 19 tokens, which have a vector, got 21; take the"
                + " one that belongs to the model");
  }

  @Test
  void casesAndAccentsAreAsTheTokenizersConfigurationSays() {
    BertFolder.described(folder, CONFIG);
    assertThat(PublishedBert.read(folder).tokenizer().tokens("Fíne Films"))
        .containsExactly("fine", "film", "##s");
    BertFolder.write(folder.resolve("tokenizer_config.json"), "{\"do_lower_case\": false}");
    assertThat(PublishedBert.read(folder).tokenizer().tokens("Fíne films"))
        .containsExactly("Fíne", "film", "##s");
  }

  @Test
  void anotherModelIsRefusedByItsName() {
    BertFolder.write(folder.resolve("config.json"), "{\"model_type\": \"roberta\"}");
    assertThatThrownBy(() -> PublishedBert.read(folder))
        .isInstanceOf(TaskException.class)
        .hasMessage(
            folder
                + ": expected the config.json of a BERT (model_type bert or distilbert), got the"
                + " model_type roberta; take such a folder, or a run of sequor train pretrain");
    BertFolder.write(folder.resolve("config.json"), "{\"task\": \"classify\"}");
    assertThatThrownBy(() -> PublishedBert.read(folder))
        .hasMessageContaining("got a model of task classify");
    BertFolder.described(folder, CONFIG);
    BertFolder.write(
        folder.resolve("config.json"),
        """
        {"model_type": "bert", "hidden_size": 8, "num_attention_heads": 2, "num_hidden_layers": 2,
         "intermediate_size": 32, "hidden_act": "mish", "max_position_embeddings": 512,
         "type_vocab_size": 2, "vocab_size": 19}
        """);
    assertThatThrownBy(() -> PublishedBert.read(folder))
        .hasMessageContaining("expected hidden_act to be one of gelu, gelu_new, gelu_pytorch_tanh");
  }

  @Test
  void whatItWritesIsWhatItReads() {
    var directory = new sequor.store.ModelDirectory(folder);
    PublishedBert.writeWeights(directory, encoder.parameters());
    var again = CONFIG.build(InputSize.ofIds(19, 0).ofPairs(3), random);
    PublishedBert.readWeights(directory, again.parameters());
    Twins.assertSameBits(said(encoder), said(again));

    BertFolder.withWords(folder);
    var tokenizer = sequor.text.PretrainedKind.read(folder);
    directory.config().write(PublishedBert.json(CONFIG, tokenizer));
    Twins.assertSameBits(said(encoder), said(loaded()));
    assertThat(PublishedBert.read(folder).sizes()).isEqualTo(CONFIG);
    assertThat(CONFIG.activation()).isEqualTo(Activation.GELU);
  }
}
