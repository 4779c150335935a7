package sequor.kernels.vector.attentions;

import java.util.Arrays;
import sequor.kernels.Attentions;
import sequor.kernels.Floats;
import sequor.kernels.HeapFloats;
import sequor.kernels.HeapInts;
import sequor.kernels.Parallel;
import sequor.kernels.vector.simd.Scratch;

/// Attention as products of a block of queries and all keys that one of them sees.
///
/// A task is one head of one row, or, going forward, one block of its queries; nobody else adds to
/// what it adds to, so bits depend on no number of threads.
public final class VectorAttentions implements Attentions {
  private static final long TASK_PRODUCTS = 1L << 18;

  @Override
  public void forward(Reading reading, Floats y, Floats logSums, Size size) {
    float[] ys = HeapFloats.of(y);
    float[] sums = HeapFloats.of(logSums);
    if (!isFull(reading, size)) {
      Arrays.fill(ys, 0, size.batch() * size.queries() * size.heads() * size.width(), 0);
    }
    int blocks = Math.ceilDiv(size.queries(), HeadBlock.QUERIES);
    Parallel.ranges(
        size.batch() * size.heads() * blocks,
        grain(Math.min(HeadBlock.QUERIES, size.queries()), size),
        (from, to) -> {
          try (var scratch = Scratch.borrow()) {
            for (int i = from; i < to; i++) {
              int head = i / blocks;
              HeadBlock.of(reading, size, head / size.heads(), head % size.heads(), i % blocks)
                  .forward(scratch, ys, sums);
            }
          }
        });
  }

  @Override
  public void backward(
      Reading reading, Floats y, Floats logSums, Floats dy, Gradients gradients, Size size) {
    float[] ys = HeapFloats.of(y);
    float[] sums = HeapFloats.of(logSums);
    float[] dys = HeapFloats.of(dy);
    int blocks = Math.ceilDiv(size.queries(), HeadBlock.QUERIES);
    Parallel.ranges(
        size.batch() * size.heads(),
        grain(size.queries(), size),
        (from, to) -> {
          try (var scratch = Scratch.borrow()) {
            for (int head = from; head < to; head++) {
              for (int i = 0; i < blocks; i++) {
                HeadBlock.of(reading, size, head / size.heads(), head % size.heads(), i)
                    .backward(scratch, ys, sums, dys, gradients);
              }
            }
          }
        });
  }

  private static boolean isFull(Reading reading, Size size) {
    int[] starts = HeapInts.of(reading.asking().starts());
    int[] ends = HeapInts.of(reading.asking().ends());
    for (int b = 0; b < size.batch(); b++) {
      if (starts[b] > 0 || ends[b] < size.queries()) {
        return false;
      }
    }
    return true;
  }

  /// How many heads of so many queries make a task.
  private static int grain(int queries, Size size) {
    long products = 2L * queries * size.keys() * size.width();
    return Math.clamp(TASK_PRODUCTS / Math.max(1, products), 1, Integer.MAX_VALUE);
  }
}
