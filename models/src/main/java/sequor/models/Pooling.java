package sequor.models;

import java.util.List;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// How the hidden states of a sequence become one vector.
public enum Pooling {
  /// The state after the last real step.
  LAST(1),
  /// The mean over the real steps.
  MEAN(1),
  /// The largest over the real steps, number by number.
  MAX(1),
  /// All three, joined.
  ALL(3);

  private static final float FAR_BELOW = -1e9f;

  private final int parts;

  Pooling(int parts) {
    this.parts = parts;
  }

  /// The width of the vector, for hidden states of width H.
  public int width(int hiddenSize) {
    return parts * hiddenSize;
  }

  /// What an encoder makes of its inputs, as one vector a row. // (B,width)
  public Tensor of(Encoder encoder, Inputs inputs) {
    if (this == LAST) {
      return encoder.last(inputs);
    }
    var encoded = encoder.encode(inputs);
    var hidden = encoded.hidden(); // (B,T,H)
    var spans = encoded.spans();
    return switch (this) {
      case LAST -> encoded.last();
      case MEAN -> mean(hidden, spans);
      case MAX -> max(hidden, spans);
      case ALL ->
          Tensor.concat(-1, List.of(encoded.last(), mean(hidden, spans), max(hidden, spans)));
    };
  }

  /// Padding is 0 in the hidden states, so the sum is over the real steps.
  private static Tensor mean(Tensor hidden, Spans spans) {
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
