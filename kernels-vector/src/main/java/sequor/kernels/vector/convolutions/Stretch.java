package sequor.kernels.vector.convolutions;

import java.util.Arrays;
import sequor.kernels.HeapInts;
import sequor.kernels.Recurrences.Span;

/// Which places of each row of a batch take part, and where they lie: place `t` of row `b`, for
/// `starts[b] ≤ t < ends[b]`, is line `offsets[b] + t` of a matrix.
record Stretch(int[] starts, int[] ends, int[] offsets) {
  /// In a tensor (B,steps,…).
  static Stretch within(Span span, int batch, int steps) {
    int[] offsets = new int[batch];
    for (int b = 0; b < batch; b++) {
      offsets[b] = b * steps;
    }
    return new Stretch(HeapInts.of(span.starts()), HeapInts.of(span.ends()), offsets);
  }

  /// The same places, one beside the other without gaps.
  Stretch packed() {
    int[] packed = new int[offsets.length];
    int line = 0;
    for (int b = 0; b < packed.length; b++) {
      packed[b] = line - starts[b];
      line += length(b);
    }
    return new Stretch(starts, ends, packed);
  }

  /// The rows `from ≤ b < to` alone.
  Stretch rows(int from, int to) {
    return new Stretch(
        Arrays.copyOfRange(starts, from, to),
        Arrays.copyOfRange(ends, from, to),
        Arrays.copyOfRange(offsets, from, to));
  }

  int batch() {
    return offsets.length;
  }

  int length(int b) {
    return ends[b] - starts[b];
  }

  /// Where the first place of a row lies.
  int first(int b) {
    return offsets[b] + starts[b];
  }

  /// How many places there are.
  int count() {
    int count = 0;
    for (int b = 0; b < offsets.length; b++) {
      count += length(b);
    }
    return count;
  }

  /// Whether the lines of all are those from the first one on, without gaps.
  boolean isDense() {
    int line = 0;
    for (int b = 0; b < offsets.length; b++) {
      if (length(b) > 0 && first(b) != line) {
        return false;
      }
      line += length(b);
    }
    return true;
  }
}
