package sequor.tensor;

import java.util.Arrays;
import sequor.kernels.Recurrences;

/// Which steps of each row of a padded batch are real: `start ≤ t < end`.
///
/// Recurrent layers skip every other step, so a padded row gets the answer that it gets alone. What
/// stands in padding may be any finite number; attention multiplies it by 0, which NaN survives.
public final class Spans {
  private final int steps;
  private final int[] starts;
  private final int[] ends;

  private Spans(int steps, int[] starts, int[] ends) {
    this.steps = steps;
    this.starts = starts;
    this.ends = ends;
  }

  /// Every step of every row is real.
  public static Spans full(int batch, int steps) {
    int[] ends = new int[batch];
    Arrays.fill(ends, steps);
    return new Spans(steps, new int[batch], ends);
  }

  /// Rows that are real from `starts` (inclusive) to `ends` (exclusive), padded on both sides.
  public static Spans of(int[] starts, int[] ends, int steps) {
    if (starts.length != ends.length) {
      throw Check.wrong(
          "spans: %d starts and %d ends — give one of each a row", starts.length, ends.length);
    }
    for (int row = 0; row < starts.length; row++) {
      if (starts[row] < 0 || starts[row] > ends[row] || ends[row] > steps) {
        throw Check.wrong(
            "spans: row %d from %d to %d in a batch of %d steps — needs 0 ≤ start ≤ end ≤ steps",
            row, starts[row], ends[row], steps);
      }
    }
    return new Spans(steps, starts.clone(), ends.clone());
  }

  /// Rows of the given lengths, padded on the right to `steps`.
  public static Spans right(int[] lengths, int steps) {
    checkLengths(lengths, steps);
    return new Spans(steps, new int[lengths.length], lengths.clone());
  }

  /// Rows of the given lengths, padded on the left to `steps`.
  public static Spans left(int[] lengths, int steps) {
    checkLengths(lengths, steps);
    int[] starts = new int[lengths.length];
    int[] ends = new int[lengths.length];
    for (int row = 0; row < lengths.length; row++) {
      starts[row] = steps - lengths[row];
      ends[row] = steps;
    }
    return new Spans(steps, starts, ends);
  }

  private static void checkLengths(int[] lengths, int steps) {
    for (int length : lengths) {
      if (length < 0 || length > steps) {
        throw Check.wrong(
            "spans: length %d in a batch of %d steps — lengths run from 0 to the steps",
            length, steps);
      }
    }
  }

  public int batch() {
    return starts.length;
  }

  public int steps() {
    return steps;
  }

  /// The first real step of a row.
  public int start(int row) {
    return starts[row];
  }

  /// One past the last real step of a row.
  public int end(int row) {
    return ends[row];
  }

  public int length(int row) {
    return ends[row] - starts[row];
  }

  /// Whether every step of every row is real.
  public boolean isFull() {
    for (int row = 0; row < batch(); row++) {
      if (length(row) < steps) {
        return false;
      }
    }
    return true;
  }

  /// 1 where a step is real, 0 where it is padding. // (B,T)
  public Tensor mask() {
    float[] mask = new float[batch() * steps];
    for (int row = 0; row < batch(); row++) {
      Arrays.fill(mask, row * steps + starts[row], row * steps + ends[row], 1);
    }
    return Tensor.of(mask, batch(), steps);
  }

  Recurrences.Span kernelSpan() {
    var memory = Compute.KERNELS.memory();
    return new Recurrences.Span(memory.ints(starts), memory.ints(ends));
  }
}
