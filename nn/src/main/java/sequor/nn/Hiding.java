package sequor.nn;

import java.util.Arrays;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// What is added to the scores of an attention: −∞ where a step is not to be seen, else 0.
final class Hiding {
  private Hiding() {}

  /// All real steps are seen. // (B,1,S)
  static Tensor of(Spans spans) {
    return hiding(spans, 1, spans.steps());
  }

  /// Of the real steps each sees itself and those before it. // (B,T,T)
  static Tensor causal(Spans spans) {
    return hiding(spans, spans.steps(), 1);
  }

  /// @param first how many steps the first row may see
  private static Tensor hiding(Spans spans, int rows, int first) {
    int steps = spans.steps();
    float[] hiding = new float[spans.batch() * rows * steps];
    Arrays.fill(hiding, Float.NEGATIVE_INFINITY);
    for (int b = 0; b < spans.batch(); b++) {
      for (int row = 0; row < rows; row++) {
        int from = (b * rows + row) * steps;
        int end = Math.min(spans.end(b), first + row);
        Arrays.fill(hiding, from + spans.start(b), from + Math.max(spans.start(b), end), 0);
      }
    }
    return Tensor.of(hiding, spans.batch(), rows, steps);
  }
}
