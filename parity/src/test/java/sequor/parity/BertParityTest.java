package sequor.parity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.Seed;
import sequor.models.InputSize;
import sequor.models.Inputs;
import sequor.store.Safetensors;
import sequor.tasks.PublishedBert;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// A BERT's folder gives the outputs of the model that was published: weights are drawn by the
/// names that published models have, and their outputs are computed by libtorch's functions from
/// these names and the papers' formulas alone, one text after the other, with nothing of ours.
@Tag("libtorch")
class BertParityTest {
  private static final int SIZE = 12;
  private static final int HEADS = 3;
  private static final int INNER = 20;
  private static final int LAYERS = 2;
  private static final int POSITIONS = 16;
  private static final int SEP = 3;
  private static final List<String> WORDS =
      List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b", "c", "d", "e", "##e");

  /// Pairs, a single text and one of marks alone.
  private static final int[][] TEXTS = {
    {2, 5, 6, 7, 3, 8, 9, 10, 3}, {2, 9, 3}, {2, 3}, {2, 5, 3, 6, 7, 8, 3}
  };

  @TempDir Path folder;

  private final RandomGenerator random = new Seed(17).generator();
  private final Map<String, Tensor> weights = new LinkedHashMap<>();

  private void draw(String name, int... dims) {
    weights.put(name, Tensor.randn(random, dims).times(0.3f));
  }

  private void linear(String name, int out, int in) {
    draw(name + ".weight", out, in);
    draw(name + ".bias", out);
  }

  private void norm(String name) {
    weights.put(name + ".weight", Tensor.randn(random, SIZE).times(0.3f).plus(1));
    draw(name + ".bias", SIZE);
  }

  private void write(String config) throws IOException {
    Files.writeString(folder.resolve("config.json"), config);
    Files.writeString(folder.resolve("vocab.txt"), String.join("\n", WORDS) + "\n");
    Safetensors.write(folder.resolve("model.safetensors"), weights);
  }

  /// Compares hidden states and what stands for each text, all texts in one padded batch.
  private void compare(boolean pooled, Published published) {
    var bert = PublishedBert.read(folder);
    var size = InputSize.ofIds(bert.tokenizer().vocabulary().size(), 0).ofPairs(SEP);
    var config = bert.sizes().with(bert.sizes().types(), pooled);
    var encoder = config.build(size, new Seed(1).generator());
    bert.loadInto(encoder);

    int steps = 11;
    int[] ids = new int[TEXTS.length * steps];
    int[] lengths = new int[TEXTS.length];
    for (int b = 0; b < lengths.length; b++) {
      lengths[b] = TEXTS[b].length;
      System.arraycopy(TEXTS[b], 0, ids, b * steps, lengths[b]);
    }
    var encoded =
        encoder.encode(
            Inputs.of(
                Inputs.TEXT, Ids.of(ids, lengths.length, steps), Spans.right(lengths, steps)));
    try (var _ = new PointerScope();
        var _ = new NoGradGuard()) {
      var theirs = Torch.leaves(weights);
      for (int b = 0; b < lengths.length; b++) {
        var there = published.of(theirs, TEXTS[b]);
        var ours = encoded.hidden().select(0, b).slice(0, 0, lengths[b]);
        Parity.assertSame("hidden states of text " + b, ours, there);
        var first = there.select(0, 0);
        var last = pooled ? pooler(theirs, first) : first;
        Parity.assertSame("what stands for text " + b, encoded.last().select(0, b), last);
      }
    }
  }

  private interface Published {
    /// Hidden states of one text. // (T,H)
    org.bytedeco.pytorch.Tensor of(Torch.Leaves t, int[] ids);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gelu", "gelu_new"})
  void bert(String activation) throws IOException {
    draw("bert.embeddings.word_embeddings.weight", WORDS.size(), SIZE);
    draw("bert.embeddings.position_embeddings.weight", POSITIONS, SIZE);
    draw("bert.embeddings.token_type_embeddings.weight", 2, SIZE);
    norm("bert.embeddings.LayerNorm");
    for (int i = 0; i < LAYERS; i++) {
      String layer = "bert.encoder.layer." + i + ".";
      linear(layer + "attention.self.query", SIZE, SIZE);
      linear(layer + "attention.self.key", SIZE, SIZE);
      linear(layer + "attention.self.value", SIZE, SIZE);
      linear(layer + "attention.output.dense", SIZE, SIZE);
      norm(layer + "attention.output.LayerNorm");
      linear(layer + "intermediate.dense", INNER, SIZE);
      linear(layer + "output.dense", SIZE, INNER);
      norm(layer + "output.LayerNorm");
    }
    linear("bert.pooler.dense", SIZE, SIZE);
    write(
        """
        {"model_type": "bert", "vocab_size": 11, "hidden_size": 12, "num_attention_heads": 3,
         "num_hidden_layers": 2, "intermediate_size": 20, "hidden_act": "%s",
         "max_position_embeddings": 16, "type_vocab_size": 2, "layer_norm_eps": 1e-12}
        """
            .formatted(activation));
    compare(
        true,
        (t, ids) -> {
          var x =
              rows(t, "bert.embeddings.word_embeddings", ids)
                  .add(rows(t, "bert.embeddings.position_embeddings", places(ids)))
                  .add(rows(t, "bert.embeddings.token_type_embeddings", types(ids)));
          x = normed(t, "bert.embeddings.LayerNorm", x);
          for (int i = 0; i < LAYERS; i++) {
            String layer = "bert.encoder.layer." + i + ".";
            var taken =
                attended(
                    mapped(t, layer + "attention.self.query", x),
                    mapped(t, layer + "attention.self.key", x),
                    mapped(t, layer + "attention.self.value", x));
            var a =
                normed(
                    t,
                    layer + "attention.output.LayerNorm",
                    mapped(t, layer + "attention.output.dense", taken).add(x));
            var inner = mapped(t, layer + "intermediate.dense", a);
            var activated =
                activation.equals("gelu") ? torch.gelu(inner) : torch.gelu(inner, "tanh");
            x =
                normed(
                    t,
                    layer + "output.LayerNorm",
                    mapped(t, layer + "output.dense", activated).add(a));
          }
          return x;
        });
  }

  @Test
  void distilBert() throws IOException {
    draw("distilbert.embeddings.word_embeddings.weight", WORDS.size(), SIZE);
    draw("distilbert.embeddings.position_embeddings.weight", POSITIONS, SIZE);
    norm("distilbert.embeddings.LayerNorm");
    for (int i = 0; i < LAYERS; i++) {
      String layer = "distilbert.transformer.layer." + i + ".";
      for (var part : List.of("q_lin", "k_lin", "v_lin", "out_lin")) {
        linear(layer + "attention." + part, SIZE, SIZE);
      }
      norm(layer + "sa_layer_norm");
      linear(layer + "ffn.lin1", INNER, SIZE);
      linear(layer + "ffn.lin2", SIZE, INNER);
      norm(layer + "output_layer_norm");
    }
    write(
        """
        {"model_type": "distilbert", "vocab_size": 11, "dim": 12, "n_heads": 3, "n_layers": 2,
         "hidden_dim": 20, "activation": "gelu", "max_position_embeddings": 16,
         "sinusoidal_pos_embds": false, "tie_weights_": true}
        """);
    compare(
        false,
        (t, ids) -> {
          var x =
              rows(t, "distilbert.embeddings.word_embeddings", ids)
                  .add(rows(t, "distilbert.embeddings.position_embeddings", places(ids)));
          x = normed(t, "distilbert.embeddings.LayerNorm", x);
          for (int i = 0; i < LAYERS; i++) {
            String layer = "distilbert.transformer.layer." + i + ".";
            var taken =
                attended(
                    mapped(t, layer + "attention.q_lin", x),
                    mapped(t, layer + "attention.k_lin", x),
                    mapped(t, layer + "attention.v_lin", x));
            var a =
                normed(
                    t,
                    layer + "sa_layer_norm",
                    mapped(t, layer + "attention.out_lin", taken).add(x));
            var inner = torch.gelu(mapped(t, layer + "ffn.lin1", a));
            x = normed(t, layer + "output_layer_norm", mapped(t, layer + "ffn.lin2", inner).add(a));
          }
          return x;
        });
  }

  private static int[] places(int[] ids) {
    int[] places = new int[ids.length];
    for (int t = 0; t < places.length; t++) {
      places[t] = t;
    }
    return places;
  }

  private static int[] types(int[] ids) {
    int[] types = new int[ids.length];
    for (int t = 1; t < ids.length; t++) {
      types[t] = types[t - 1] == 1 || ids[t - 1] == SEP ? 1 : 0;
    }
    return types;
  }

  private static org.bytedeco.pytorch.Tensor rows(Torch.Leaves t, String name, int[] ids) {
    return torch.embedding(t.get(name + ".weight"), Torch.of(Ids.of(ids))); // (T,H)
  }

  private static org.bytedeco.pytorch.Tensor mapped(
      Torch.Leaves t, String name, org.bytedeco.pytorch.Tensor x) {
    return torch.linear(x, t.get(name + ".weight"), t.optional(name + ".bias"));
  }

  private static org.bytedeco.pytorch.Tensor normed(
      Torch.Leaves t, String name, org.bytedeco.pytorch.Tensor x) {
    TensorOptional weight = t.optional(name + ".weight");
    return torch.layer_norm(x, new long[] {SIZE}, weight, t.optional(name + ".bias"), 1e-12, false);
  }

  private static org.bytedeco.pytorch.Tensor pooler(
      Torch.Leaves t, org.bytedeco.pytorch.Tensor first) {
    return torch.tanh(mapped(t, "bert.pooler.dense", first));
  }

  /// softmax(Q·Kᵀ / √D)·V, head by head. // (T,H)
  private static org.bytedeco.pytorch.Tensor attended(
      org.bytedeco.pytorch.Tensor q, org.bytedeco.pytorch.Tensor k, org.bytedeco.pytorch.Tensor v) {
    var root = Torch.of(Tensor.of((float) Math.sqrt(SIZE / HEADS)));
    var scores = torch.matmul(heads(q), heads(k).transpose(1, 2)).div(root); // (N,T,T)
    return torch
        .matmul(torch.softmax(scores, -1), heads(v))
        .transpose(0, 1)
        .reshape(q.size(0), SIZE);
  }

  private static org.bytedeco.pytorch.Tensor heads(org.bytedeco.pytorch.Tensor x) {
    return x.reshape(x.size(0), HEADS, SIZE / HEADS).transpose(0, 1); // (N,T,D)
  }
}
