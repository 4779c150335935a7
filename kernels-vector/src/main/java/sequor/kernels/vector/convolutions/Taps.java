package sequor.kernels.vector.convolutions;

import java.util.function.IntConsumer;
import sequor.kernels.Convolutions.Size;
import sequor.kernels.Parallel;
import sequor.kernels.vector.products.Matrix;

/// The weights of a convolution, (O,K,D): those of one place of a window side by side.
///
/// @param data at least O·K·D numbers
record Taps(float[] data, int out, int width, int in) {
  private static final int GRAIN = 1 << 14; // numbers

  /// A weight (O,D,K), laid out in `data`.
  static Taps of(float[] weight, float[] data, Size size) {
    var taps = new Taps(data, size.out(), size.window().width(), size.in());
    taps.each(
        o -> {
          for (int d = 0; d < taps.in; d++) {
            for (int k = 0; k < taps.width; k++) {
              data[(o * taps.width + k) * taps.in + d] = weight[(o * taps.in + d) * taps.width + k];
            }
          }
        });
    return taps;
  }

  /// Adds them to a gradient (O,D,K).
  void addTo(float[] gradient) {
    addTo(gradient, 0, width);
  }

  /// Adds them to a gradient (O,D,`all`), of whose places these are those from `first` on.
  void addTo(float[] gradient, int first, int all) {
    each(
        o -> {
          for (int d = 0; d < in; d++) {
            int to = (o * in + d) * all + first;
            for (int k = 0; k < width; k++) {
              gradient[to + k] += data[(o * width + k) * in + d];
            }
          }
        });
  }

  private void each(IntConsumer output) {
    Parallel.ranges(
        out,
        Math.max(1, GRAIN / Math.max(1, width * in)),
        (from, to) -> {
          for (int o = from; o < to; o++) {
            output.accept(o);
          }
        });
  }

  /// The right factor (K·D,O) of the windows, by groups of `depth`.
  Matrix forward(int group, int depth) {
    return new Matrix(data, group * depth, width * in, true, null);
  }

  /// The right factor (K·O,D) of the windows of a gradient, which see it from the last place of a
  /// window to the first.
  Matrix backward(int group, int places) {
    int[] lines = new int[places * out];
    for (int i = 0; i < places; i++) {
      for (int o = 0; o < out; o++) {
        lines[i * out + o] = o * width + width - 1 - (group * places + i);
      }
    }
    return Matrix.of(data, 0, in).only(lines);
  }
}
