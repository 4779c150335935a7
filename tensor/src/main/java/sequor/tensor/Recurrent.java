package sequor.tensor;

import static sequor.tensor.Compute.KERNELS;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import sequor.kernels.Floats;
import sequor.kernels.Ints;
import sequor.kernels.Recurrences;

/// Ops of recurrent layers, fused over the whole sequence.
sealed interface Recurrent extends Op {
  Ints NO_IDS = KERNELS.memory().ints(new int[0]);

  /// The row of a table that does not exist.
  int NOWHERE = -1;

  /// Every hidden state of a sequence: (B,T,D) → (B,T,W), W = H times the directions.
  ///
  /// One kernel runs all directions at the same time. Where the input was looked up in a table of
  /// fewer rows than there are steps, as are the characters of a text, it is told so, and projects
  /// the table instead; the gradient then goes to the table directly. That is a short cut and gives
  /// what the long way gives, so it is taken only while the table holds the numbers that were
  /// looked up, and only if all the gradient of the input would have gone on to the table.
  record Sequence(
      Recurrences.Cell cell,
      Tensor x,
      List<Recurrence.Direction> directions,
      Spans spans,
      List<Workspace> saved)
      implements Recurrent {

    public Sequence {
      if (x.shape().rank() != 3) {
        throw Check.wrong("recurrence: the input must be (B,T,D), got %s", x.shape());
      }
      int h = directions.getFirst().initial().h().dim(-1);
      for (var direction : directions) {
        check(cell, x, direction, h);
      }
      x.data(); // says so if it cannot be used, also where a table is read in its place
      if (spans.batch() != x.dim(0) || spans.steps() != x.dim(1)) {
        throw Check.wrong(
            "recurrence: spans of %d rows and %d steps for an input %s — both must be its own",
            spans.batch(), spans.steps(), x.shape());
      }
    }

    private static void check(
        Recurrences.Cell cell, Tensor x, Recurrence.Direction direction, int h) {
      int gates = cell.gates() * h;
      var weights = direction.weights();
      var initial = direction.initial();
      var reads = weights.inputs().shape();
      if (reads.rank() == 2 && reads.dim(0) == gates && reads.dim(1) != x.dim(2)) {
        throw Check.wrong(
            "recurrence: expected an input (B,T,%d), as weight_ih %s reads, got %s; is the layer made"
                + " for another size?",
            reads.dim(1), reads, x.shape());
      }
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
      var saved = directions.stream().map(direction -> new Workspace()).toList();
      var sequence = new Sequence(cell, x, directions, spans, saved);
      boolean recorded = Tape.willRecord(sequence);
      saved.forEach(kept -> kept.recorded = recorded);
      var table = sequence.table();
      var rows = table == null ? Shape.of(0, x.dim(2)) : table.table().shape();
      Check.recurrence(cell.gates(), x.shape(), sequence.hiddenSize(), recorded, rows);
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

    /// All but the biases and what a cell without one has instead of a cell state.
    @Override
    public List<Tensor> saved(Tensor y) {
      var saved = new ArrayList<Tensor>(List.of(x, y));
      for (var direction : directions) {
        saved.addAll(List.of(direction.weights().inputs(), direction.weights().hidden()));
        saved.addAll(List.of(direction.initial().h(), direction.initial().c()));
      }
      return saved;
    }

    @Override
    public void forward(Tensor y) {
      forward(y.data());
    }

    /// Runs forward; where hidden states are not required they are not even written.
    void forward(Floats hidden) {
      var passes = new ArrayList<Recurrences.Pass>();
      for (int i = 0; i < directions.size(); i++) {
        saved.get(i).allocate(this, directions.get(i));
        passes.add(pass(i));
      }
      KERNELS
          .recurrences()
          .forward(cell, input(table()), passes, hidden, spans.kernelSpan(), size());
    }

    /// The last state of a direction, where nothing was recorded.
    Recurrence.State unrecordedLast(int i) {
      var kept = saved.get(i);
      var initial = directions.get(i).initial();
      var owner = Tape.current();
      return new Recurrence.State(
          new Tensor(initial.h().shape(), kept.lastH, owner),
          new Tensor(initial.c().shape(), kept.lastC, owner));
    }

    /// The gradient of the last state alone is reason enough to run backward.
    @Override
    public boolean hasGradient(Tensor y) {
      return y.gradient().dense() != null || saved.stream().anyMatch(Workspace::hasGradient);
    }

    @Override
    public void backward(Tensor y) {
      var passes = new ArrayList<Recurrences.Pass>();
      var gradients = new ArrayList<Recurrences.Gradients>();
      var sinks = new SharedSinks();
      for (int i = 0; i < directions.size(); i++) {
        passes.add(pass(i));
        gradients.add(gradients(directions.get(i), saved.get(i), sinks));
      }
      var dHidden = y.gradient().dense() == null ? Floats.NONE : y.required();
      var outputs = new Recurrences.Outputs(y.data(), dHidden);
      var table = table();
      KERNELS
          .recurrences()
          .backward(
              cell,
              input(table),
              passes,
              outputs,
              inputSink(table, sinks),
              gradients,
              spans.kernelSpan(),
              size());
      sinks.addUp();
    }

    private Recurrences.Input input(Lookup.@Nullable Embedding table) {
      return table == null
          ? new Recurrences.Input(x.data(), places(), x.dim(2), NO_IDS, NOWHERE)
          : new Recurrences.Input(
              table.table().data(),
              table.table().dim(0),
              x.dim(2),
              table.ids().ints(),
              table.paddingIndex());
    }

    /// Where the gradient of what the kernel reads goes.
    private Floats inputSink(Lookup.@Nullable Embedding table, SharedSinks sinks) {
      if (table == null) {
        return sinks.of(x);
      }
      return x.recorded() ? sinks.of(table.table()) : Floats.NONE;
    }

    /// The look-up that `x` is the result of, where the table has so few rows that it is worth
    /// going by them. It is not taken where the gradient has to stop at `x`: at a leaf, or where it
    /// is retained; nor where the table's is to be one of few rows.
    private Lookup.@Nullable Embedding table() {
      var embedding = x.lookup();
      if (embedding == null || x.requiresGrad() || x.retainsGrad()) {
        return null;
      }
      var table = embedding.table();
      return 2L * table.dim(0) <= places() && !table.sparseGrad() ? embedding : null;
    }

    private Recurrences.Pass pass(int i) {
      var direction = directions.get(i);
      var initial = direction.initial();
      var kept = saved.get(i);
      return new Recurrences.Pass(
          weights(direction.weights(), Tensor::data),
          new Recurrences.State(initial.h().data(), initial.c().data()),
          new Recurrences.State(kept.lastH, kept.lastC),
          kept.gates,
          kept.cells,
          direction.reverse());
    }

    private static Recurrences.Gradients gradients(
        Recurrence.Direction direction, Workspace kept, SharedSinks sinks) {
      var initial = direction.initial();
      return new Recurrences.Gradients(
          new Recurrences.State(orNone(kept.lastHGradient), orNone(kept.lastCGradient)),
          weights(direction.weights(), sinks::of),
          new Recurrences.State(sinks.of(initial.h()), sinks.of(initial.c())));
    }

    private static Recurrences.Weights weights(
        Recurrence.Weights weights, Function<Tensor, Floats> floats) {
      return new Recurrences.Weights(
          floats.apply(weights.inputs()),
          floats.apply(weights.hidden()),
          floats.apply(weights.inputBias()),
          floats.apply(weights.hiddenBias()));
    }

    private static Floats orNone(@Nullable Floats gradient) {
      return gradient == null ? Floats.NONE : gradient;
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
  final class Workspace {
    private boolean recorded; // whether there will be a backward
    private Floats gates = Floats.NONE; // (T,B,G·H) activations
    private Floats cells = Floats.NONE; // (T,B,H)
    private Floats lastH = Floats.NONE; // (B,H)
    private Floats lastC = Floats.NONE; // (B,H)
    private @Nullable Floats lastHGradient;
    private @Nullable Floats lastCGradient;

    /// Finds room for what the kernel leaves.
    private void allocate(Sequence sequence, Recurrence.Direction direction) {
      var memory = Tape.memory();
      int state = direction.initial().h().shape().size();
      if (recorded && sequence.cell.remembers()) {
        gates = memory.floats(sequence.places() * sequence.gates());
        cells = memory.floats(sequence.places() * sequence.hiddenSize());
      }
      lastH = memory.floats(state);
      lastC = memory.floats(sequence.cell == Recurrences.Cell.LSTM ? state : 0);
    }

    private boolean hasGradient() {
      return lastHGradient != null || lastCGradient != null;
    }
  }

  /// The hidden state, or the cell, of one direction after each row's last real step, or the
  /// initial one of an empty row: (B,H).
  record Last(Sequence sequence, Tensor hidden, int direction, boolean cell) implements Recurrent {
    @Override
    public List<Tensor> inputs() {
      return List.of(hidden);
    }

    @Override
    public Shape shape() {
      return sequence.directions.get(direction).initial().h().shape();
    }

    @Override
    public List<Tensor> saved(Tensor y) {
      return List.of();
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
