package sequor.tensor;

import static sequor.tensor.Compute.KERNELS;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sequor.kernels.Floats;
import sequor.kernels.HeapFloats;
import sequor.kernels.Moves.View;
import sequor.kernels.Products;
import sequor.kernels.Recurrences;

/// Ops of recurrent layers, fused over the whole sequence.
sealed interface Recurrent extends Op {

  /// Every hidden state of a sequence: (B,T,D) → (B,T,H).
  ///
  /// The inputs of all steps are projected by one matrix product; the kernel then runs the
  /// recurrence over them. Backward runs it back and finds the gradients of the projection by two
  /// more products.
  record Sequence(
      Recurrences.Cell cell,
      Tensor x,
      Recurrence.Weights weights,
      Recurrence.State initial,
      Spans spans,
      boolean reverse,
      Saved saved)
      implements Recurrent {

    public Sequence {
      int gates = cell.gates() * initial.h().dim(-1);
      if (x.shape().rank() != 3) {
        throw Check.wrong("recurrence: the input must be (B,T,D), got %s", x.shape());
      }
      Check.shape("recurrence: weight_ih", weights.inputs().shape(), gates, x.dim(2));
      Check.shape("recurrence: weight_hh", weights.hidden().shape(), gates, gates / cell.gates());
      Check.shape("recurrence: bias_ih", weights.inputBias().shape(), gates);
      Check.shape("recurrence: bias_hh", weights.hiddenBias().shape(), gates);
      Check.shape("recurrence: h0", initial.h().shape(), x.dim(0), gates / cell.gates());
      if (cell == Recurrences.Cell.LSTM) {
        Check.same("recurrence: c0 and h0", initial.c().shape(), initial.h().shape());
      } else {
        Check.shape("recurrence: c0 of a cell without one", initial.c().shape(), 0);
      }
      if (spans.batch() != x.dim(0) || spans.steps() != x.dim(1)) {
        throw Check.wrong(
            "recurrence: spans of %d rows and %d steps for an input %s — both must be its own",
            spans.batch(), spans.steps(), x.shape());
      }
    }

    @Override
    public List<Tensor> inputs() {
      var w = weights;
      return List.of(
          x, w.inputs(), w.hidden(), w.inputBias(), w.hiddenBias(), initial.h(), initial.c());
    }

    @Override
    public Shape shape() {
      return Shape.of(x.dim(0), x.dim(1), hiddenSize());
    }

    @Override
    public void forward(Tensor y) {
      int hidden = shape().size();
      var projected = Shape.of(x.dim(0), x.dim(1), cell.gates() * hiddenSize());
      boolean remembers = cell == Recurrences.Cell.LSTM || cell == Recurrences.Cell.GRU;
      saved.gates = Tape.memory().floats(projected.size()); // (B,T,G·H)
      saved.cells = remembers ? Tape.memory().floats(hidden) : HeapFloats.none();
      project(saved.gates, projected);
      KERNELS.recurrences().forward(cell, pass(y), spans.kernelSpan(), size());
    }

    private void project(Floats gates, Shape projected) {
      var bias = weights.inputBias();
      KERNELS.moves().copy(bias.data(), gates, Layout.repeating(bias.shape(), projected));
      var size = Products.Size.of(rows(), x.dim(2), projected.dim(2)).transposingB().adding();
      KERNELS.products().matmul(x.data(), weights.inputs().data(), gates, size);
    }

    @Override
    public void backward(Tensor y) {
      int width = cell.gates() * hiddenSize();
      var dGates = Tape.memory().floats(rows() * width); // (B,T,G·H)
      var gradients =
          new Recurrences.Gradients(
              y.required(),
              saved.lastCellGradient == null ? HeapFloats.none() : saved.lastCellGradient,
              dGates,
              Rowwise.wanted(weights.hidden()),
              Rowwise.wanted(weights.hiddenBias()),
              Rowwise.wanted(initial.h()),
              Rowwise.wanted(initial.c()));
      KERNELS.recurrences().backward(cell, pass(y), gradients, spans.kernelSpan(), size());
      if (x.tracked()) { // dx += dgates · W_ih
        var size = Products.Size.of(rows(), width, x.dim(2)).adding();
        KERNELS.products().matmul(dGates, weights.inputs().data(), x.sink(), size);
      }
      if (weights.inputs().tracked()) { // dW_ih += dgatesᵀ · x
        var size = Products.Size.of(width, rows(), x.dim(2)).transposingA().adding();
        KERNELS.products().matmul(dGates, x.data(), weights.inputs().sink(), size);
      }
      if (weights.inputBias().tracked()) { // db_ih += Σ dgates
        var bias = weights.inputBias();
        var summing = Layout.summing(Shape.of(rows(), width), bias.shape());
        KERNELS.moves().add(dGates, bias.sink(), summing);
      }
      Tape.memory().release(dGates);
    }

    private Recurrences.Pass pass(Tensor y) {
      return new Recurrences.Pass(
          saved.gates,
          weights.hidden().data(),
          weights.hiddenBias().data(),
          initial.h().data(),
          initial.c().data(),
          y.data(),
          saved.cells);
    }

    private Recurrences.Size size() {
      return new Recurrences.Size(x.dim(0), x.dim(1), hiddenSize(), reverse);
    }

    private int hiddenSize() {
      return initial.h().dim(-1);
    }

    private int rows() {
      return x.dim(0) * x.dim(1);
    }
  }

  /// What a sequence remembers between forward and backward.
  final class Saved {
    private Floats gates = HeapFloats.none(); // (B,T,G·H) activations
    private Floats cells = HeapFloats.none(); // (B,T,H)
    private @Nullable Floats lastCellGradient; // (B,H)
  }

  /// The hidden state after each row's last real step, or the initial one of an empty row: (B,H).
  record LastHidden(Tensor hidden, Tensor h0, Spans spans, boolean reverse) implements Recurrent {
    @Override
    public List<Tensor> inputs() {
      return List.of(hidden, h0);
    }

    @Override
    public Shape shape() {
      return h0.shape();
    }

    @Override
    public void forward(Tensor y) {
      take(hidden.data(), h0, spans, reverse, y);
    }

    @Override
    public void backward(Tensor y) {
      int width = h0.dim(-1);
      if (hidden.tracked()) { // dhidden[b, last] += dy[b]
        var memory = KERNELS.memory();
        var last = memory.ints(lastSteps(spans, reverse));
        KERNELS
            .moves()
            .scatterAdd(y.required(), last, hidden.sink(), spans.batch(), width, NOWHERE);
      }
      passEmptyRows(y, h0, spans); // dh0[b] += dy[b] of empty rows
    }
  }

  /// The cell after each row's last real step, or the initial one of an empty row: (B,H).
  record LastCell(Sequence sequence, Tensor hidden, Tensor c0) implements Recurrent {
    @Override
    public List<Tensor> inputs() {
      return List.of(hidden, c0);
    }

    @Override
    public Shape shape() {
      return c0.shape();
    }

    @Override
    public void forward(Tensor y) {
      take(sequence.saved.cells, c0, sequence.spans, sequence.reverse, y);
    }

    @Override
    public void backward(Tensor y) {
      if (hidden.tracked()) { // handed to the sequence, which runs back after this
        var gradient = sequence.saved.lastCellGradient;
        if (gradient == null) {
          gradient = Tape.memory().zeros(shape().size());
          sequence.saved.lastCellGradient = gradient;
        }
        KERNELS.elementwise().addScaled(y.required(), gradient, 1, shape().size());
        hidden.sink();
      }
      passEmptyRows(y, c0, sequence.spans); // dc0[b] += dy[b] of empty rows
    }
  }

  /// The id of a row that has no last step.
  int NOWHERE = -1;

  /// The place in (B·T) of each row's last real step.
  private static int[] lastSteps(Spans spans, boolean reverse) {
    int[] last = new int[spans.batch()];
    for (int row = 0; row < last.length; row++) {
      int step = reverse ? spans.start(row) : spans.end(row) - 1;
      last[row] = spans.length(row) == 0 ? NOWHERE : row * spans.steps() + step;
    }
    return last;
  }

  private static void take(Floats states, Tensor initial, Spans spans, boolean reverse, Tensor y) {
    int width = initial.dim(-1);
    int[] last = lastSteps(spans, reverse);
    for (int row = 0; row < last.length; row++) {
      boolean empty = last[row] == NOWHERE;
      int from = empty ? row * width : last[row] * width;
      KERNELS
          .moves()
          .copy(empty ? initial.data() : states, y.data(), row(from, row * width, width));
    }
  }

  private static void passEmptyRows(Tensor y, Tensor initial, Spans spans) {
    int width = initial.dim(-1);
    for (int row = 0; initial.tracked() && row < spans.batch(); row++) {
      if (spans.length(row) == 0) {
        KERNELS.moves().add(y.required(), initial.sink(), row(row * width, row * width, width));
      }
    }
  }

  private static View row(int from, int to, int width) {
    return new View(new int[] {width}, from, new int[] {1}, to, new int[] {1});
  }
}
