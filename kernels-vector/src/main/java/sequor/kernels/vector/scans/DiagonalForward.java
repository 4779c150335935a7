package sequor.kernels.vector.scans;

import static sequor.kernels.vector.simd.Lanes.L;

import sequor.kernels.Floats;
import sequor.kernels.HeapFloats;
import sequor.kernels.Parallel;
import sequor.kernels.Scans.Modes;
import sequor.kernels.vector.simd.Scratch;

/// Complex states that do not mix: a task takes L channels of a row, whose states stay in the first
/// cache.
final class DiagonalForward {
  private final float[] u;
  private final Modes modes;
  private final float[] initial;
  private final float[] y;
  private final float[] last;
  private final Places places;

  DiagonalForward(Floats u, Modes modes, Floats initial, Floats y, Floats last, Places places) {
    this.u = HeapFloats.of(u);
    this.modes = modes;
    this.initial = HeapFloats.of(initial);
    this.y = HeapFloats.of(y);
    this.last = HeapFloats.of(last);
    this.places = places;
  }

  void run() {
    int blocks = Math.ceilDiv(places.width, L);
    Parallel.run(places.batch * blocks, i -> run(i / blocks, i % blocks * L));
  }

  private void run(int row, int from) {
    int n = Math.min(L, places.width - from);
    int count = modes.count();
    int size = 2 * count * L;
    int state = row * 2 * count * places.width + from;
    try (var scratch = Scratch.borrow()) {
      float[] poles = scratch.floats(Scratch.Use.WEIGHT, 0, size);
      float[] weights = scratch.floats(Scratch.Use.WEIGHT, 1, size);
      float[] states = scratch.floats(Scratch.Use.HIDDEN, size);
      DiagonalLanes.pack(HeapFloats.of(modes.poles()), from, places.width, n, poles, count);
      DiagonalLanes.pack(HeapFloats.of(modes.weights()), from, places.width, n, weights, count);
      DiagonalLanes.pack(initial, state, places.width, n, states, count);
      for (int k = 0; k < places.length(row); k++) {
        int at = places.at(row, k) + from;
        DiagonalLanes.advance(u, at, n, poles, states, 0, 0, size);
        DiagonalLanes.read(weights, states, 0, size, y, at, n);
      }
      DiagonalLanes.unpack(states, last, state, places.width, n, count);
    }
    places.clearPadding(y, row, from, n);
  }
}
