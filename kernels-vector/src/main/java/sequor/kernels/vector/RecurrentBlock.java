package sequor.kernels.vector;

import java.util.Arrays;
import sequor.kernels.Floats;
import sequor.kernels.HeapFloats;
import sequor.kernels.Recurrences.Cell;
import sequor.kernels.Recurrences.Gradients;
import sequor.kernels.vector.VectorRecurrences.Sequence;

/// A few rows of a batch on their way through all steps. At each step only the real rows take part:
/// the products run over a list of them.
final class RecurrentBlock {
  private final Sequence sequence;
  private final int from;
  private final int rows;
  private final int h;
  private final int[] real; // the rows that take part in a step, counted within the block …
  private final int[] places; // … and where they stand among the B·T places
  private int count;

  /// The rows `from ≤ b < to`.
  RecurrentBlock(Sequence sequence, int from, int to) {
    this.sequence = sequence;
    this.from = from;
    rows = to - from;
    h = sequence.size().hidden();
    real = new int[rows];
    places = new int[rows];
  }

  /// `weight` is `W_hhᵀ` (H,G·H).
  void forward(Panels weight) {
    int wide = sequence.rows();
    float[] state = Scratch.floats(Scratch.Use.HIDDEN, rows * h);
    float[] cell = Scratch.floats(Scratch.Use.CELL, rows * h);
    float[] sums = Scratch.floats(Scratch.Use.SUMS, rows * wide);
    System.arraycopy(sequence.h0(), from * h, state, 0, rows * h);
    if (sequence.c0().length > 0) {
      System.arraycopy(sequence.c0(), from * h, cell, 0, rows * h);
    }
    clearOutside(sequence.hidden(), h);
    if (sequence.cells().length > 0) {
      clearOutside(sequence.cells(), h);
    }
    var none = new CellStep.Backward(sums, sums, state, cell);
    var step = CellStep.of(sequence.cell(), pass(state, cell), none);
    for (int s = 0; s < sequence.size().steps(); s++) {
      gather(sequence.time(s));
      for (int i = 0; i < count; i++) {
        System.arraycopy(sequence.bias(), 0, sums, i * wide, wide);
      }
      weight.multiplyAll(Matrix.of(state, 0, h).only(real), count, sums, wide);
      for (int i = 0; i < count; i++) {
        step.forward(places[i] * h, real[i] * h, sums, i * wide);
      }
    }
  }

  /// `weight` is `W_hh` (G·H,H); the bias's gradient is added to `dBiases` from `biasAt` on.
  void backward(Gradients gradients, Panels weight, float[] dSums, float[] dBiases, int biasAt) {
    int wide = sequence.rows();
    float[] dGates = HeapFloats.of(gradients.gates());
    float[] dHidden = HeapFloats.of(gradients.hidden());
    float[] dh = Scratch.floats(Scratch.Use.HIDDEN, rows * h);
    float[] dc = Scratch.floats(Scratch.Use.CELL, rows * h);
    float[] through = Scratch.floats(Scratch.Use.SUMS, rows * h);
    Arrays.fill(dh, 0, rows * h, 0);
    begin(gradients.lastCell(), dc);
    clearOutside(dGates, wide);
    var step =
        CellStep.of(sequence.cell(), pass(dh, dc), new CellStep.Backward(dGates, dSums, dh, dc));
    for (int s = sequence.size().steps() - 1; s >= 0; s--) {
      int t = sequence.time(s);
      gather(t);
      for (int i = 0; i < count; i++) {
        int row = real[i] * h;
        if (dHidden.length > 0) {
          GateLoops.add(dHidden, places[i] * h, dh, row, h);
        }
        backward(step, t, i);
        if (dBiases.length > 0) {
          GateLoops.add(dSums, places[i] * wide, dBiases, biasAt, wide);
        }
      }
      Arrays.fill(through, 0, count * h, 0);
      weight.multiplyAll(Matrix.of(dSums, 0, wide).only(places), count, through, h);
      for (int i = 0; i < count; i++) {
        GateLoops.add(through, i * h, dh, real[i] * h, h);
      }
    }
    finish(gradients.h0(), dh);
    if (sequence.cell() == Cell.LSTM) {
      finish(gradients.c0(), dc);
    }
  }

  private void backward(CellStep step, int t, int i) {
    int b = from + real[i];
    int here = places[i] * h;
    int row = real[i] * h;
    if (sequence.isFirst(b, t)) {
      step.backward(here, row, sequence.h0(), sequence.c0(), b * h);
    } else {
      int earlier = sequence.place(b, sequence.before(t)) * h;
      step.backward(here, row, sequence.hidden(), sequence.cells(), earlier);
    }
  }

  private CellStep.Forward pass(float[] state, float[] cell) {
    return new CellStep.Forward(
        h, sequence.gates(), sequence.hidden(), sequence.cells(), state, cell);
  }

  /// Lists the rows that are real at step `t`.
  private void gather(int t) {
    count = 0;
    for (int row = 0; row < rows; row++) {
      if (sequence.isReal(from + row, t)) {
        real[count] = row;
        places[count++] = sequence.place(from + row, t);
      }
    }
  }

  private void begin(Floats lastCell, float[] dc) {
    float[] given = HeapFloats.of(lastCell);
    if (given.length == 0) {
      Arrays.fill(dc, 0, rows * h, 0);
    } else {
      System.arraycopy(given, from * h, dc, 0, rows * h);
    }
  }

  /// Adds what is left at the end of the way back to the gradient of the first state; a row without
  /// a real step has gone no way.
  private void finish(Floats gradient, float[] left) {
    float[] target = HeapFloats.of(gradient);
    if (target.length == 0) {
      return;
    }
    for (int row = 0; row < rows; row++) {
      if (sequence.start(from + row) < sequence.end(from + row)) {
        GateLoops.add(left, row * h, target, (from + row) * h, h);
      }
    }
  }

  /// Writes zeros to the places that are not real, `width` numbers each.
  private void clearOutside(float[] values, int width) {
    int steps = sequence.size().steps();
    for (int b = from; b < from + rows; b++) {
      int start = Math.min(sequence.start(b), steps);
      int end = Math.max(start, sequence.end(b));
      int at = sequence.place(b, 0) * width;
      Arrays.fill(values, at, at + start * width, 0);
      Arrays.fill(values, at + end * width, at + steps * width, 0);
    }
  }
}
