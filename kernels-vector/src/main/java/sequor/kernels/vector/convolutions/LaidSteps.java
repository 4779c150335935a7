package sequor.kernels.vector.convolutions;

import java.util.Arrays;
import sequor.kernels.Convolutions.Window;
import sequor.kernels.Parallel;
import sequor.kernels.vector.products.BlockedProduct;
import sequor.kernels.vector.products.InitialValue;
import sequor.kernels.vector.products.Matrix;
import sequor.kernels.vector.simd.Scratch;
import sequor.kernels.vector.simd.Scratch.Use;

/// The steps that the windows of a batch see, row of the batch after row, with zeros where there
/// are none. So a window is one stretch of memory, and all windows are a matrix whose lines
/// overlap: it need not be written out ("implicit im2col").
///
/// Steps that are apart by a dilation are not one stretch; then there is such a matrix for each
/// place of a window, and their products are added up.
///
/// @param data the steps, of `size` numbers each
/// @param lines at which of these steps each window begins
record LaidSteps(float[] data, int[] lines, int size, Window window) {
  private static final int COPY_GRAIN = 1 << 15;

  /// Lays them out in scratch memory.
  ///
  /// @param steps the lines of `source` that are real …
  /// @param apart … and how many steps apart they are
  /// @param windows which windows there are, of each row
  /// @param size D
  static LaidSteps of(
      Scratch scratch,
      int piece,
      float[] source,
      Stretch steps,
      int apart,
      Stretch windows,
      int size,
      Window window) {
    int batch = windows.batch();
    int[] firsts = new int[batch + 1];
    int[] lines = new int[windows.count()];
    int line = 0;
    for (int b = 0; b < batch; b++) {
      int count = windows.length(b);
      for (int i = 0; i < count; i++) {
        lines[line++] = firsts[b] + i * window.stride();
      }
      firsts[b + 1] = firsts[b] + (count == 0 ? 0 : (count - 1) * window.stride() + window.reach());
    }
    float[] laid = scratch.floats(Use.LAID, piece, firsts[batch] * size);
    int grain = Math.max(1, COPY_GRAIN / Math.max(1, firsts[batch] / Math.max(1, batch) * size));
    Parallel.ranges(
        batch,
        grain,
        (from, to) -> {
          for (int b = from; b < to; b++) {
            int low = window.step(windows.starts()[b], 0);
            lay(source, steps, apart, b, low, laid, firsts[b], firsts[b + 1], size);
          }
        });
    return new LaidSteps(laid, lines, size, window);
  }

  /// Lays out one row, whose first step is number `low`, in `first ≤ line < end`.
  private static void lay(
      float[] source,
      Stretch steps,
      int apart,
      int b,
      int low,
      float[] laid,
      int first,
      int end,
      int size) {
    int high = low + end - first;
    if (apart > 1) {
      Arrays.fill(laid, first * size, end * size, 0);
      for (int i = steps.starts()[b]; i < steps.ends()[b]; i++) {
        int step = i * apart;
        if (step >= low && step < high) {
          int to = (first + step - low) * size;
          System.arraycopy(source, (steps.offsets()[b] + i) * size, laid, to, size);
        }
      }
      return;
    }
    int from = Math.clamp(steps.starts()[b], low, high);
    int to = Math.clamp(steps.ends()[b], from, high);
    int at = first + from - low;
    Arrays.fill(laid, first * size, at * size, 0);
    if (from < to) {
      int line = steps.offsets()[b] + from;
      System.arraycopy(source, line * size, laid, at * size, (to - from) * size);
    }
    Arrays.fill(laid, (at + to - from) * size, end * size, 0);
  }

  /// How many products all places of a window take.
  int groups() {
    return window.dilation() == 1 ? 1 : window.width();
  }

  /// How many numbers of a window one of them covers.
  int depth() {
    return window.width() / groups() * size;
  }

  /// The windows, one a line, as far as one of the products covers them.
  Matrix windows(int group) {
    return new Matrix(data, group * window.dilation() * size, size, false, lines);
  }

  /// `c = start + windows · b`, where `b` gives the part of a matrix (K·D,n) that belongs to each
  /// group.
  void multiply(Part b, int n, InitialValue start, float[] c) {
    for (int group = 0; group < groups(); group++) {
      var first = group == 0 ? start : InitialValue.KEPT;
      new BlockedProduct(windows(group), b.of(group), c, 0, lines.length, depth(), n, first).run();
    }
  }

  /// A factor, cut for [#groups].
  @FunctionalInterface
  interface Part {
    Matrix of(int group);
  }
}
