package sequor.kernels.vector;

import java.util.Random;
import sequor.kernels.HeapInts;
import sequor.kernels.Recurrences.Span;

/// How many steps of each row of a batch are real, and on which side the padding is.
enum Lengths {
  FULL,
  RIGHT,
  LEFT,
  EMPTY,
  MIXED;

  /// Rows of this kind, of random lengths where it says none.
  Span span(int batch, int steps) {
    int[] starts = new int[batch];
    int[] ends = new int[batch];
    var random = new Random(batch * 31L + steps);
    for (int b = 0; b < batch; b++) {
      int length = random.nextInt(steps + 1);
      int slack = steps - length;
      starts[b] =
          switch (this) {
            case FULL, RIGHT, EMPTY -> 0;
            case LEFT -> slack;
            case MIXED -> random.nextInt(slack + 1);
          };
      ends[b] =
          switch (this) {
            case FULL -> steps;
            case EMPTY -> 0;
            default -> starts[b] + length;
          };
    }
    return new Span(new HeapInts(starts), new HeapInts(ends));
  }
}
