package sequor.kernels.vector.convolutions;

import static sequor.kernels.vector.simd.Lanes.I;
import static sequor.kernels.vector.simd.Lanes.L;
import static sequor.kernels.vector.simd.Lanes.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import sequor.kernels.Convolutions.Size;
import sequor.kernels.Parallel;
import sequor.kernels.vector.rows.RowLoops;
import sequor.kernels.vector.simd.Lanes;

/// The largest window of each output, and the gradients of that one window alone.
///
/// @param y (B,O) the largest numbers, or their gradient
/// @param places (B,O) which windows they are; length 0 if nobody asks
record MaxOverTime(float[] y, int[] places, Size size) {
  private static final int NOWHERE = -1;
  private static final int GRAIN = 1 << 15; // numbers of a task

  /// Finds the largest for the rows of the batch from `row` on, whose windows are in `z`, one line
  /// after the other.
  void forward(float[] z, Stretch windows, int row) {
    var packed = windows.packed();
    Parallel.ranges(
        windows.batch(),
        Math.max(1, GRAIN / Math.max(1, windows.count() * size.out() / windows.batch())),
        (from, to) -> {
          for (int b = from; b < to; b++) {
            for (int o = 0; o < size.out(); o += L) {
              int at = packed.first(b) * size.out() + o;
              largest(z, at, windows.starts()[b], windows.length(b), row + b, o);
            }
          }
        });
  }

  /// The largest of up to one vector of outputs from `o` on over `count` windows, of which `first`
  /// is the first.
  private void largest(float[] z, int at, int first, int count, int row, int o) {
    var rest = Lanes.first(size.out() - o);
    var best = FloatVector.broadcast(S, count == 0 ? 0 : Float.NEGATIVE_INFINITY);
    var place = IntVector.broadcast(I, NOWHERE);
    for (int t = 0; t < count; t++) {
      var each = FloatVector.fromArray(S, z, at + t * size.out(), rest);
      var above = each.compare(VectorOperators.GT, best).or(each.test(VectorOperators.IS_NAN));
      best = best.blend(each, above);
      place = place.blend(first + t, above.cast(I));
    }
    if (size.window().relu()) {
      var off = best.compare(VectorOperators.LE, 0);
      best = best.blend(0, off);
      place = place.blend(NOWHERE, off.cast(I));
    }
    best.intoArray(y, row * size.out() + o, rest);
    if (places.length > 0) {
      place.intoArray(places, row * size.out() + o, rest.cast(I));
    }
  }

  /// `dBias += Σ dy`.
  void toBias(float[] dBias) {
    for (int o = 0; o < size.out(); o++) {
      double sum = 0;
      for (int b = 0; b < size.batch(); b++) {
        int i = b * size.out() + o;
        sum += places[i] == NOWHERE ? 0 : y[i];
      }
      dBias[o] += (float) sum;
    }
  }

  /// `dTaps[o,k,·] += dy[b,o] · x[b, step k of the window, ·]`.
  ///
  /// @param dTaps (O,K,D)
  void toTaps(float[] x, float[] dTaps, Stretch steps) {
    Parallel.ranges(
        size.out(),
        grain(size.batch()),
        (from, to) -> {
          for (int o = from; o < to; o++) {
            for (int b = 0; b < size.batch(); b++) {
              window(b, o, steps, x, dTaps, true);
            }
          }
        });
  }

  /// `dx[b, step k of the window, ·] += dy[b,o] · taps[o,k,·]`.
  ///
  /// @param taps (O,K,D)
  void toInput(float[] taps, float[] dx, Stretch steps) {
    Parallel.ranges(
        size.batch(),
        grain(size.out()),
        (from, to) -> {
          for (int b = from; b < to; b++) {
            for (int o = 0; o < size.out(); o++) {
              window(b, o, steps, taps, dx, false);
            }
          }
        });
  }

  private int grain(int windows) {
    return Math.max(1, GRAIN / Math.max(1, windows * size.window().width() * size.in()));
  }

  /// Adds one window, scaled by its gradient, from the steps to the taps or the other way round.
  private void window(int b, int o, Stretch steps, float[] source, float[] target, boolean toTaps) {
    int place = places[b * size.out() + o];
    if (place == NOWHERE) {
      return;
    }
    float dy = y[b * size.out() + o];
    int in = size.in();
    var window = size.window();
    int together = window.dilation() == 1 ? window.width() : 1;
    for (int k = 0; k < window.width(); k += together) {
      int step = window.step(place, k);
      int from = Math.max(step, steps.starts()[b]);
      int to = Math.min(step + together, steps.ends()[b]);
      if (from < to) {
        int atSteps = (steps.offsets()[b] + from) * in;
        int atTaps = (o * window.width() + k + from - step) * in;
        int length = (to - from) * in;
        if (toTaps) {
          RowLoops.addScaled(source, atSteps, dy, target, atTaps, length);
        } else {
          RowLoops.addScaled(source, atTaps, dy, target, atSteps, length);
        }
      }
    }
  }
}
