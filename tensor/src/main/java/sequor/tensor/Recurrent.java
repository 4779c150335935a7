package sequor.tensor;

import static sequor.tensor.Compute.KERNELS;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sequor.kernels.Floats;
import sequor.kernels.HeapFloats;
import sequor.kernels.Recurrences;

/// Ops of recurrent layers, fused over the whole sequence.
sealed interface Recurrent extends Op {

  /// Every hidden state of a sequence: (B,T,D) → (B,T,W), W = H times the directions.
  ///
  /// The inputs of all steps are projected at once ([Projection]); the kernel then runs the
  /// recurrence over them, all directions at the same time.
  record Sequence(
      Recurrences.Cell cell, Tensor x, List<Recurrence.Direction> directions, Spans spans, List<Saved> saved)
      implements Recurrent {

    public Sequence {
      if (x.shape().rank() != 3) {
        throw Check.wrong("recurrence: the input must be (B,T,D), got %s", x.shape());
      }
      int h = directions.getFirst().initial().h().dim(-1);
      for (var direction : directions) {
        check(cell, x, direction, h);
      }
      if (spans.batch() != x.dim(0) || spans.steps() != x.dim(1)) {
        throw Check.wrong(
            "recurrence: spans of %d rows and %d steps for an input %s — both must be its own",
            spans.batch(), spans.steps(), x.shape());
      }
    }

    private static void check(Recurrences.Cell cell, Tensor x, Recurrence.Direction direction, int h) {
      int gates = cell.gates() * h;
      var weights = direction.weights();
      var initial = direction.initial();
      Check.shape("recurrence: weight_ih", weights.inputs().shape(), gates, x.dim(2));
      Check.shape("recurrence: weight_hh", weights.hidden().shape(), gates, h);
      Check.shape("recurrence: bias_ih", weights.inputBias().shape(), gates);
      Check.shape("recurrence: bias_hh", weights.hiddenBias().shape(), gates);
      Check.shape("recurrence: h0", initial.h().shape(), x.dim(0), h);
      if (cell == Recurrences.Cell.LSTM) {
        Check.same("recurrence: c0 and h0", initial.c().shape(), initial.h().shape());
      } else {
        Check.shape("recurrence: c0 of a cell without one", initial.c().shape(), 0);
      }
    }

    /// @param directions one, or the two of a bidirectional layer
    static Sequence of(
        Recurrences.Cell cell, Tensor x, List<Recurrence.Direction> directions, Spans spans) {
      var saved = directions.stream().map(direction -> new Saved()).toList();
      var sequence = new Sequence(cell, x, directions, spans, saved);
      boolean wayBack = Tape.willRecord(sequence);
      saved.forEach(kept -> kept.wayBack = wayBack);
      return sequence;
    }

    @Override
    public List<Tensor> inputs() {
      var inputs = new ArrayList<Tensor>(List.of(x));
      for (var direction : directions) {
        var w = direction.weights();
        inputs.addAll(List.of(w.inputs(), w.hidden(), w.inputBias(), w.hiddenBias()));
        inputs.addAll(List.of(direction.initial().h(), direction.initial().c()));
      }
      return inputs;
    }

    @Override
    public Shape shape() {
      return Shape.of(x.dim(0), x.dim(1), directions.size() * hiddenSize());
    }

    @Override
    public void forward(Tensor y) {
      var passes = new ArrayList<Recurrences.Pass>();
      for (int i = 0; i < directions.size(); i++) {
        saved.get(i).begin(this, directions.get(i));
        passes.add(pass(i));
      }
      KERNELS.recurrences().forward(cell, passes, y.data(), spans.kernelSpan(), size());
      saved.forEach(Saved::releaseInput);
    }

    /// The gradient of the last state alone is reason enough to go back.
    @Override
    public boolean hasGradient(Tensor y) {
      return y.gradient() != null || saved.stream().anyMatch(Saved::hasGradient);
    }

    @Override
    public void backward(Tensor y) {
      var passes = new ArrayList<Recurrences.Pass>();
      var gradients = new ArrayList<Recurrences.Gradients>();
      for (int i = 0; i < directions.size(); i++) {
        var dGates = Pool.ofThisThread().take(places() * gates());
        passes.add(pass(i));
        gradients.add(gradients(directions.get(i), saved.get(i), dGates));
      }
      var dHidden = y.gradient() == null ? HeapFloats.none() : y.required();
      var span = spans.kernelSpan();
      KERNELS.recurrences().backward(cell, passes, y.data(), dHidden, gradients, span, size());
      for (int i = 0; i < directions.size(); i++) {
        var dGates = gradients.get(i).gates();
        new Projection(x, directions.get(i).weights()).backward(dGates);
        Pool.ofThisThread().give(dGates);
      }
    }

    private Recurrences.Pass pass(int i) {
      var direction = directions.get(i);
      var kept = saved.get(i);
      return new Recurrences.Pass(
          kept.input,
          kept.gates,
          direction.weights().hidden().data(),
          direction.weights().hiddenBias().data(),
          new Recurrences.State(direction.initial().h().data(), direction.initial().c().data()),
          new Recurrences.State(kept.lastH, kept.lastC),
          kept.cells,
          direction.reverse());
    }

    private static Recurrences.Gradients gradients(Recurrence.Direction direction, Saved kept, Floats dGates) {
      var weights = direction.weights();
      return new Recurrences.Gradients(
          new Recurrences.State(orNone(kept.lastHGradient), orNone(kept.lastCGradient)),
          dGates,
          Rowwise.wanted(weights.hidden()),
          Rowwise.wanted(weights.inputBias()),
          Rowwise.wanted(weights.hiddenBias()),
          new Recurrences.State(
              Rowwise.wanted(direction.initial().h()), Rowwise.wanted(direction.initial().c())));
    }

    private static Floats orNone(@Nullable Floats gradient) {
      return gradient == null ? HeapFloats.none() : gradient;
    }

    private Recurrences.Size size() {
      return new Recurrences.Size(x.dim(0), x.dim(1), hiddenSize());
    }

    private int hiddenSize() {
      return directions.getFirst().initial().h().dim(-1);
    }

    /// G·H.
    private int gates() {
      return cell.gates() * hiddenSize();
    }

    private int places() {
      return x.dim(0) * x.dim(1);
    }
  }

  /// What one direction of a sequence remembers between forward and backward.
  final class Saved {
    private boolean wayBack; // whether there will be a backward
    private Recurrences.Input input = Projection.NOTHING;
    private Floats gates = HeapFloats.none(); // (T,B,G·H) activations
    private Floats cells = HeapFloats.none(); // (T,B,H)
    private Floats lastH = HeapFloats.none(); // (B,H)
    private Floats lastC = HeapFloats.none(); // (B,H)
    private @Nullable Floats lastHGradient;
    private @Nullable Floats lastCGradient;

    /// Projects the inputs and finds room for what the kernel leaves.
    private void begin(Sequence sequence, Recurrence.Direction direction) {
      var memory = Tape.memory();
      var projection = new Projection(sequence.x, direction.weights());
      int state = direction.initial().h().shape().size();
      if (wayBack && sequence.cell.remembers()) {
        gates = memory.floats(sequence.places() * sequence.gates());
        cells = memory.floats(sequence.places() * sequence.hiddenSize());
      }
      input = projection.forward(Pool.ofThisThread().take(projection.length()));
      lastH = memory.floats(state);
      lastC = memory.floats(sequence.cell == Recurrences.Cell.LSTM ? state : 0);
    }

    /// Gives the projected inputs back once they were read.
    private void releaseInput() {
      Pool.ofThisThread().give(input.projected());
      input = Projection.NOTHING;
    }

    private boolean hasGradient() {
      return lastHGradient != null || lastCGradient != null;
    }
  }

  /// The hidden state, or the cell, of one direction after each row's last real step, or the
  /// initial one of an empty row: (B,H).
  record Last(Sequence sequence, Tensor hidden, int direction, boolean cell)
      implements Recurrent {
    @Override
    public List<Tensor> inputs() {
      return List.of(hidden);
    }

    @Override
    public Shape shape() {
      return sequence.directions.get(direction).initial().h().shape();
    }

    @Override
    public void forward(Tensor y) {
      var kept = sequence.saved.get(direction);
      var last = cell ? kept.lastC : kept.lastH;
      KERNELS.elementwise().affine(last, y.data(), 1, 0, shape().size());
    }

    @Override
    public void backward(Tensor y) { // handed to the sequence, which runs back after this
      var kept = sequence.saved.get(direction);
      var gradient = cell ? kept.lastCGradient : kept.lastHGradient;
      if (gradient == null) {
        gradient = Tape.memory().zeros(shape().size());
        if (cell) {
          kept.lastCGradient = gradient;
        } else {
          kept.lastHGradient = gradient;
        }
      }
      KERNELS.elementwise().addScaled(y.required(), gradient, 1, shape().size());
    }
  }
}
