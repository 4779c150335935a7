package sequor.recipes;

import java.util.random.RandomGenerator;
import sequor.nn.Activation;
import sequor.nn.Dropout;
import sequor.nn.Layer;
import sequor.nn.Linear;
import sequor.nn.NnModule;
import sequor.nn.Parts;
import sequor.nn.Recurrent;
import sequor.nn.Sequential;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// Reads a sequence and says which class it belongs to (many-to-one).
///
/// ```
/// ids (B,T) → embedding (B,T,D) → recurrent layers (B,T,H) → pooling (B,P) → head → scores (B,C)
/// ```
final class TextClassifier implements NnModule {
  /// @param vocabularySize V
  /// @param classes C
  /// @param encoder the recurrent layers; their input size D is the embedding's
  /// @param headSize width of a ReLU layer before the scores; 0 for none
  /// @param tokenDropout the share of tokens whose whole vector is dropped
  /// @param embeddingDropout on the embedded tokens
  /// @param dropout before each linear layer of the head
  record Config(
      int vocabularySize,
      int classes,
      CellKind.Config encoder,
      Pooling pooling,
      int headSize,
      float tokenDropout,
      float embeddingDropout,
      float dropout) {

    /// The section `model` of a recipe.
    static Config of(Settings model, int vocabularySize, int classes) {
      return new Config(
          vocabularySize,
          classes,
          new CellKind.Config(
              model.choice("cell", CellKind.class),
              model.wholeNumber("embedding_size", 1, 1 << 14),
              model.wholeNumber("hidden_size", 1, 1 << 14),
              model.wholeNumber("layers", 1, 64),
              model.flag("bidirectional"),
              model.number("layer_dropout", 0, 0.99)),
          model.choice("pooling", Pooling.class),
          model.wholeNumber("head_size", 0, 1 << 14),
          model.number("token_dropout", 0, 0.99),
          model.number("embedding_dropout", 0, 0.99),
          model.number("dropout", 0, 0.99));
    }
  }

  private final TokenEmbedding embedding;
  private final Recurrent<?> encoder;
  private final Pooling pooling;
  private final Layer head;

  TextClassifier(Config config, RandomGenerator random) {
    embedding =
        new TokenEmbedding(
            config.vocabularySize,
            config.encoder.inputSize(),
            config.tokenDropout,
            config.embeddingDropout,
            random);
    encoder = CellKind.build(config.encoder, random);
    pooling = config.pooling;
    head = head(pooling.width(encoder.hiddenSize()), config, random);
  }

  private static Layer head(int width, Config config, RandomGenerator random) {
    var dropout = new Dropout(config.dropout);
    if (config.headSize == 0) {
      return Sequential.of(dropout, new Linear(width, config.classes, random));
    }
    return Sequential.of(
        dropout,
        new Linear(width, config.headSize, random),
        Activation.RELU,
        dropout,
        new Linear(config.headSize, config.classes, random));
  }

  /// The scores of each class. // (B,C)
  Tensor forward(Ids ids, Spans spans) {
    return head.forward(pooling.of(encoder, embedding.forward(ids), spans)); // (B,C)
  }

  @Override
  public Parts parts() {
    return Parts.of("embedding", embedding).and("encoder", encoder).and("head", head);
  }
}
