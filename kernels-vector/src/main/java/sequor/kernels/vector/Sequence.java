package sequor.kernels.vector;

import java.util.Comparator;
import java.util.stream.IntStream;
import sequor.kernels.Floats;
import sequor.kernels.HeapFloats;
import sequor.kernels.HeapInts;
import sequor.kernels.Recurrences.Cell;
import sequor.kernels.Recurrences.Pass;
import sequor.kernels.Recurrences.Size;
import sequor.kernels.Recurrences.Span;

/// A pass with its arrays at hand, and where and when its rows are real.
final class Sequence {
  final Cell cell;
  final int batch;
  final int steps;
  final int h;
  final int gates; // G·H
  final int padded; // H rounded up to whole vectors
  final boolean reverse;
  final float[] inputs; // (P,G·H) projected
  final float[] activations; // (T,B,G·H)
  final float[] weights;
  final float[] bias; // (G·padded)
  final float[] h0; // of length 0 for zeros, as is c0
  final float[] c0;
  final float[] cells; // (T,B,H)
  final float[] hidden; // (B,T,W) …
  final int width;
  final int column; // … of which this pass has H columns from here on
  private final int[] inputRows; // of length 0 if every place has its own
  private final int[] starts;
  private final int[] ends;

  /// Pass `index` of `passes` that show their states side by side in `hidden`.
  Sequence(Cell cell, Pass pass, int index, int passes, Floats hidden, Span span, Size size) {
    this.cell = cell;
    batch = size.batch();
    steps = size.steps();
    h = size.hidden();
    gates = cell.gates() * h;
    reverse = pass.reverse();
    inputs = HeapFloats.of(pass.input().projected());
    inputRows = HeapInts.of(pass.input().rows());
    activations = HeapFloats.of(pass.gates());
    weights = HeapFloats.of(pass.weight());
    padded = Math.ceilDiv(h, Lanes.L) * Lanes.L;
    bias = paddedBias(HeapFloats.of(pass.bias()));
    h0 = orNone(HeapFloats.of(pass.initial().h()));
    c0 = orNone(HeapFloats.of(pass.initial().c()));
    cells = HeapFloats.of(pass.cells());
    this.hidden = HeapFloats.of(hidden);
    width = passes * h;
    column = index * h;
    starts = HeapInts.of(span.starts());
    ends = HeapInts.of(span.ends());
  }

  private float[] paddedBias(float[] given) {
    float[] bias = new float[cell.gates() * padded];
    for (int g = 0; g < cell.gates() && given.length > 0; g++) {
      System.arraycopy(given, g * h, bias, g * padded, h);
    }
    return bias;
  }

  /// Zeros are what a state of length 0 means, and cost nothing.
  private float[] orNone(float[] state) {
    for (int i = 0; i < Math.min(state.length, batch * h); i++) {
      if (state[i] != 0) {
        return state;
      }
    }
    return HeapFloats.of(HeapFloats.none());
  }

  /// The rows of the batch, longest first, so that rows that end together walk together.
  int[] rowsByLength() {
    var rows = IntStream.range(0, batch);
    return sameLength()
        ? rows.toArray()
        : rows.boxed()
            .sorted(Comparator.comparingInt(b -> starts[b] - ends[b]))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  private boolean sameLength() {
    for (int b = 1; b < batch; b++) {
      if (ends[b] - starts[b] != ends[0] - starts[0]) {
        return false;
      }
    }
    return true;
  }

  /// `W_hh` (G·H,H).
  Matrix weight() {
    return Matrix.of(weights, 0, h);
  }

  /// `W_hhᵀ` (H,G·padded), with some column of each gate repeated in the room that it does not
  /// need.
  Matrix paddedWeight() {
    if (padded == h) {
      return weight().transpose();
    }
    int[] lines = new int[cell.gates() * padded];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = i / padded * h + Math.min(i % padded, h - 1);
    }
    return weight().transpose().only(lines);
  }

  /// Copies one row of gates out of its room.
  void copyGates(float[] source, int from, float[] target, int to) {
    if (padded == h) {
      System.arraycopy(source, from, target, to, gates);
      return;
    }
    for (int g = 0; g < cell.gates(); g++) {
      System.arraycopy(source, from + g * padded, target, to + g * h, h);
    }
  }

  /// Whether the way back will need what happens now.
  boolean remembers() {
    return cells.length > 0;
  }

  int start(int b) {
    return starts[b];
  }

  int end(int b) {
    return ends[b];
  }

  boolean isReal(int b, int t) {
    return starts[b] <= t && t < ends[b];
  }

  boolean isFirst(int b, int t) {
    return t == (reverse ? ends[b] - 1 : starts[b]);
  }

  /// The step in memory of the given step in reading order.
  int time(int step) {
    return reverse ? steps - 1 - step : step;
  }

  /// Which of the T·B places is that of row `b` at step `t`.
  int place(int b, int t) {
    return t * batch + b;
  }

  /// The place of the step that is read before the one at `place`.
  int before(int place) {
    return reverse ? place + batch : place - batch;
  }

  /// Where the state of a place starts in `hidden`.
  int shown(int place) {
    return row(place) * width + column;
  }

  /// Where the projected input of a place starts.
  int input(int place) {
    int row = row(place);
    return (inputRows.length == 0 ? row : inputRows[row]) * gates;
  }

  /// Which of the rows of what lies row by row is that of a place.
  int row(int place) {
    return place % batch * steps + place / batch;
  }
}
