package sequor.models;

import java.util.random.RandomGenerator;
import sequor.nn.Activation;
import sequor.nn.Dropout;
import sequor.nn.Layer;
import sequor.nn.Linear;
import sequor.nn.NnModule;
import sequor.nn.Parts;
import sequor.nn.Sequential;
import sequor.settings.Setting;
import sequor.settings.Settings;
import sequor.tensor.Tensor;

/// Reads a sequence and says which class it belongs to (many-to-one).
///
/// ```
/// columns → encoder (B,T,H) → pooling (B,P) → head → logits (B,C)
/// ```
public final class SequenceClassifier implements NnModule {
  /// What stands behind the encoder.
  ///
  /// @param headSize width of a ReLU layer before the logits; 0 for none
  /// @param dropout before each linear layer of the head
  public record Head(
      @Setting(
              value = "last",
              about = "last state, that of all layers, mean, max, all three, or attention")
          Pooling pooling,
      @Setting(
              value = "0",
              min = 0,
              max = 1 << 14,
              about = "of a ReLU layer before the logits; 0 for none")
          int headSize,
      @Setting(value = "0.5", min = 0, max = 0.99, about = "before each linear layer of the head")
          float dropout) {

    /// What holds where nobody says otherwise.
    public static Head standard() {
      return Settings.defaults(Head.class);
    }
  }

  private final Encoder encoder;
  private final Pooling kind;
  private final Pooling.Pooler pooling;
  private final Layer head;

  /// What makes the logits, of what stands before it.
  private interface Logits {
    Layer of(int inputSize);
  }

  /// @param classes C
  public SequenceClassifier(Encoder encoder, Head config, int classes, RandomGenerator random) {
    this(encoder, config, size -> new Linear(size, classes, random), random);
  }

  private SequenceClassifier(Encoder encoder, Head config, Logits logits, RandomGenerator random) {
    this.encoder = encoder;
    this.kind = config.pooling;
    this.pooling = config.pooling.build(encoder.hiddenSize(), random);
    this.head = head(config.pooling.width(encoder), config, logits, random);
  }

  /// One that says which of some levels in a row a sequence is at least above: its logits are those
  /// of being above each level but the highest, from one score ([CumulativeLink]).
  ///
  /// @param levels K, two or more
  public static SequenceClassifier ordinal(
      Encoder encoder, Head config, int levels, RandomGenerator random) {
    return new SequenceClassifier(
        encoder, config, size -> new CumulativeLink(size, levels - 1, random), random);
  }

  private static Layer head(int width, Head config, Logits logits, RandomGenerator random) {
    var dropout = new Dropout(config.dropout);
    if (config.headSize == 0) {
      return Sequential.of(dropout, logits.of(width));
    }
    return Sequential.of(
        dropout,
        new Linear(width, config.headSize, random),
        Activation.RELU,
        dropout,
        logits.of(config.headSize));
  }

  /// The logits of each class. // (B,C)
  public Tensor forward(Inputs inputs) {
    return head.forward(pooling.forward(encoder, inputs));
  }

  /// What the encoder makes of each step.
  public Encoder.Encoded encode(Inputs inputs) {
    return encoder.encode(inputs);
  }

  /// Reads a sequence as it comes.
  ///
  /// @throws ModelException if it cannot, and why
  public ClassifierSteps steps() {
    if (!(encoder instanceof RecurrentEncoder recurrent) || !recurrent.isOneWay()) {
      throw new ModelException(
          "steps: expected an encoder that reads a sequence as it comes (recurrent, not"
              + " bidirectional), got %s; train one that reads one way"
                  .formatted(
                      encoder instanceof RecurrentEncoder
                          ? "one that reads both ways"
                          : encoder.getClass().getSimpleName()));
    }
    if (kind == Pooling.ATTENTION) {
      throw new ModelException(
          "steps: expected a pooling of what was read so far (last, mean, max or all), got"
              + " attention, whose weights depend on the steps to come; train with another");
    }
    return new ClassifierSteps(recurrent, kind, head);
  }

  @Override
  public Parts parts() {
    var parts = Parts.of("encoder", encoder);
    if (!pooling.parameters().isEmpty()) {
      parts.and("pooling", pooling);
    }
    return parts.and("head", head);
  }
}
