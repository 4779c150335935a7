package sequor.kernels.vector.chains;

import java.util.Arrays;
import sequor.kernels.Chains;
import sequor.kernels.Floats;
import sequor.kernels.HeapFloats;
import sequor.kernels.HeapInts;
import sequor.kernels.Ints;
import sequor.kernels.Parallel;
import sequor.kernels.Recurrences.Span;
import sequor.kernels.vector.simd.Scratch;

/// Linear chains: one tag in each lane, [ChainLoops#ROWS] rows of a batch at a time.
public final class VectorChains implements Chains {
  @Override
  public void forward(Scores scores, Floats sums, Floats losses, Span span, Size size) {
    var rows = new ChainRows(scores, span, size);
    try (var scratch = Scratch.borrow()) {
      var factors = new Factors(rows, scratch);
      var task = new ChainForward(rows, factors, HeapFloats.of(sums), HeapFloats.of(losses));
      Parallel.run(rows.blocks(), task::block);
    }
  }

  @Override
  public void backward(
      Scores scores, Floats sums, Floats dLosses, Gradients gradients, Span span, Size size) {
    var rows = new ChainRows(scores, span, size);
    try (var scratch = Scratch.borrow()) {
      var factors = new Factors(rows, scratch);
      new ChainBackward(
              rows, factors, HeapFloats.of(sums), HeapFloats.of(dLosses), gradients, scratch)
          .run();
    }
  }

  @Override
  public void best(Scores scores, Ints paths, Floats best, Span span, Size size) {
    var rows = new ChainRows(scores, span, size);
    try (var scratch = Scratch.borrow()) {
      int width = rows.width;
      float[] transitions = scratch.floats(Scratch.Use.WEIGHT, rows.n * width);
      for (int i = 0; i < rows.n; i++) {
        System.arraycopy(rows.transitions, i * rows.n, transitions, i * width, rows.n);
        Arrays.fill(transitions, i * width + rows.n, (i + 1) * width, Float.NEGATIVE_INFINITY);
      }
      var task = new BestPaths(rows, transitions, HeapInts.of(paths), HeapFloats.of(best));
      Parallel.run(rows.blocks(), task::block);
    }
  }
}
