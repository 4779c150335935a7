package sequor.kernels.vector.recurrences;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import sequor.kernels.Floats;
import sequor.kernels.HeapFloats;
import sequor.kernels.Recurrences.Cell;
import sequor.kernels.Recurrences.Gradients;
import sequor.kernels.Recurrences.State;
import sequor.kernels.Reductions;
import sequor.kernels.vector.products.Matrix;
import sequor.kernels.vector.products.Panels;
import sequor.kernels.vector.products.StepProduct;
import sequor.kernels.vector.rows.RowLoops;
import sequor.kernels.vector.simd.Scratch;

/// A few rows of a batch on their way through all steps. At each step only the real rows take part:
/// the products run over a list of them.
final class RecurrentBlock {
  private final Sequence sequence;
  private final Scratch scratch;
  private final int[] batchRows;
  private final ActiveRows active;
  private final int rows;
  private final int h;
  private boolean stateIsZero;
  private int stepsAdded;

  /// The rows of the batch that walk together.
  RecurrentBlock(Sequence sequence, Scratch scratch, int[] batchRows) {
    this.sequence = sequence;
    this.scratch = scratch;
    this.batchRows = batchRows;
    active = new ActiveRows(sequence, batchRows);
    rows = batchRows.length;
    h = sequence.h;
  }

  /// `weight` is `W_hhᵀ` (H,G·padded).
  void forward(InputProjection projection, Panels weight, State last) {
    int n = sequence.padded;
    int wide = sequence.bias.length;
    float[] state = scratch.floats(Scratch.Use.HIDDEN, rows * n);
    float[] cell = scratch.floats(Scratch.Use.CELL, rows * n);
    float[] sums = scratch.floats(Scratch.Use.SUMS, rows * wide);
    Arrays.fill(cell, 0, rows * n, 0);
    take(sequence.h0, state, n);
    take(sequence.c0, cell, n);
    if (sequence.hidden.length > 0) {
      clearOutside(sequence.hidden, sequence::output, h);
    }
    var ofInput = projection.reader(scratch, active);
    var states = Matrix.of(state, 0, n).only(active.rows);
    var ofState = new StepProduct(scratch, states, weight, rows);
    stateIsZero = sequence.h0.length == 0;
    var pass = new CellStep.Forward(sequence, active, sums, state, cell);
    var phases = new ArrayList<Runnable>();
    phases.add(() -> ofInput.begin(sums));
    phases.add(() -> addState(ofState, sums, wide));
    phases.addAll(CellStep.of(sequence.cell).forward(pass));
    if (sequence.hidden.length > 0) {
      phases.add(() -> writeOutputs(state));
    }
    walk(false, phases);
    give(state, n, last.h());
    give(cell, n, last.c());
  }

  /// Runs all phases of a step, step after step, from the first one read or from the last.
  private void walk(boolean back, List<Runnable> phases) {
    var all = phases.toArray(Runnable[]::new);
    for (int i = 0; i < sequence.steps; i++) {
      active.goTo(sequence.time(back ? sequence.steps - 1 - i : i));
      if (active.count > 0) {
        CellStep.run(all);
      }
    }
  }

  /// `sums += W_hh · h`, once there is an `h`.
  private void addState(StepProduct product, float[] sums, int wide) {
    if (!stateIsZero) {
      product.addTo(sums, sequence.recurrentAt, wide, active.count);
    }
    stateIsZero = false;
  }

  private void writeOutputs(float[] state) {
    for (int i = 0; i < active.count; i++) {
      int output = sequence.output(active.places[i]);
      System.arraycopy(state, active.rows[i] * sequence.padded, sequence.hidden, output, h);
    }
  }

  /// Where a block leaves its share of the gradients of the biases; null where it is not required.
  ///
  /// @param inputs of `b_ih`
  /// @param sums of `b_hh`, where it differs
  /// @param at where the share starts
  /// @param totalAt where the sums of many steps are collected
  record BiasShare(float @Nullable [] inputs, float @Nullable [] sums, int at, int totalAt) {
    private void fold(int gates) {
      fold(inputs, gates);
      fold(sums, gates);
    }

    private void fold(float @Nullable [] share, int gates) {
      if (share != null) {
        RowLoops.add(share, at, share, totalAt, gates);
        Arrays.fill(share, at, at + gates, 0);
      }
    }
  }

  /// `weight` is `W_hh` (G·H,H).
  void backward(
      Gradients gradients,
      float[] dHidden,
      Panels weight,
      float[] dGates,
      float[] dSums,
      BiasShare share) {
    int gates = sequence.gates;
    float[] dh = scratch.floats(Scratch.Use.HIDDEN, rows * h);
    float[] dc = scratch.floats(Scratch.Use.CELL, rows * h);
    float[] before = scratch.floats(Scratch.Use.SUMS, rows * h);
    float[] work = scratch.floats(Scratch.Use.WORK, rows * h);
    take(HeapFloats.of(gradients.last().h()), dh, h);
    take(HeapFloats.of(gradients.last().c()), dc, h);
    clearOutside(dGates, place -> place * gates, gates);
    boolean toInitial = gradients.initial().h().length() > 0;
    var du = Matrix.of(dSums, 0, gates).only(active.places);
    var product = new StepProduct(scratch, du, weight, rows);
    var pass = new CellStep.Backward(sequence, active, dGates, dSums, dh, dc, before, work);
    var phases = new ArrayList<Runnable>();
    if (dHidden.length > 0) {
      phases.add(() -> addFromAbove(dHidden, dh));
    }
    if (sequence.cell.remembers()) {
      phases.add(() -> gatherBefore(before));
    }
    phases.addAll(CellStep.of(sequence.cell).backward(pass));
    if (share.inputs != null) {
      phases.add(() -> GateLoops.addPlaces(dGates, active, share.inputs, share.at, gates));
    }
    if (share.sums != null) {
      phases.add(() -> GateLoops.addPlaces(dSums, active, share.sums, share.at, gates));
    }
    phases.add(() -> addThrough(product, dh, toInitial));
    if (sequence.steps > Reductions.CHUNK) {
      phases.add(
          () -> {
            if (++stepsAdded % Reductions.CHUNK == 0) {
              share.fold(gates);
            }
          });
    }
    walk(true, phases);
    share.fold(gates);
    add(dh, gradients.initial().h());
    add(dc, gradients.initial().c());
  }

  /// `dh` += the gradients of the hidden states that were output.
  private void addFromAbove(float[] dHidden, float[] dh) {
    for (int i = 0; i < active.count; i++) {
      int output = sequence.output(active.places[i]);
      RowLoops.add(dHidden, output, dh, active.rows[i] * h, h);
    }
  }

  /// `dh += du · W_hh`, which is of use unless it is the first step of all rows and the gradient of
  /// the state before it is not required.
  private void addThrough(StepProduct product, float[] dh, boolean toInitial) {
    if (!toInitial && active.allFirst()) {
      return;
    }
    if (active.lead()) {
      product.addTo(dh, 0, h, active.count);
      return;
    }
    float[] through = scratch.floats(Scratch.Use.THROUGH, rows * h);
    Arrays.fill(through, 0, active.count * h, 0);
    product.addTo(through, 0, h, active.count);
    for (int i = 0; i < active.count; i++) {
      RowLoops.add(through, i * h, dh, active.rows[i] * h, h);
    }
  }

  /// Collects the cells (LSTM) or hidden states (GRU) before the step.
  private void gatherBefore(float[] before) {
    boolean lstm = sequence.cell == Cell.LSTM;
    for (int i = 0; i < active.count; i++) {
      if (active.isFirst(i)) {
        copyOrClear(lstm ? sequence.c0 : sequence.h0, active.batchRow(i) * h, before, i * h);
      } else {
        int place = sequence.before(active.places[i]);
        float[] states = lstm ? sequence.cells : sequence.hidden;
        System.arraycopy(states, lstm ? place * h : sequence.output(place), before, i * h, h);
      }
    }
  }

  /// Reads the rows of the block from (B,H) into rows `step` apart; length 0 stands for zeros.
  private void take(float[] states, float[] block, int step) {
    for (int row = 0; row < rows; row++) {
      copyOrClear(states, batchRows[row] * h, block, row * step);
    }
  }

  private void copyOrClear(float[] states, int from, float[] target, int to) {
    if (states.length == 0) {
      Arrays.fill(target, to, to + h, 0);
    } else {
      System.arraycopy(states, from, target, to, h);
    }
  }

  /// Writes the rows of the block to (B,H), if they are required.
  private void give(float[] block, int step, Floats states) {
    float[] target = HeapFloats.of(states);
    for (int row = 0; row < rows && target.length > 0; row++) {
      System.arraycopy(block, row * step, target, batchRows[row] * h, h);
    }
  }

  /// Adds the rows of the block to (B,H), if they are required.
  private void add(float[] block, Floats states) {
    float[] target = HeapFloats.of(states);
    for (int row = 0; row < rows && target.length > 0; row++) {
      RowLoops.add(block, row * h, target, batchRows[row] * h, h);
    }
  }

  /// Writes zeros where no step is real, `length` of them from where a place starts.
  private void clearOutside(float[] values, IntUnaryOperator start, int length) {
    for (int b : batchRows) {
      for (int t = 0; t < sequence.steps; t++) {
        if (!sequence.isReal(b, t)) {
          int at = start.applyAsInt(sequence.place(b, t));
          Arrays.fill(values, at, at + length, 0);
        }
      }
    }
  }
}
