package sequor.kernels.vector.products;

import org.jspecify.annotations.Nullable;

/// A factor of a product, as it lies in memory: lines that follow each other at `step`, which are
/// its rows, or, `transposed`, its columns.
///
/// @param lines which line stands at each place, where not all of them take part; null for all
public record Matrix(
    float[] data, int start, int step, boolean transposed, int @Nullable [] lines) {

  public static Matrix of(float[] data, int start, int step) {
    return new Matrix(data, start, step, false, null);
  }

  public Matrix transpose() {
    return new Matrix(data, start, step, !transposed, lines);
  }

  public Matrix only(int[] lines) {
    return new Matrix(data, start, step, transposed, lines);
  }

  /// Where line `i` starts.
  public int line(int i) {
    return start + (lines == null ? i : lines[i]) * step;
  }
}
