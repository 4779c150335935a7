package sequor.kernels.vector.convolutions;

import java.util.Arrays;
import sequor.kernels.Convolutions;
import sequor.kernels.Floats;
import sequor.kernels.HeapFloats;
import sequor.kernels.HeapInts;
import sequor.kernels.Ints;
import sequor.kernels.Parallel;
import sequor.kernels.Recurrences.Span;
import sequor.kernels.vector.products.BlockedProduct;
import sequor.kernels.vector.products.InitialValue;
import sequor.kernels.vector.products.Matrix;
import sequor.kernels.vector.rows.RowLoops;
import sequor.kernels.vector.simd.Scratch;
import sequor.kernels.vector.simd.Scratch.Use;

/// Convolutions as products of windows and weights, of real steps alone.
///
/// The gradient of the input is a convolution of the gradient of the results: with the weights read
/// backwards, and where windows began some steps apart, zeros between them.
public final class VectorConvolutions implements Convolutions {
  private static final int CHUNK = 1 << 18; // numbers before the maximum: 1 MiB, in a near cache
  private static final int GRAIN = 1 << 15; // numbers of a task

  @Override
  public void forward(Layer layer, Floats y, Span read, Span written, Size size) {
    float[] ys = HeapFloats.of(y);
    var windows = Stretch.within(written, size.batch(), size.windows());
    boolean dense = windows.isDense() && windows.count() == size.batch() * size.windows();
    try (var scratch = Scratch.borrow()) {
      var steps = Stretch.within(read, size.batch(), size.steps());
      float[] z = dense ? ys : scratch.floats(Use.WINDOWS, windows.count() * size.out());
      multiply(layer, taps(scratch, layer, size), scratch, steps, windows, z, size);
      if (dense && !size.window().relu()) {
        return;
      }
      var packed = windows.packed();
      Parallel.ranges(
          size.batch(),
          grain(size.windows() * size.out()),
          (from, to) -> {
            for (int b = from; b < to; b++) {
              spread(z, packed, ys, windows, b, size);
            }
          });
    }
  }

  /// The windows of one row to their places, with zeros around them.
  private static void spread(
      float[] z, Stretch packed, float[] y, Stretch windows, int b, Size size) {
    int out = size.out();
    int first = windows.first(b) * out;
    int end = first + windows.length(b) * out;
    Arrays.fill(y, b * size.windows() * out, first, 0);
    Arrays.fill(y, end, (b + 1) * size.windows() * out, 0);
    if (size.window().relu()) {
      WindowLoops.relu(z, packed.first(b) * out, y, first, end - first);
    } else {
      System.arraycopy(z, packed.first(b) * out, y, first, end - first);
    }
  }

  private static Taps taps(Scratch scratch, Layer layer, Size size) {
    int length = size.out() * size.window().width() * size.in();
    return Taps.of(HeapFloats.of(layer.weight()), scratch.floats(Use.TAPS, 0, length), size);
  }

  /// `z = bias + windows · weightᵀ`, one line a window.
  private static void multiply(
      Layer layer,
      Taps taps,
      Scratch scratch,
      Stretch steps,
      Stretch windows,
      float[] z,
      Size size) {
    float[] bias = HeapFloats.of(layer.bias());
    var start = bias.length > 0 ? InitialValue.row(bias) : InitialValue.ZEROS;
    var laid = laid(scratch, layer, steps, windows, size);
    laid.multiply(group -> taps.forward(group, laid.depth()), size.out(), start, z);
  }

  private static LaidSteps laid(
      Scratch scratch, Layer layer, Stretch steps, Stretch windows, Size size) {
    float[] x = HeapFloats.of(layer.x());
    return LaidSteps.of(scratch, 0, x, steps, 1, windows, size.in(), size.window());
  }

  @Override
  public void backward(
      Layer layer, Floats y, Floats dy, Gradients gradients, Span read, Span written, Size size) {
    float[] dBias = HeapFloats.of(gradients.bias());
    float[] dWeight = HeapFloats.of(gradients.weight());
    float[] dx = HeapFloats.of(gradients.x());
    var steps = Stretch.within(read, size.batch(), size.steps());
    var windows = Stretch.within(written, size.batch(), size.windows());
    try (var scratch = Scratch.borrow()) {
      float[] dz = packed(scratch, HeapFloats.of(y), HeapFloats.of(dy), windows, size);
      if (dBias.length > 0) {
        RowLoops.addRows(dz, 0, size.out(), windows.count(), dBias, 0, size.out());
      }
      if (dWeight.length > 0) {
        toWeight(dz, laid(scratch, layer, steps, windows, size), dWeight, scratch, size);
      }
      if (dx.length > 0) {
        toInput(layer, dz, dx, scratch, steps, windows, size);
      }
    }
  }

  /// The gradient of each window's sums, one window after the other.
  private static float[] packed(
      Scratch scratch, float[] y, float[] dy, Stretch windows, Size size) {
    boolean relu = size.window().relu();
    if (!relu && windows.isDense()) {
      return dy;
    }
    int out = size.out();
    float[] dz = scratch.floats(Use.WINDOWS, windows.count() * out);
    var packed = windows.packed();
    Parallel.ranges(
        size.batch(),
        grain(size.windows() * out),
        (from, to) -> {
          for (int b = from; b < to; b++) {
            int at = windows.first(b) * out;
            int length = windows.length(b) * out;
            if (relu) {
              WindowLoops.reluBackward(y, dy, at, dz, packed.first(b) * out, length);
            } else {
              System.arraycopy(dy, at, dz, packed.first(b) * out, length);
            }
          }
        });
    return dz;
  }

  /// `dW += dzᵀ · windows`.
  private static void toWeight(
      float[] dz, LaidSteps laid, float[] dWeight, Scratch scratch, Size size) {
    int depth = laid.depth();
    int out = size.out();
    int width = size.window().width() / laid.groups();
    var left = Matrix.of(dz, 0, out).transpose();
    for (int group = 0; group < laid.groups(); group++) {
      float[] c = scratch.floats(Use.TAPS, 1, out * depth);
      new BlockedProduct(
              left, laid.windows(group), c, 0, out, laid.lines().length, depth, InitialValue.ZEROS)
          .run();
      new Taps(c, out, width, size.in()).addTo(dWeight, group, size.window().width());
    }
  }

  /// `dx += windows of dz · W`, read backwards.
  private static void toInput(
      Layer layer,
      float[] dz,
      float[] dx,
      Scratch scratch,
      Stretch steps,
      Stretch windows,
      Size size) {
    var window = size.window();
    int before = window.reach() - 1 - window.before();
    var backward = new Window(window.width(), 1, window.dilation(), before, false);
    var taps = taps(scratch, layer, size);
    var laid =
        LaidSteps.of(
            scratch, 1, dz, windows.packed(), window.stride(), steps, size.out(), backward);
    float[] c = scratch.floats(Use.WINDOWS, 1, steps.count() * size.in());
    int places = window.width() / laid.groups();
    laid.multiply(group -> taps.backward(group, places), size.in(), InitialValue.ZEROS, c);
    var packed = steps.packed();
    Parallel.ranges(
        size.batch(),
        grain(size.steps() * size.in()),
        (from, to) -> {
          for (int b = from; b < to; b++) {
            int length = steps.length(b) * size.in();
            RowLoops.add(c, packed.first(b) * size.in(), dx, steps.first(b) * size.in(), length);
          }
        });
  }

  @Override
  public void forwardMax(Layer layer, Floats y, Ints places, Span span, Size size) {
    var all = Stretch.within(span, size.batch(), size.steps());
    var loops = new MaxOverTime(HeapFloats.of(y), HeapInts.of(places), size);
    try (var scratch = Scratch.borrow()) {
      var taps = taps(scratch, layer, size);
      int from = 0;
      while (from < size.batch()) {
        int to = from + 1;
        for (int count = all.length(from); to < size.batch(); to++) {
          count += all.length(to);
          if ((long) count * size.out() > CHUNK) {
            break;
          }
        }
        var steps = all.rows(from, to);
        float[] z = scratch.floats(Use.WINDOWS, steps.count() * size.out());
        multiply(layer, taps, scratch, steps, steps, z, size);
        loops.forward(z, steps, from);
        from = to;
      }
    }
  }

  @Override
  public void backwardMax(
      Layer layer, Ints places, Floats dy, Gradients gradients, Span span, Size size) {
    float[] dBias = HeapFloats.of(gradients.bias());
    float[] dWeight = HeapFloats.of(gradients.weight());
    float[] dx = HeapFloats.of(gradients.x());
    var steps = Stretch.within(span, size.batch(), size.steps());
    var loops = new MaxOverTime(HeapFloats.of(dy), HeapInts.of(places), size);
    try (var scratch = Scratch.borrow()) {
      int length = size.out() * size.window().width() * size.in();
      if (dBias.length > 0) {
        loops.toBias(dBias);
      }
      if (dWeight.length > 0) {
        float[] c = scratch.floats(Use.TAPS, 1, length);
        Arrays.fill(c, 0, length, 0);
        loops.toTaps(HeapFloats.of(layer.x()), c, steps);
        new Taps(c, size.out(), size.window().width(), size.in()).addTo(dWeight);
      }
      if (dx.length > 0) {
        loops.toInput(taps(scratch, layer, size).data(), dx, steps);
      }
    }
  }

  /// How many rows of the batch make a task.
  private static int grain(int numbers) {
    return Math.max(1, GRAIN / Math.max(1, numbers));
  }
}
