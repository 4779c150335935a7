package sequor.kernels.vector.scans;

import static sequor.kernels.vector.simd.Lanes.L;

import java.util.Arrays;
import sequor.kernels.Floats;
import sequor.kernels.HeapFloats;
import sequor.kernels.Parallel;
import sequor.kernels.Scans.DiagonalGradients;
import sequor.kernels.Scans.FromAbove;
import sequor.kernels.Scans.Modes;
import sequor.kernels.vector.simd.Scratch;

/// The gradients of [DiagonalForward]. A task takes L channels of all rows, one row after the
/// other, so that the gradients of poles and weights have one order.
///
/// The states of a row are computed again: once through the row, where those that come into each
/// chunk are kept, then chunk by chunk from the end, where all of a chunk are (Chen et al. 2016,
/// "Training deep nets with sublinear memory cost").
final class DiagonalBackward {
  private static final int STEPS = 32;

  private final float[] u;
  private final Modes modes;
  private final float[] initial;
  private final float[] dy;
  private final float[] dLast;
  private final DiagonalGradients gradients;
  private final Places places;
  private final int count;
  private final int size; // 2·P·L

  DiagonalBackward(
      Floats u,
      Modes modes,
      Floats initial,
      FromAbove above,
      DiagonalGradients gradients,
      Places places) {
    this.u = HeapFloats.of(u);
    this.modes = modes;
    this.initial = HeapFloats.of(initial);
    dy = HeapFloats.of(above.y());
    dLast = HeapFloats.of(above.last());
    this.gradients = gradients;
    this.places = places;
    count = modes.count();
    size = 2 * count * L;
  }

  void run() {
    Parallel.run(Math.ceilDiv(places.width, L), block -> run(block * L));
  }

  private void run(int from) {
    int n = Math.min(L, places.width - from);
    try (var scratch = Scratch.borrow()) {
      var work = new Work(scratch, from, n);
      work.pack();
      for (int row = 0; row < places.batch; row++) {
        work.forward(row);
        work.backward(row);
      }
      work.addTo(gradients);
    }
  }

  /// L channels, from `from` on; the last ones of them may be less.
  private final class Work {
    private final int from;
    private final int n;
    private final float[] poles;
    private final float[] weights;
    private final float[] dPoles;
    private final float[] dWeights;
    private final float[] through; // (2,P,L)
    private final float[] starts; // (C,2,P,L) the states that come into each chunk
    private final float[] states; // (STEPS+1,2,P,L) of one chunk, from those that come into it

    Work(Scratch scratch, int from, int n) {
      this.from = from;
      this.n = n;
      poles = scratch.floats(Scratch.Use.WEIGHT, 0, size);
      weights = scratch.floats(Scratch.Use.WEIGHT, 1, size);
      dPoles = scratch.floats(Scratch.Use.GATE_GRADIENTS, 0, size);
      dWeights = scratch.floats(Scratch.Use.GATE_GRADIENTS, 1, size);
      through = scratch.floats(Scratch.Use.THROUGH, size);
      starts = scratch.floats(Scratch.Use.READ, (places.longest() / STEPS + 1) * size);
      states = scratch.floats(Scratch.Use.HIDDEN, (STEPS + 1) * size);
    }

    void pack() {
      DiagonalLanes.pack(HeapFloats.of(modes.poles()), from, places.width, n, poles, count);
      DiagonalLanes.pack(HeapFloats.of(modes.weights()), from, places.width, n, weights, count);
      Arrays.fill(dPoles, 0, size, 0);
      Arrays.fill(dWeights, 0, size, 0);
    }

    private int state(int row) {
      return row * 2 * count * places.width + from;
    }

    void forward(int row) {
      DiagonalLanes.pack(initial, state(row), places.width, n, states, count);
      for (int k = 0; k < places.length(row); k++) {
        if (k % STEPS == 0) {
          System.arraycopy(states, 0, starts, k / STEPS * size, size);
        }
        DiagonalLanes.advance(u, places.at(row, k) + from, n, poles, states, 0, 0, size);
      }
    }

    void backward(int row) {
      if (dLast.length > 0) {
        DiagonalLanes.pack(dLast, state(row), places.width, n, through, count);
      } else {
        Arrays.fill(through, 0, size, 0);
      }
      int length = places.length(row);
      for (int chunk = Math.ceilDiv(length, STEPS) - 1; chunk >= 0; chunk--) {
        backward(row, chunk * STEPS, Math.min(length, (chunk + 1) * STEPS));
      }
      float[] dInitial = HeapFloats.of(gradients.initial());
      if (dInitial.length > 0) {
        DiagonalLanes.addUnpacked(through, dInitial, state(row), places.width, n, count);
      }
    }

    private void backward(int row, int begin, int end) {
      System.arraycopy(starts, begin / STEPS * size, states, 0, size);
      for (int k = begin; k < end; k++) {
        int before = (k - begin) * size;
        int at = places.at(row, k) + from;
        DiagonalLanes.advance(u, at, n, poles, states, before, before + size, size);
      }
      float[] du = HeapFloats.of(gradients.u());
      for (int k = end - 1; k >= begin; k--) {
        int before = (k - begin) * size;
        int at = places.at(row, k) + from;
        if (dy.length > 0) {
          DiagonalLanes.addWeightGradient(dy, at, n, states, before + size, dWeights, size);
          DiagonalLanes.addReading(dy, at, n, weights, through, size);
        }
        DiagonalLanes.addPoleGradient(through, states, before, dPoles, size);
        DiagonalLanes.passThrough(poles, through, size, du, at, n);
      }
    }

    void addTo(DiagonalGradients gradients) {
      add(dPoles, gradients.poles());
      add(dWeights, gradients.weights());
    }

    private void add(float[] packed, Floats gradient) {
      float[] target = HeapFloats.of(gradient);
      if (target.length > 0) {
        DiagonalLanes.addUnpacked(packed, target, from, places.width, n, count);
      }
    }
  }
}
