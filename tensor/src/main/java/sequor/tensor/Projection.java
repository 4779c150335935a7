package sequor.tensor;

import static sequor.tensor.Compute.KERNELS;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import sequor.kernels.Floats;
import sequor.kernels.HeapFloats;
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
  static final Input NOTHING = new Input(HeapFloats.none(), KERNELS.memory().ints(new int[0]));

  /// Whether several places read the same row of what is projected.
  boolean sharesRows() {
    return table() != null;
  }

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
  /// at each place (B,T,G·H).
  void backward(Floats dGates) {
    var table = x.retainsGrad() ? null : table();
    if (table == null) {
      addWeightGradient(dGates, x);
      if (x.tracked()) { // dx += dgates · W_ih
        addInputGradient(dGates, x.shape().outer(-1), x.sink());
      }
      return;
    }
    int rows = table.table().dim(0);
    int count = table.ids().shape().size();
    var dRows = Tape.memory().zeros(rows * gates());
    KERNELS.moves().scatterAdd(dGates, table.ids().ints(), dRows, count, gates(), -1);
    addWeightGradient(dRows, table.table());
    if (table.table().tracked()) { // dtable += drows · W_ih
      addTableGradient(dRows, table);
    }
    Tape.memory().release(dRows);
  }

  /// `dW_ih += dprojectedᵀ · from`.
  private void addWeightGradient(Floats dProjected, Tensor from) {
    if (weights.inputs().tracked()) {
      int rows = from.shape().outer(-1);
      var size = Products.Size.of(gates(), rows, from.dim(-1)).transposingA().adding();
      KERNELS.products().matmul(dProjected, from.data(), weights.inputs().sink(), size);
    }
  }

  private void addInputGradient(Floats dProjected, int rows, Floats sink) {
    var size = Products.Size.of(rows, gates(), x.dim(-1)).adding();
    KERNELS.products().matmul(dProjected, weights.inputs().data(), sink, size);
  }

  private void addTableGradient(Floats dRows, Lookup.Rows lookup) {
    var table = lookup.table();
    int rows = table.dim(0);
    if (lookup.paddingIndex() < 0) {
      addInputGradient(dRows, rows, table.sink());
      return;
    }
    var all = Tape.memory().zeros(table.shape().size());
    addInputGradient(dRows, rows, all);
    var each = KERNELS.memory().ints(IntStream.range(0, rows).toArray());
    int skip = lookup.paddingIndex(); // which never learns
    KERNELS.moves().scatterAdd(all, each, table.sink(), rows, table.dim(1), skip);
    Tape.memory().release(all);
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
