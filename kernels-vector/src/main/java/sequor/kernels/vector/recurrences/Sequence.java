package sequor.kernels.vector.recurrences;

import java.util.Comparator;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import sequor.kernels.Floats;
import sequor.kernels.HeapFloats;
import sequor.kernels.HeapInts;
import sequor.kernels.Recurrences.Cell;
import sequor.kernels.Recurrences.Input;
import sequor.kernels.Recurrences.Pass;
import sequor.kernels.Recurrences.Size;
import sequor.kernels.Recurrences.Span;
import sequor.kernels.vector.products.Matrix;
import sequor.kernels.vector.simd.Lanes;

/// A pass with its arrays at hand, and where and when its rows are real.
///
/// While a row walks, its gates are summed in parts, each with the room of whole vectors: the input
/// and the state are projected into the same ones, but for the candidate of a GRU, where the reset
/// gate stands between them.
///
/// ```
/// RNN    sums:   x + u
/// LSTM   sums:   i           f           g           o         (each x + u)
/// GRU    sums:   x of n      r = x + u   z = x + u   u of n
/// ```
final class Sequence {
  final Cell cell;
  final int batch;
  final int steps;
  final int h;
  final int d;
  final int gates; // G·H
  final boolean reverse;
  final float[] inputs; // (P,D)
  final int inputCount; // P
  final int[] ids; // (B,T), or of length 0
  final float[] h0; // of length 0 for zeros, as is c0
  final float[] c0;
  final float[] activations; // (T,B,G·H)
  final float[] cells; // (T,B,H)
  final float[] hidden; // (B,T,W), or of length 0 …
  final int width;
  final int column; // … of which this pass has H columns from here on

  final int padded; // H rounded up to whole vectors: the room of a part
  final int recurrentAt; // where the parts start that the state is projected into
  final float[] bias; // what the sums of a row start with, one number for each

  private final float[] inputWeights;
  private final float[] hiddenWeights;
  private final int[] starts;
  private final int[] ends;

  /// Pass `index` of `passes` that show their states side by side in `hidden`.
  Sequence(
      Cell cell,
      Input input,
      Pass pass,
      int index,
      int passes,
      Floats hidden,
      Span span,
      Size size) {
    this.cell = cell;
    batch = size.batch();
    steps = size.steps();
    h = size.hidden();
    d = input.width();
    gates = cell.gates() * h;
    reverse = pass.reverse();
    inputs = HeapFloats.of(input.rows());
    inputCount = input.count();
    ids = HeapInts.of(input.ids());
    h0 = orNone(HeapFloats.of(pass.initial().h()));
    c0 = orNone(HeapFloats.of(pass.initial().c()));
    activations = HeapFloats.of(pass.gates());
    cells = HeapFloats.of(pass.cells());
    this.hidden = HeapFloats.of(hidden);
    width = passes * h;
    column = index * h;
    padded = Math.ceilDiv(h, Lanes.L) * Lanes.L;
    recurrentAt = cell == Cell.GRU ? padded : 0;
    inputWeights = HeapFloats.of(pass.weights().inputs());
    hiddenWeights = HeapFloats.of(pass.weights().hidden());
    bias =
        biases(
            HeapFloats.of(pass.weights().inputBias()), HeapFloats.of(pass.weights().hiddenBias()));
    starts = HeapInts.of(span.starts());
    ends = HeapInts.of(span.ends());
  }

  private float[] biases(float[] ofInput, float[] ofHidden) {
    int parts = cell == Cell.GRU ? 4 : cell.gates();
    float[] bias = new float[parts * padded];
    for (int j = 0; j < h; j++) {
      for (int g = 0; g < cell.gates(); g++) {
        bias[inputPart(g) * padded + j] += ofInput[g * h + j];
        bias[recurrentAt + g * padded + j] += ofHidden[g * h + j];
      }
    }
    return bias;
  }

  /// The part of the sums that the input's share of gate `g` belongs to.
  private int inputPart(int g) {
    return cell == Cell.GRU ? (g + 1) % 3 : g;
  }

  /// Zeros are what a state of length 0 means, and cost nothing.
  private float[] orNone(float[] state) {
    for (int i = 0; i < Math.min(state.length, batch * h); i++) {
      if (state[i] != 0) {
        return state;
      }
    }
    return HeapFloats.of(Floats.NONE);
  }

  /// `W_ih` (G·H,D).
  Matrix inputWeight() {
    return Matrix.of(inputWeights, 0, d);
  }

  /// `W_hh` (G·H,H).
  Matrix hiddenWeight() {
    return Matrix.of(hiddenWeights, 0, h);
  }

  /// `W_ihᵀ` (D,G·padded), its columns in the order of the sums.
  Matrix inputColumns() {
    return columns(inputWeight(), this::inputPart);
  }

  /// `W_hhᵀ` (H,G·padded), its columns in the order of the sums from [#recurrentAt] on.
  Matrix hiddenColumns() {
    return columns(hiddenWeight(), gate -> gate);
  }

  /// A weight's gates as columns, each in its part; some column of the gate stands in the room that
  /// it does not need.
  private Matrix columns(Matrix weight, IntUnaryOperator partOf) {
    int[] lines = new int[cell.gates() * padded];
    for (int gate = 0; gate < cell.gates(); gate++) {
      for (int j = 0; j < padded; j++) {
        lines[partOf.applyAsInt(gate) * padded + j] = gate * h + Math.min(j, h - 1);
      }
    }
    return weight.transpose().only(lines);
  }

  /// How many numbers of the sums come from the input: all parts but that of a GRU's `u`.
  int inputSums() {
    return cell.gates() * padded;
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

  /// Copies one row of a few parts, in order, out of their room.
  void copyParts(float[] source, int from, int parts, float[] target, int to) {
    if (padded == h) {
      System.arraycopy(source, from, target, to, parts * h);
      return;
    }
    for (int part = 0; part < parts; part++) {
      System.arraycopy(source, from + part * padded, target, to + part * h, h);
    }
  }

  /// Whether the backward pass will need what happens now.
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
  int output(int place) {
    return row(place) * width + column;
  }

  /// Which row of the input row `b` reads at step `t`.
  int read(int b, int t) {
    int row = b * steps + t;
    return ids.length == 0 ? row : ids[row];
  }

  /// Which of the rows of what lies row by row is that of a place.
  int row(int place) {
    return place % batch * steps + place / batch;
  }
}
