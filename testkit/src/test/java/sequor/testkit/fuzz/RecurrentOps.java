package sequor.testkit.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import sequor.kernels.Recurrences.Cell;
import sequor.kernels.Unary;
import sequor.tensor.Recurrence;
import sequor.tensor.Recurrence.Direction;
import sequor.tensor.Recurrence.State;
import sequor.tensor.Recurrence.Weights;
import sequor.tensor.Shape;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;
import sequor.testkit.ComposedRecurrence;
import sequor.testkit.fuzz.Source.Kind;

/// Recurrent layers over whole sequences: every cell, both directions, all kinds of padding.
final class RecurrentOps {
  /// Which results a call gives.
  private enum Form {
    RUN,
    BOTH,
    LAST
  }

  private RecurrentOps() {}

  static List<FuzzOp> all() {
    return Arrays.stream(Form.values())
        .map(form -> FuzzOp.always(name(form), draw -> call(draw, form, input(draw))))
        .toList();
  }

  private static String name(Form form) {
    return "recurrence " + form.name().toLowerCase(Locale.ROOT);
  }

  /// Any call on a given input.
  static Call on(Draw draw, int x) {
    return call(draw, draw.oneOf(Form.values()), x);
  }

  private static int input(Draw draw) {
    return draw.existing(i -> draw.shape(i).rank() == 3 && draw.shape(i).size() <= 1500)
        .orElseGet(() -> draw.leaf(Kind.NORMAL, batch(draw), steps(draw), draw.width()));
  }

  /// Around four sequences, and around blocks of eight.
  static int batch(Draw draw) {
    return draw.chance(3) ? 0 : draw.among(1, 2, 3, 4, 5, 7, 8, 9);
  }

  static int steps(Draw draw) {
    return draw.chance(3) ? 0 : draw.between(1, 6);
  }

  /// All that a call does not read from tensors.
  private record Settings(Form form, Cell cell, Spans spans, List<Boolean> reverse, int hidden) {
    int gates() {
      return cell.gates() * hidden;
    }

    /// How many tensors belong to one direction.
    int stride() {
      return cell == Cell.LSTM ? 6 : 5;
    }

    int directions() {
      return reverse.size();
    }
  }

  private static Call call(Draw draw, Form form, int x) {
    int batch = draw.shape(x).dim(0);
    int steps = draw.shape(x).dim(1);
    var cell = draw.oneOf(Cell.values());
    int places = batch * steps;
    int hidden = places > 80 ? draw.between(1, 9) : draw.width();
    boolean both = form == Form.BOTH || (form == Form.LAST && draw.chance(50));
    var reverse = both ? List.of(false, true) : List.of(draw.chance(50));
    var settings = new Settings(form, cell, draw.spans(batch, steps), reverse, hidden);
    var inputs = new ArrayList<>(List.of(x));
    for (int i = 0; i < settings.directions(); i++) {
      inputs.add(draw.like(Kind.SMALL, settings.gates(), draw.shape(x).dim(2)));
      inputs.add(draw.like(Kind.SMALL, settings.gates(), hidden));
      inputs.add(draw.like(Kind.NORMAL, settings.gates()));
      inputs.add(draw.like(Kind.NORMAL, settings.gates()));
      inputs.add(state(draw, batch, hidden));
      if (cell == Cell.LSTM) {
        inputs.add(state(draw, batch, hidden));
      }
    }
    return Call.ofMany(
            name(form),
            java(settings),
            inputs,
            results(settings),
            in -> run(settings, in),
            (t, in) -> plain(t, settings, in))
        .twin(in -> steps == 0 ? run(settings, in) : composed(settings, in))
        .needing(needs(settings));
  }

  private static int state(Draw draw, int batch, int hidden) {
    return draw.chance(30)
        ? draw.leaf(Kind.ZEROS, false, batch, hidden)
        : draw.like(Kind.SMALL, batch, hidden);
  }

  /// The input for the gradient of its weights and the other way round. Everything else that a
  /// layer reads it may refuse to see changed: which parts the gradients need is its own business.
  private static Needs needs(Settings settings) {
    var maybe = new HashSet<>(Set.of(Needs.RESULT, Needs.TABLE, 0));
    for (int i = 1; i <= settings.directions() * settings.stride(); i++) {
      int part = (i - 1) % settings.stride();
      if (part != 2 && part != 3) {
        maybe.add(i);
      }
    }
    return new Needs(
        (changed, tracked) ->
            (changed.contains(0) && tracked.get(1)) || (changed.contains(1) && tracked.get(0)),
        Set.copyOf(maybe));
  }

  // What the engine computes

  private static Direction direction(Settings settings, List<Tensor> in, int i) {
    int first = 1 + i * settings.stride();
    var weights =
        new Weights(in.get(first), in.get(first + 1), in.get(first + 2), in.get(first + 3));
    var h = in.get(first + 4);
    var state = settings.cell == Cell.LSTM ? new State(h, in.get(first + 5)) : State.of(h);
    return new Direction(weights, state, settings.reverse.get(i));
  }

  private static List<Tensor> run(Settings s, List<Tensor> in) {
    var x = in.getFirst();
    var first = direction(s, in, 0);
    var results = new ArrayList<Tensor>();
    switch (s.form) {
      case RUN -> {
        var output =
            Recurrence.run(s.cell, x, first.weights(), first.initial(), s.spans, first.reverse());
        results.add(output.hidden());
        add(results, s, output.last());
      }
      case BOTH -> {
        var output = Recurrence.runBoth(s.cell, x, first, direction(s, in, 1), s.spans);
        results.add(output.hidden());
        add(results, s, output.first());
        add(results, s, output.second());
      }
      case LAST -> {
        var directions =
            IntStream.range(0, s.directions()).mapToObj(i -> direction(s, in, i)).toList();
        Recurrence.last(s.cell, x, directions, s.spans).forEach(last -> add(results, s, last));
      }
    }
    return results;
  }

  private static void add(List<Tensor> results, Settings s, State last) {
    results.add(last.h());
    if (s.cell == Cell.LSTM) {
      results.add(last.c());
    }
  }

  /// Step by step, in plain ops.
  private static List<Tensor> composed(Settings s, List<Tensor> in) {
    var hidden = new ArrayList<Tensor>();
    var last = new ArrayList<Tensor>();
    for (int i = 0; i < s.directions(); i++) {
      var output = ComposedRecurrence.run(s.cell, in.getFirst(), direction(s, in, i), s.spans);
      hidden.add(output.hidden());
      add(last, s, output.last());
    }
    if (s.form == Form.LAST) {
      return last;
    }
    last.addFirst(Tensor.concat(2, hidden));
    return last;
  }

  // In plain loops

  private static List<Ref> plain(Trace t, Settings s, List<Ref> in) {
    var x = in.getFirst();
    int width = s.directions() * s.hidden;
    int[] hidden = new int[x.dim(0) * x.dim(1) * width];
    Arrays.fill(hidden, t.constant(0));
    var last = new ArrayList<Ref>();
    for (int i = 0; i < s.directions(); i++) {
      int first = 1 + i * s.stride();
      int[] h = in.get(first + 4).all();
      int[] c = s.cell == Cell.LSTM ? in.get(first + 5).all() : new int[0];
      var walk = new Walk(t, s, in.subList(first, first + 4), x, h, c);
      for (int b = 0; b < x.dim(0); b++) {
        int length = s.spans.length(b);
        for (int k = 0; k < length; k++) {
          int step = s.reverse.get(i) ? s.spans.end(b) - 1 - k : s.spans.start(b) + k;
          walk.step(b, step);
          System.arraycopy(
              h, b * s.hidden, hidden, (b * x.dim(1) + step) * width + i * s.hidden, s.hidden);
        }
      }
      var shape = Shape.of(x.dim(0), s.hidden);
      last.add(Ref.of(shape, place -> h[place]));
      if (s.cell == Cell.LSTM) {
        last.add(Ref.of(shape, place -> c[place]));
      }
    }
    if (s.form != Form.LAST) {
      last.addFirst(Ref.of(Shape.of(x.dim(0), x.dim(1), width), place -> hidden[place]));
    }
    return last;
  }

  /// One direction under way: `h` and `c` are the state so far, changed step by step.
  private static final class Walk {
    private final Trace t;
    private final Settings s;
    private final List<Ref> weights;
    private final Ref x;
    private final int[] h;
    private final int[] c;

    Walk(Trace t, Settings s, List<Ref> weights, Ref x, int[] h, int[] c) {
      this.t = t;
      this.s = s;
      this.weights = weights;
      this.x = x;
      this.h = h;
      this.c = c;
    }

    void step(int b, int step) {
      int n = s.hidden;
      int[] input = x.row(b * x.dim(1) + step);
      int[] old = Arrays.copyOfRange(h, b * n, (b + 1) * n);
      for (int j = 0; j < n; j++) {
        int at = b * n + j;
        switch (s.cell) {
          case RNN_TANH -> h[at] = map(Unary.TANH, sum(0, j, input, old));
          case RNN_RELU -> h[at] = map(Unary.RELU, sum(0, j, input, old));
          case LSTM -> {
            int i = map(Unary.SIGMOID, sum(0, j, input, old));
            int f = map(Unary.SIGMOID, sum(1, j, input, old));
            int g = map(Unary.TANH, sum(2, j, input, old));
            int o = map(Unary.SIGMOID, sum(3, j, input, old));
            c[at] = t.plus(t.times(f, c[at]), t.times(i, g));
            h[at] = t.times(o, map(Unary.TANH, c[at]));
          }
          case GRU -> {
            int r = map(Unary.SIGMOID, sum(0, j, input, old));
            int z = map(Unary.SIGMOID, sum(1, j, input, old));
            int u = t.dot(weights.get(1).row(2 * n + j), old, weights.get(3).node(2 * n + j));
            int v = t.dot(weights.get(0).row(2 * n + j), input, weights.get(2).node(2 * n + j));
            int candidate = map(Unary.TANH, t.plus(v, t.times(r, u)));
            h[at] = t.plus(t.times(t.affine(z, -1, 1), candidate), t.times(z, old[j]));
          }
        }
      }
    }

    private int map(Unary f, int node) {
      return t.map(Curve.of(f), node);
    }

    /// What goes into one gate of one unit.
    private int sum(int gate, int j, int[] input, int[] old) {
      int row = gate * s.hidden + j;
      int[] wide = weights.get(0).row(row);
      int[] ws = Arrays.copyOf(wide, wide.length + old.length);
      System.arraycopy(weights.get(1).row(row), 0, ws, wide.length, old.length);
      int[] xs = Arrays.copyOf(input, input.length + old.length);
      System.arraycopy(old, 0, xs, input.length, old.length);
      return t.dot(ws, xs, weights.get(2).node(row), weights.get(3).node(row));
    }
  }

  // As Java

  private static List<String> results(Settings s) {
    var results = new ArrayList<String>();
    if (s.form != Form.LAST) {
      results.add("%s.hidden()");
    }
    for (int i = 0; i < s.directions(); i++) {
      var last =
          switch (s.form) {
            case RUN -> "%s.last()";
            case BOTH -> i == 0 ? "%s.first()" : "%s.second()";
            case LAST -> "%s.get(" + i + ")";
          };
      results.add(last + ".h()");
      if (s.cell == Cell.LSTM) {
        results.add(last + ".c()");
      }
    }
    return results;
  }

  private static String java(Settings s) {
    var cell = "Cell." + s.cell;
    var spans = Draw.java(s.spans);
    var directions = IntStream.range(0, s.directions()).mapToObj(i -> direction(s, i)).toList();
    return switch (s.form) {
      case RUN ->
          "Recurrence.run(%s, %%1$s, %s, %s, %s, %s)"
              .formatted(cell, weights(s, 0), state(s, 0), spans, s.reverse.getFirst());
      case BOTH ->
          "Recurrence.runBoth(%s, %%1$s, %s, %s)"
              .formatted(cell, String.join(", ", directions), spans);
      case LAST ->
          "Recurrence.last(%s, %%1$s, List.of(%s), %s)"
              .formatted(cell, String.join(", ", directions), spans);
    };
  }

  private static String direction(Settings s, int i) {
    return "new Direction(%s, %s, %s)".formatted(weights(s, i), state(s, i), s.reverse.get(i));
  }

  private static String weights(Settings s, int i) {
    int first = 2 + i * s.stride();
    return "new Weights(%%%d$s, %%%d$s, %%%d$s, %%%d$s)"
        .formatted(first, first + 1, first + 2, first + 3);
  }

  private static String state(Settings s, int i) {
    int h = 6 + i * s.stride();
    return s.cell == Cell.LSTM
        ? "new State(%%%d$s, %%%d$s)".formatted(h, h + 1)
        : "State.of(%%%d$s)".formatted(h);
  }
}
