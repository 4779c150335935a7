package sequor.tasks;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.models.BertEncoder;
import sequor.nn.Activation;
import sequor.text.Vocabulary;

/// The `config.json` of published BERTs, as far as it says what an encoder is.
final class BertJson {
  private static final float EPSILON = 1e-12f; // of DistilBERT, whose files do not say it
  private static final Map<String, Activation> ACTIVATIONS =
      Map.of(
          "gelu", Activation.GELU,
          "gelu_new", Activation.GELU_TANH,
          "gelu_pytorch_tanh", Activation.GELU_TANH,
          "relu", Activation.RELU,
          "silu", Activation.SILU,
          "swish", Activation.SILU);

  private BertJson() {}

  /// @throws TaskException if it is of another kind of model
  static BertLayout layout(JsonObject json, Path folder) {
    if (!json.has("model_type")) {
      if (json.has("hidden_size") && json.has("intermediate_size")) {
        return BertLayout.BERT; // files of 2018 do not say it
      }
      throw wrong(folder, json.has("task") ? "a model of task " + json.text("task") : "none");
    }
    String type = json.text("model_type");
    for (var layout : BertLayout.ALL) {
      if (layout.type().equals(type)) {
        return layout;
      }
    }
    throw wrong(folder, "the model_type " + type);
  }

  private static TaskException wrong(Path folder, String got) {
    return new TaskException(
        "%s: expected the config.json of a BERT (model_type bert or distilbert), got %s; take such a"
                .formatted(folder, got)
            + " folder, or a run of sequor train pretrain");
  }

  /// What the file says, with the dropout that holds where nobody says otherwise.
  ///
  /// @throws TaskException if it has what we have not
  static BertEncoder.Config sizes(JsonObject json, BertLayout layout, Path folder) {
    for (var flag : List.of("is_decoder", "add_cross_attention")) {
      if (json.has(flag) && json.flag(flag)) {
        throw new TaskException(
            "%s: expected an encoder that reads both ways, got %s: true; take another model"
                .formatted(folder, flag));
      }
    }
    String positions =
        json.has("position_embedding_type") ? json.text("position_embedding_type") : "absolute";
    if (!positions.equals("absolute")) {
      throw new TaskException(
          "%s: expected position_embedding_type absolute, got %s; take another model"
              .formatted(folder, positions));
    }
    boolean bert = layout == BertLayout.BERT;
    int size = size(json, bert ? "hidden_size" : "dim");
    var standard = BertEncoder.Config.of(size, 1, 1);
    return new BertEncoder.Config(
        "",
        size,
        size(json, bert ? "num_attention_heads" : "n_heads"),
        size(json, bert ? "num_hidden_layers" : "n_layers"),
        size(json, bert ? "intermediate_size" : "hidden_dim"),
        activation(json, bert ? "hidden_act" : "activation", folder),
        size(json, "max_position_embeddings"),
        bert ? json.wholeNumber("type_vocab_size", 0, 16) : 0,
        standard.pooler(),
        json.has("layer_norm_eps") ? (float) json.number("layer_norm_eps", 0, 1) : EPSILON,
        standard.attentionDropout(),
        standard.layerDropout());
  }

  private static int size(JsonObject json, String name) {
    return json.wholeNumber(name, 1, 1 << 20);
  }

  private static Activation activation(JsonObject json, String name, Path folder) {
    var activation = ACTIVATIONS.get(json.text(name));
    if (activation == null) {
      throw new TaskException(
          "%s: expected %s to be one of %s, got %s; take another model"
              .formatted(
                  folder,
                  name,
                  String.join(", ", new TreeSet<>(ACTIVATIONS.keySet())),
                  json.text(name)));
    }
    return activation;
  }

  static JsonObject of(BertEncoder.Config config, Vocabulary vocabulary) {
    return Json.object()
        .with("model_type", BertLayout.BERT.type())
        .with("architectures", List.of("BertForMaskedLM"))
        .with("vocab_size", vocabulary.size())
        .with("hidden_size", config.hiddenSize())
        .with("num_attention_heads", config.heads())
        .with("num_hidden_layers", config.layers())
        .with("intermediate_size", config.feedForwardSize())
        .with("hidden_act", written(config.activation()))
        .with("max_position_embeddings", config.positionCount())
        .with("type_vocab_size", config.types())
        .with("layer_norm_eps", config.epsilon())
        .with("hidden_dropout_prob", config.layerDropout())
        .with("attention_probs_dropout_prob", config.attentionDropout())
        .with("pad_token_id", vocabulary.pad());
  }

  private static String written(Activation activation) {
    return switch (activation) {
      case GELU -> "gelu";
      case GELU_TANH -> "gelu_new";
      case RELU -> "relu";
      case SILU -> "silu";
      default ->
          throw new TaskException(
              "encoder bert: expected an activation that published models know (gelu, gelu_tanh,"
                  + " relu, silu), got %s; take one of these".formatted(activation));
    };
  }
}
