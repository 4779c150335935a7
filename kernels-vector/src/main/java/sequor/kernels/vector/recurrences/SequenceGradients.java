package sequor.kernels.vector.recurrences;

import java.util.Arrays;
import java.util.stream.IntStream;
import sequor.kernels.Copies;
import sequor.kernels.Floats;
import sequor.kernels.HeapFloats;
import sequor.kernels.HeapInts;
import sequor.kernels.Parallel;
import sequor.kernels.Recurrences.Cell;
import sequor.kernels.Recurrences.Weights;
import sequor.kernels.vector.products.BlockedProduct;
import sequor.kernels.vector.products.InitialValue;
import sequor.kernels.vector.products.Matrix;
import sequor.kernels.vector.rows.RowLoops;
import sequor.kernels.vector.rows.VectorCopies;
import sequor.kernels.vector.simd.Scratch;

/// The gradients of all gates of a sequence, and what follows from them at the end of the backward
/// pass.
///
/// @param dGates (T,B,G·H), of the sums inside the gates
/// @param dSums (T,B,G·H), of the recurrent sums: the same array, but for a GRU
record SequenceGradients(Sequence sequence, Scratch scratch, float[] dGates, float[] dSums) {
  private static final Copies COPIES = new VectorCopies();
  private static final float[] NOT_REQUIRED = HeapFloats.of(Floats.NONE);
  private static final int COPY_GRAIN = 1 << 14;

  /// Room for them: the place of the activations, where there are any, because memory that is not
  /// touched need not come through the caches.
  ///
  /// @param piece the number of the pass
  static SequenceGradients of(Scratch scratch, Sequence s, int piece) {
    int length = s.batch * s.steps * s.gates;
    float[] dGates =
        s.cell.remembers()
            ? s.activations
            : scratch.floats(Scratch.Use.GATE_GRADIENTS, piece, length);
    float[] dSums =
        s.cell == Cell.GRU ? scratch.floats(Scratch.Use.SUM_GRADIENTS, piece, length) : dGates;
    return new SequenceGradients(s, scratch, dGates, dSums);
  }

  /// Adds to the gradients of both weights and of the input's rows; those of length 0 are not
  /// required.
  void addTo(Weights weights, Floats dInput, int paddingRow) {
    float[] dHidden = HeapFloats.of(weights.hidden());
    float[] dInputs = HeapFloats.of(weights.inputs());
    float[] dRows = HeapFloats.of(dInput);
    if (sequence.ids.length > 0) {
      addWeights(dSums, dHidden, NOT_REQUIRED);
      throughTable(dInputs, dRows, paddingRow);
      return;
    }
    if (dGates == dSums) {
      addWeights(dSums, dHidden, dInputs);
    } else {
      addWeights(dSums, dHidden, NOT_REQUIRED);
      addWeights(dGates, NOT_REQUIRED, dInputs);
    }
    if (dRows.length > 0) {
      addRows(dRows);
    }
  }

  /// `dW_hh += Σ d ⊗ h₋` and `dW_ih += Σ d ⊗ x` over all real steps, in one product with `[h₋, x]`,
  /// because what costs most is to bring the gates' gradients into order.
  private void addWeights(float[] d, float[] dHidden, float[] dInputs) {
    var s = sequence;
    int ofState = dHidden.length == 0 ? 0 : s.h;
    int ofInput = dInputs.length == 0 ? 0 : s.d;
    int n = ofState + ofInput;
    int[] places = realPlaces();
    if (n == 0 || places.length == 0) {
      return;
    }
    float[] read = scratch.floats(Scratch.Use.READ, places.length * n);
    Parallel.ranges(
        places.length,
        Math.max(1, COPY_GRAIN / n),
        (from, to) -> {
          for (int i = from; i < to; i++) {
            if (ofState > 0) {
              copyStateBefore(places[i], read, i * n);
            }
            if (ofInput > 0) {
              int row = s.row(places[i]);
              System.arraycopy(s.inputs, row * s.d, read, i * n + ofState, ofInput);
            }
          }
        });
    var da = Matrix.of(d, 0, s.gates).transpose().only(places);
    var right = Matrix.of(read, 0, n);
    if (ofState == 0 || ofInput == 0) {
      float[] target = ofState == 0 ? dInputs : dHidden;
      new BlockedProduct(da, right, target, 0, s.gates, places.length, n, InitialValue.KEPT).run();
      return;
    }
    float[] sum = scratch.floats(Scratch.Use.PROJECTED, s.gates * n);
    new BlockedProduct(da, right, sum, 0, s.gates, places.length, n, InitialValue.ZEROS).run();
    Parallel.ranges(
        s.gates,
        Math.max(1, COPY_GRAIN / n),
        (from, to) -> {
          for (int row = from; row < to; row++) {
            RowLoops.add(sum, row * n, dHidden, row * s.h, ofState);
            RowLoops.add(sum, row * n + ofState, dInputs, row * s.d, ofInput);
          }
        });
  }

  private int[] realPlaces() {
    var s = sequence;
    int[] places = new int[s.batch * s.steps];
    int count = 0;
    for (int t = 0; t < s.steps; t++) {
      for (int b = 0; b < s.batch; b++) {
        if (s.isReal(b, t)) {
          places[count++] = s.place(b, t);
        }
      }
    }
    return Arrays.copyOf(places, count);
  }

  private void copyStateBefore(int place, float[] target, int to) {
    var s = sequence;
    int b = place % s.batch;
    if (!s.isFirst(b, place / s.batch)) {
      System.arraycopy(s.hidden, s.output(s.before(place)), target, to, s.h);
    } else if (s.h0.length > 0) {
      System.arraycopy(s.h0, b * s.h, target, to, s.h);
    } else {
      Arrays.fill(target, to, to + s.h, 0);
    }
  }

  /// `dx += da · W_ih`.
  private void addRows(float[] dRows) {
    var s = sequence;
    int places = s.batch * s.steps;
    if (places == 0 || s.d == 0) {
      return;
    }
    int[] placeOfRow =
        IntStream.range(0, places).map(row -> s.place(row / s.steps, row % s.steps)).toArray();
    var da = Matrix.of(dGates, 0, s.gates).only(placeOfRow);
    new BlockedProduct(da, s.inputWeight(), dRows, 0, places, s.gates, s.d, InitialValue.KEPT)
        .run();
  }

  /// Adds the gradients up by the row that was read, and goes on with these few.
  private void throughTable(float[] dWeight, float[] dTable, int paddingRow) {
    var s = sequence;
    int places = s.batch * s.steps;
    int rows = s.inputCount;
    float[] dRows = scratch.floats(Scratch.Use.PROJECTED, rows * s.gates);
    Arrays.fill(dRows, 0, rows * s.gates, 0);
    var read = IntStream.range(0, places).map(place -> s.ids[s.row(place)]);
    int noId = -1;
    COPIES.scatterAdd(
        new HeapFloats(dGates),
        new HeapInts(read.toArray()),
        new HeapFloats(dRows),
        places,
        s.gates,
        noId);
    if (dWeight.length > 0) { // dW_ih += drowsᵀ · table
      var da = Matrix.of(dRows, 0, s.gates).transpose();
      var table = Matrix.of(s.inputs, 0, s.d);
      new BlockedProduct(da, table, dWeight, 0, s.gates, rows, s.d, InitialValue.KEPT).run();
    }
    if (dTable.length > 0) { // dtable += drows · W_ih
      if (paddingRow >= 0) {
        Arrays.fill(dRows, paddingRow * s.gates, (paddingRow + 1) * s.gates, 0);
      }
      var da = Matrix.of(dRows, 0, s.gates);
      new BlockedProduct(da, s.inputWeight(), dTable, 0, rows, s.gates, s.d, InitialValue.KEPT)
          .run();
    }
  }
}
