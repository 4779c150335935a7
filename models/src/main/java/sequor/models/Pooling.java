package sequor.models;

import java.util.List;
import java.util.random.RandomGenerator;
import sequor.nn.NnModule;
import sequor.nn.Parts;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// How the hidden states of a sequence become one vector.
public enum Pooling {
  /// The state after the last real step, or whatever else the encoder takes for the whole.
  LAST(1),
  /// The last states of all layers and directions, joined.
  LAST_OF_LAYERS(1),
  /// The mean over the real steps.
  MEAN(1),
  /// The largest over the real steps, number by number.
  MAX(1),
  /// All three, joined.
  ALL(3),
  /// A mean by weights that are learned: see [AttentionPooling].
  ATTENTION(1);

  private static final float FAR_BELOW = -1e9f;

  private final int parts;

  Pooling(int parts) {
    this.parts = parts;
  }

  /// What pools the hidden states of an encoder.
  public interface Pooler extends NnModule {
    /// What the encoder makes of its inputs, as one vector a row. // (B,width)
    Tensor forward(Encoder encoder, Inputs inputs);
  }

  /// The width of the vector that comes of an encoder's states.
  public int width(Encoder encoder) {
    return this == LAST_OF_LAYERS ? encoder.layersSize() : parts * encoder.hiddenSize();
  }

  /// A pooler for hidden states of width H; only that by attention has something to learn.
  public Pooler build(int hiddenSize, RandomGenerator random) {
    return this == ATTENTION ? new AttentionPooling(hiddenSize, random) : new Fixed(this);
  }

  private record Fixed(Pooling pooling) implements Pooler {
    @Override
    public Tensor forward(Encoder encoder, Inputs inputs) {
      if (pooling == LAST) {
        return encoder.last(inputs);
      }
      if (pooling == LAST_OF_LAYERS) {
        return encoder.lastOfLayers(inputs);
      }
      var encoded = encoder.encode(inputs);
      var hidden = encoded.hidden(); // (B,T,H)
      var spans = encoded.spans();
      return switch (pooling) {
        case MEAN -> mean(hidden, spans);
        case MAX -> max(hidden, spans);
        case ALL ->
            Tensor.concat(-1, List.of(encoded.last(), mean(hidden, spans), max(hidden, spans)));
        case LAST, LAST_OF_LAYERS, ATTENTION ->
            throw new IllegalStateException("pooled elsewhere: " + pooling);
      };
    }

    @Override
    public Parts parts() {
      return Parts.none();
    }
  }

  /// Padding is 0 in the hidden states, so the sum is over the real steps.
  static Tensor mean(Tensor hidden, Spans spans) {
    float[] share = new float[spans.batch()];
    for (int row = 0; row < share.length; row++) {
      share[row] = 1f / Math.max(spans.length(row), 1);
    }
    return hidden.sum(1).times(Tensor.of(share, share.length, 1)); // (B,H)
  }

  private static Tensor max(Tensor hidden, Spans spans) {
    var mask = spans.mask().reshape(spans.batch(), spans.steps(), 1); // (B,T,1)
    float[] filled = new float[spans.batch()];
    for (int row = 0; row < filled.length; row++) {
      filled[row] = Math.min(spans.length(row), 1);
    }
    var lowered = hidden.plus(mask.minus(1).times(-FAR_BELOW)); // padding far below
    return lowered.max(1).times(Tensor.of(filled, filled.length, 1)); // an empty row gives 0
  }
}
