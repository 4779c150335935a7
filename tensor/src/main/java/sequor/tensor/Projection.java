package sequor.tensor;

import static sequor.tensor.Compute.KERNELS;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import sequor.kernels.Floats;
import sequor.kernels.HeapFloats;
import sequor.kernels.Ints;
import sequor.kernels.Moves;
import sequor.kernels.Products;
import sequor.kernels.Recurrences.Input;

/// The projection of the inputs of all steps of a recurrent layer, `W_ih · x + b_ih`.
///
/// Where `x` was looked up in a table of fewer rows than there are places, as are the characters of
/// a text, the table is projected instead, and each place reads its row of the result: `W ·
/// table[id] = (W · table)[id]`. On the way back the gradients of the places are added up by id and
/// go through products just as small. The numbers forward are the same; the sums back have another
/// order.
///
/// @param x (B,T,D)
record Projection(Tensor x, Recurrence.Weights weights) {
  private static final int NO_ID = -1;
  static final Input NOTHING = new Input(HeapFloats.none(), KERNELS.memory().ints(new int[0]));

  /// How many numbers the projection has.
  int length() {
    return projected().shape().outer(-1) * gates();
  }

  /// Projects into `room`.
  Input forward(Floats room) {
    var from = projected();
    var size = new Products.Linear(from.shape().outer(-1), from.dim(-1), gates());
    var bias = weights.inputBias().data();
    KERNELS.products().linear(from.data(), weights.inputs().data(), bias, room, size);
    var table = table();
    return new Input(room, table == null ? NOTHING.rows() : table.ids().ints());
  }

  /// Adds to the gradients of the weights and of what was projected, given that of the projection
  /// of each step (T,B,G·H).
  void backward(Floats dGates) {
    var table = x.retainsGrad() ? null : table();
    if (table == null) {
      throughInput(dGates);
    } else {
      throughTable(dGates, table);
    }
  }

  private void throughInput(Floats dGates) {
    var pool = Pool.ofThisThread();
    int size = x.shape().size();
    var steps = pool.take(size); // (T,B,D)
    if (weights.inputs().tracked()) { // dW_ih += dgatesᵀ · x
      KERNELS.moves().copy(x.data(), steps, stepByStep());
      addWeightGradient(dGates, steps, places());
    }
    if (x.tracked()) { // dx += dgates · W_ih
      multiplyByWeights(dGates, places(), steps);
      KERNELS.moves().add(steps, x.sink(), Layout.reversed(stepByStep()));
    }
    pool.give(steps);
  }

  private void throughTable(Floats dGates, Lookup.Rows lookup) {
    var pool = Pool.ofThisThread();
    var table = lookup.table();
    int rows = table.dim(0);
    var dRows = pool.take(rows * gates()); // of the projected table
    KERNELS.elementwise().fill(dRows, 0, rows * gates());
    KERNELS.moves().scatterAdd(dGates, idsByStep(lookup), dRows, places(), gates(), NO_ID);
    if (weights.inputs().tracked()) { // dW_ih += drowsᵀ · table
      addWeightGradient(dRows, table.data(), rows);
    }
    if (table.tracked()) { // dtable += drows · W_ih
      var dTable = pool.take(table.shape().size());
      multiplyByWeights(dRows, rows, dTable);
      var each = KERNELS.memory().ints(IntStream.range(0, rows).toArray());
      int padding = lookup.paddingIndex(); // which never learns
      KERNELS.moves().scatterAdd(dTable, each, table.sink(), rows, table.dim(1), padding);
      pool.give(dTable);
    }
    pool.give(dRows);
  }

  /// `dW_ih += dprojectedᵀ · from`, both of so many rows.
  private void addWeightGradient(Floats dProjected, Floats from, int rows) {
    var size = Products.Size.of(gates(), rows, x.dim(-1)).transposingA().adding();
    KERNELS.products().matmul(dProjected, from, weights.inputs().sink(), size);
  }

  /// `target = dprojected · W_ih`.
  private void multiplyByWeights(Floats dProjected, int rows, Floats target) {
    var size = Products.Size.of(rows, gates(), x.dim(-1));
    KERNELS.products().matmul(dProjected, weights.inputs().data(), target, size);
  }

  /// From (B,T,D) to (T,B,D).
  private Moves.View stepByStep() {
    int b = x.dim(0);
    int t = x.dim(1);
    int d = x.dim(2);
    return new Moves.View(
        new int[] {t, b, d}, 0, new int[] {d, t * d, 1}, 0, new int[] {b * d, d, 1});
  }

  private Ints idsByStep(Lookup.Rows lookup) {
    int b = x.dim(0);
    int t = x.dim(1);
    int[] ids = lookup.ids().values();
    int[] byStep = new int[ids.length];
    for (int place = 0; place < ids.length; place++) {
      byStep[place % t * b + place / t] = ids[place];
    }
    return KERNELS.memory().ints(byStep);
  }

  private int places() {
    return x.dim(0) * x.dim(1);
  }

  private Tensor projected() {
    var table = table();
    return table == null ? x : table.table();
  }

  /// The look-up that `x` is the result of, where it is worth going by its table.
  private Lookup.@Nullable Rows table() {
    var rows = x.lookup();
    return rows != null && 2 * rows.table().dim(0) <= rows.ids().shape().size() ? rows : null;
  }

  private int gates() {
    return weights.inputs().dim(0);
  }
}
