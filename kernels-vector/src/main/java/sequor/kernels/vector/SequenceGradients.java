package sequor.kernels.vector;

import java.util.Arrays;
import java.util.stream.IntStream;
import sequor.kernels.Floats;
import sequor.kernels.HeapFloats;
import sequor.kernels.HeapInts;
import sequor.kernels.Moves;
import sequor.kernels.Recurrences.Cell;
import sequor.kernels.Recurrences.Weights;

/// The gradients of all gates of a sequence, and what follows from them at the end of the way back.
///
/// @param dGates (T,B,G·H), of the sums inside the gates
/// @param dSums (T,B,G·H), of the recurrent sums: the same array, but for a GRU
record SequenceGradients(Sequence sequence, float[] dGates, float[] dSums) {
  private static final Moves MOVES = new VectorMoves();

  /// Room for them.
  ///
  /// @param piece the number of the pass
  static SequenceGradients of(Sequence s, int piece) {
    int length = s.batch * s.steps * s.gates;
    float[] dGates = Scratch.floats(Scratch.Use.GATE_GRADIENTS, piece, length);
    float[] dSums =
        s.cell == Cell.GRU ? Scratch.floats(Scratch.Use.SUM_GRADIENTS, piece, length) : dGates;
    return new SequenceGradients(s, dGates, dSums);
  }

  /// Adds to the gradients of both weights and of the input's rows; those of length 0 are unwanted.
  void addTo(Weights weights, Floats dInput, int constantRow) {
    addHiddenWeights(HeapFloats.of(weights.hidden()));
    float[] dWeight = HeapFloats.of(weights.inputs());
    float[] dRows = HeapFloats.of(dInput);
    if (sequence.ids.length == 0) {
      throughSteps(dWeight, dRows);
    } else {
      throughTable(dWeight, dRows, constantRow);
    }
  }

  /// `dW_hh += Σ du ⊗ h₋` over all real steps: first those whose state came from the step before,
  /// then those that began with `h0`.
  private void addHiddenWeights(float[] target) {
    var s = sequence;
    if (target.length == 0) {
      return;
    }
    int[] steps = new int[s.batch * s.steps];
    int[] before = new int[steps.length];
    int[] firstSteps = new int[s.batch];
    int[] started = new int[s.batch];
    int count = 0;
    int starts = 0;
    for (int t = 0; t < s.steps; t++) {
      for (int b = 0; b < s.batch; b++) {
        int place = s.place(b, t);
        if (!s.isReal(b, t)) {
          continue;
        }
        if (s.isFirst(b, t)) {
          firstSteps[starts] = place;
          started[starts++] = b;
        } else {
          steps[count] = place;
          before[count++] = s.row(s.before(place));
        }
      }
    }
    var du = Matrix.of(dSums, 0, s.gates).transpose();
    if (count > 0) {
      var hidden = Matrix.of(s.hidden, s.column, s.width).only(before);
      add(du.only(steps), hidden, count, s.h, target);
    }
    if (starts > 0 && s.h0.length > 0) {
      var h0 = Matrix.of(s.h0, 0, s.h).only(started);
      add(du.only(firstSteps), h0, starts, s.h, target);
    }
  }

  private void throughSteps(float[] dWeight, float[] dRows) {
    var s = sequence;
    int places = s.batch * s.steps;
    if (places == 0 || s.d == 0) {
      return;
    }
    if (dWeight.length > 0) { // dW_ih += daᵀ · x
      var x = Matrix.of(s.inputs, 0, s.d).only(IntStream.range(0, places).map(s::row).toArray());
      add(Matrix.of(dGates, 0, s.gates).transpose(), x, places, s.d, dWeight);
    }
    if (dRows.length > 0) { // dx += da · W_ih
      int[] placeOfRow = new int[places];
      for (int place = 0; place < places; place++) {
        placeOfRow[s.row(place)] = place;
      }
      var da = Matrix.of(dGates, 0, s.gates).only(placeOfRow);
      new BlockedProduct(da, s.inputWeight(), dRows, 0, places, s.gates, s.d, Start.KEPT).run();
    }
  }

  /// Adds the gradients up by the row that was read, and goes on with these few.
  private void throughTable(float[] dWeight, float[] dTable, int constantRow) {
    var s = sequence;
    int places = s.batch * s.steps;
    int rows = s.inputCount;
    float[] dRows = Scratch.floats(Scratch.Use.PROJECTED, rows * s.gates);
    Arrays.fill(dRows, 0, rows * s.gates, 0);
    var read = new HeapInts(IntStream.range(0, places).map(s::read).toArray());
    int noId = -1;
    MOVES.scatterAdd(new HeapFloats(dGates), read, new HeapFloats(dRows), places, s.gates, noId);
    if (dWeight.length > 0) { // dW_ih += drowsᵀ · table
      add(
          Matrix.of(dRows, 0, s.gates).transpose(),
          Matrix.of(s.inputs, 0, s.d),
          rows,
          s.d,
          dWeight);
    }
    if (dTable.length > 0) { // dtable += drows · W_ih
      if (constantRow >= 0) {
        Arrays.fill(dRows, constantRow * s.gates, (constantRow + 1) * s.gates, 0);
      }
      var da = Matrix.of(dRows, 0, s.gates);
      new BlockedProduct(da, s.inputWeight(), dTable, 0, rows, s.gates, s.d, Start.KEPT).run();
    }
  }

  /// `target += da · b`, with `da` (G·H,k) and `b` (k,n).
  private void add(Matrix da, Matrix b, int k, int n, float[] target) {
    new BlockedProduct(da, b, target, 0, sequence.gates, k, n, Start.KEPT).run();
  }
}
