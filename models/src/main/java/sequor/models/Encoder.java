package sequor.models;

import sequor.nn.NnModule;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// Reads columns and gives a vector a step.
public interface Encoder extends NnModule {
  /// @param hidden (B,T,H), 0 where a step is padding
  /// @param spans which steps are real
  /// @param last (B,H) what stands for the whole sequence after its last step
  record Encoded(Tensor hidden, Spans spans, Tensor last) {}

  /// H
  int hiddenSize();

  Encoded encode(Inputs inputs);

  /// What stands for the whole sequence alone, which an encoder may know more cheaply. // (B,H)
  default Tensor last(Inputs inputs) {
    return encode(inputs).last();
  }

  /// The width of [#lastOfLayers].
  default int layersSize() {
    return hiddenSize();
  }

  /// What stands for the whole sequence in each of the encoder's layers, bottom to top, joined;
  /// that of the top one where layers have nothing of the kind. // (B,layersSize)
  default Tensor lastOfLayers(Inputs inputs) {
    return last(inputs);
  }

  /// The vector of each row's last real step, and zeros of an empty row: what an encoder may take
  /// for [Encoded#last] that has nothing better. // (B,T,H) → (B,H)
  static Tensor lastStep(Tensor hidden, Spans spans) {
    int steps = hidden.dim(1);
    int size = hidden.dim(2);
    int[] rows = new int[spans.batch()];
    float[] filled = new float[spans.batch()];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = row * steps + Math.max(0, spans.end(row) - 1);
      filled[row] = Math.min(1, spans.length(row));
    }
    return hidden
        .reshape(rows.length * steps, size)
        .indexSelect(0, Ids.of(rows))
        .times(Tensor.of(filled, rows.length, 1));
  }
}
