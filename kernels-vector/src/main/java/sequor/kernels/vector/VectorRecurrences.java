package sequor.kernels.vector;

import sequor.kernels.Floats;
import sequor.kernels.HeapFloats;
import sequor.kernels.Parallel;
import sequor.kernels.Recurrences;

/// Recurrent layers over a whole sequence.
///
/// The recurrent weights are packed once. The rows of the batch are cut into blocks that never wait
/// for each other: each walks through all steps, multiplies the state of its real rows with the
/// weights, and applies the gates ([CellStep]). The weights' gradient is one product over all real
/// steps at the end; the bias's is added up by each block and then over the blocks in order.
final class VectorRecurrences implements Recurrences {
  @Override
  public void forward(Cell cell, Pass pass, Span span, Size size) {
    if (size.batch() == 0 || size.steps() == 0 || size.hidden() == 0) {
      return;
    }
    var sequence = new Sequence(cell, pass, span, size);
    var weight = sequence.weight().transpose();
    var panels = Panels.pack(weight, 0, size.hidden(), 0, sequence.rows(), Scratch.Use.WEIGHT);
    int block = blockRows(cell, size);
    Parallel.ranges(
        size.batch(), block, (from, to) -> new RecurrentBlock(sequence, from, to).forward(panels));
  }

  @Override
  public void backward(Cell cell, Pass pass, Gradients gradients, Span span, Size size) {
    if (size.batch() == 0 || size.steps() == 0 || size.hidden() == 0) {
      return;
    }
    var sequence = new Sequence(cell, pass, span, size);
    int rows = sequence.rows();
    int h = size.hidden();
    float[] dGates = HeapFloats.of(gradients.gates());
    // Only where the reset gate stands between them do the two gradients differ.
    float[] dSums =
        cell == Cell.GRU
            ? Scratch.floats(Scratch.Use.SUM_GRADIENTS, size.batch() * size.steps() * rows)
            : dGates;
    var panels = Panels.pack(sequence.weight(), 0, rows, 0, h, Scratch.Use.WEIGHT);
    int block = blockRows(cell, size);
    int blocks = (size.batch() + block - 1) / block;
    float[] dBias = HeapFloats.of(gradients.bias());
    float[] dBiases = dBias.length == 0 ? dBias : new float[blocks * rows];
    Parallel.ranges(
        size.batch(),
        block,
        (from, to) ->
            new RecurrentBlock(sequence, from, to)
                .backward(gradients, panels, dSums, dBiases, from / block * rows));
    if (dBias.length > 0) {
      for (int i = 0; i < blocks; i++) {
        GateLoops.add(dBiases, i * rows, dBias, 0, rows);
      }
    }
    addWeightGradient(sequence, dSums, gradients.weight());
  }

  /// `dW += Σ du ⊗ h₋` over all real steps: first those whose state came from the step before, then
  /// those that began with `h0`.
  private static void addWeightGradient(Sequence sequence, float[] dSums, Floats dWeight) {
    float[] target = HeapFloats.of(dWeight);
    if (target.length == 0) {
      return;
    }
    int h = sequence.size().hidden();
    int rows = sequence.rows();
    int[] steps = new int[sequence.size().batch() * sequence.size().steps()];
    int[] before = new int[steps.length];
    int[] firstSteps = new int[sequence.size().batch()];
    int[] started = new int[firstSteps.length];
    int count = 0;
    int starts = 0;
    for (int b = 0; b < sequence.size().batch(); b++) {
      for (int t = sequence.start(b); t < sequence.end(b); t++) {
        if (sequence.isFirst(b, t)) {
          firstSteps[starts] = sequence.place(b, t);
          started[starts++] = b;
        } else {
          steps[count] = sequence.place(b, t);
          before[count++] = sequence.place(b, sequence.before(t));
        }
      }
    }
    var du = Matrix.of(dSums, 0, rows).transpose();
    var hidden = Matrix.of(sequence.hidden(), 0, h);
    var h0 = Matrix.of(sequence.h0(), 0, h);
    if (count > 0) {
      new BlockedProduct(du.only(steps), hidden.only(before), target, 0, rows, count, h, true)
          .run();
    }
    if (starts > 0) {
      new BlockedProduct(du.only(firstSteps), h0.only(started), target, 0, rows, starts, h, true)
          .run();
    }
  }

  /// How many rows walk together: more where the weights do not fit the second cache, because each
  /// step reads them all.
  private static int blockRows(Cell cell, Size size) {
    long weights = (long) cell.gates() * size.hidden() * size.hidden();
    return weights <= 1 << 16 ? Tile.ROWS : weights <= 1 << 18 ? 2 * Tile.ROWS : 4 * Tile.ROWS;
  }

  /// A pass with its arrays at hand, and where and when its rows are real.
  record Sequence(
      Cell cell,
      Size size,
      float[] gates,
      float[] weights,
      float[] bias,
      float[] h0,
      float[] c0,
      float[] hidden,
      float[] cells,
      Span span) {
    Sequence(Cell cell, Pass pass, Span span, Size size) {
      this(
          cell,
          size,
          HeapFloats.of(pass.gates()),
          HeapFloats.of(pass.weight()),
          orZeros(pass.bias(), cell.gates() * size.hidden()),
          orZeros(pass.h0(), size.batch() * size.hidden()),
          orZeros(pass.c0(), cell == Cell.LSTM ? size.batch() * size.hidden() : 0),
          HeapFloats.of(pass.hidden()),
          HeapFloats.of(pass.cells()),
          span);
    }

    private static float[] orZeros(Floats floats, int length) {
      float[] array = HeapFloats.of(floats);
      return array.length == 0 ? new float[length] : array;
    }

    /// G·H.
    int rows() {
      return cell.gates() * size.hidden();
    }

    /// `W_hh` (G·H,H).
    Matrix weight() {
      return Matrix.of(weights, 0, size.hidden());
    }

    int start(int b) {
      return span.starts().get(b);
    }

    int end(int b) {
      return span.ends().get(b);
    }

    boolean isReal(int b, int t) {
      return start(b) <= t && t < end(b);
    }

    boolean isFirst(int b, int t) {
      return t == (size.reverse() ? end(b) - 1 : start(b));
    }

    /// The step that is read before step `t`.
    int before(int t) {
      return size.reverse() ? t + 1 : t - 1;
    }

    /// The step in memory of the given step in reading order.
    int time(int step) {
      return size.reverse() ? size.steps() - 1 - step : step;
    }

    /// Which of the B·T places is that of row `b` at step `t`.
    int place(int b, int t) {
      return b * size.steps() + t;
    }
  }
}
