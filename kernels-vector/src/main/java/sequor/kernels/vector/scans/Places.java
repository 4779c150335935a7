package sequor.kernels.vector.scans;

import java.util.Arrays;
import sequor.kernels.HeapInts;
import sequor.kernels.Recurrences.Span;
import sequor.kernels.Scans.Size;

/// Where the real steps of each row lie, in the order in which they are read.
final class Places {
  final int batch;
  final int steps;
  final int width;
  private final boolean reverse;
  private final int[] starts;
  private final int[] ends;

  Places(Span span, Size size) {
    batch = size.batch();
    steps = size.steps();
    width = size.hidden();
    reverse = size.reverse();
    starts = HeapInts.of(span.starts());
    ends = HeapInts.of(span.ends());
  }

  /// How many steps of a row are real.
  int length(int row) {
    return ends[row] - starts[row];
  }

  int longest() {
    int longest = 0;
    for (int row = 0; row < batch; row++) {
      longest = Math.max(longest, length(row));
    }
    return longest;
  }

  /// The first number of step `k` of those that are read of a row.
  int at(int row, int k) {
    int t = reverse ? ends[row] - 1 - k : starts[row] + k;
    return (row * steps + t) * width;
  }

  /// How far the next step that is read lies from the one before.
  int stride() {
    return reverse ? -width : width;
  }

  /// Puts 0 into the columns `from` to `from + n` of all steps of a row that are not real.
  void clearPadding(float[] x, int row, int from, int n) {
    clear(x, row, 0, starts[row], from, n);
    clear(x, row, ends[row], steps, from, n);
  }

  private void clear(float[] x, int row, int first, int end, int from, int n) {
    for (int t = first; t < end; t++) {
      int at = (row * steps + t) * width + from;
      Arrays.fill(x, at, at + n, 0);
    }
  }
}
