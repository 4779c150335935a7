package sequor.tasks;

import static java.util.Map.entry;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import sequor.tensor.Tensor;

/// What the parameters of a [sequor.models.BertEncoder], and of the head that says hidden tokens,
/// are called in published models. There are two layouts; in both the projections to queries, keys
/// and values are three tensors, which are one of ours.
final class BertLayout {
  /// BERT's.
  static final BertLayout BERT =
      new BertLayout(
          "bert",
          "encoder.layer.",
          Map.ofEntries(
              entry("words", List.of("embeddings.word_embeddings")),
              entry("positions", List.of("embeddings.position_embeddings")),
              entry("types", List.of("embeddings.token_type_embeddings")),
              entry("norm", List.of("embeddings.LayerNorm")),
              entry(
                  "self_attn.in_proj",
                  List.of("attention.self.query", "attention.self.key", "attention.self.value")),
              entry("self_attn.out_proj", List.of("attention.output.dense")),
              entry("norm1", List.of("attention.output.LayerNorm")),
              entry("linear1", List.of("intermediate.dense")),
              entry("linear2", List.of("output.dense")),
              entry("norm2", List.of("output.LayerNorm")),
              entry("pooler", List.of("pooler.dense")),
              entry("head.transform", List.of("cls.predictions.transform.dense")),
              entry("head.norm", List.of("cls.predictions.transform.LayerNorm")),
              entry("head", List.of("cls.predictions"))));

  /// DistilBERT's.
  static final BertLayout DISTILBERT =
      new BertLayout(
          "distilbert",
          "transformer.layer.",
          Map.ofEntries(
              entry("words", List.of("embeddings.word_embeddings")),
              entry("positions", List.of("embeddings.position_embeddings")),
              entry("norm", List.of("embeddings.LayerNorm")),
              entry(
                  "self_attn.in_proj",
                  List.of("attention.q_lin", "attention.k_lin", "attention.v_lin")),
              entry("self_attn.out_proj", List.of("attention.out_lin")),
              entry("norm1", List.of("sa_layer_norm")),
              entry("linear1", List.of("ffn.lin1")),
              entry("linear2", List.of("ffn.lin2")),
              entry("norm2", List.of("output_layer_norm")),
              entry("head.transform", List.of("vocab_transform")),
              entry("head.norm", List.of("vocab_layer_norm")),
              entry("head", List.of("vocab_projector"))));

  /// Both.
  static final List<BertLayout> ALL = List.of(BERT, DISTILBERT);

  private static final Pattern PARAMETER =
      Pattern.compile("(?:layers\\.(?<layer>\\d+)\\.)?(?<part>.+)[._](?<kind>weight|bias)");
  private static final Pattern OLD_NORM = Pattern.compile("(?<=LayerNorm)\\.(gamma|beta)$");

  private final String type; // in config.json
  private final String blocks; // before a block's number
  private final Map<String, List<String>> parts;

  private BertLayout(String type, String blocks, Map<String, List<String>> parts) {
    this.type = type;
    this.blocks = blocks;
    this.parts = parts;
  }

  /// What `config.json` calls it.
  String type() {
    return type;
  }

  /// What stands before the names of the encoder's tensors in a file that has a head too.
  String prefix() {
    return type + ".";
  }

  /// The names of the tensors that a parameter is made of, one or three, without prefix.
  ///
  /// @throws TaskException if published models have nothing of the kind
  List<String> published(String parameter) {
    var matcher = PARAMETER.matcher(parameter);
    if (!matcher.matches() || !parts.containsKey(matcher.group("part"))) {
      throw new TaskException(
          "%s: expected parameters that its published models have, got %s; take the layout bert"
              .formatted(type, parameter));
    }
    String layer = matcher.group("layer");
    String before = layer == null ? "" : blocks + layer + ".";
    String behind = "." + matcher.group("kind");
    return parts.getOrDefault(matcher.group("part"), List.of()).stream()
        .map(part -> before + part + behind)
        .toList();
  }

  /// A tensor's name in its newer spelling and without prefix: `gamma` and `beta` were those of
  /// norms, and of norms alone.
  String plain(String name) {
    String bare = name.startsWith(prefix()) ? name.substring(prefix().length()) : name;
    return OLD_NORM
        .matcher(bare)
        .replaceFirst(match -> match.group(1).equals("gamma") ? ".weight" : ".bias");
  }

  /// Whether a tensor, by its plain name, belongs to an encoder, and not to what stands behind it.
  boolean isOfEncoder(String plain) {
    return plain.startsWith("embeddings.") || plain.startsWith(blocks);
  }

  /// The tensors of a published model from the parameters, those of the encoder with the prefix.
  ///
  /// @param parameters by the names that they have in the encoder, or below `head`
  Map<String, Tensor> split(Map<String, Tensor> parameters) {
    var tensors = new LinkedHashMap<String, Tensor>();
    parameters.forEach(
        (name, parameter) -> {
          var names = published(name);
          int rows = parameter.dim(0) / names.size();
          String before = name.startsWith("head") ? "" : prefix();
          for (int i = 0; i < names.size(); i++) {
            tensors.put(before + names.get(i), parameter.slice(0, i * rows, (i + 1) * rows));
          }
        });
    return tensors;
  }

  /// Overwrites each parameter with its tensors.
  ///
  /// @param tensor gives one by the name that it has without prefix
  void join(Map<String, Tensor> parameters, Function<String, Tensor> tensor) {
    parameters.forEach(
        (name, parameter) -> {
          var pieces = published(name).stream().map(tensor).toList();
          parameter.assign(pieces.size() == 1 ? pieces.getFirst() : Tensor.concat(0, pieces));
        });
  }
}
