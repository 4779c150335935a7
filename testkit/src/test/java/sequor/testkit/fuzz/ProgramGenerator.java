package sequor.testkit.fuzz;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import sequor.Seed;
import sequor.testkit.fuzz.Source.Kind;
import sequor.testkit.fuzz.Step.Phase;
import sequor.testkit.fuzz.Step.Property;

/// Draws programs. The reference runs along, so that an op is only taken where its inputs suit it:
/// no logarithm of 0, nothing at a kink, nothing so cancelled that float32 would leave no digits.
final class ProgramGenerator {
  /// What a program is about.
  enum Theme {
    /// Any ops on small tensors.
    MIXED,
    /// A look-up that feeds a recurrent layer, with something in between.
    LOOKUP,
    /// Recurrent layers.
    RECURRENT,
    /// Products of awkward sizes.
    PRODUCTS,
    /// Tensors so large that a kernel cuts them into tasks.
    LARGE
  }

  /// How large a program may become.
  ///
  /// @param steps the most ops before the loss
  /// @param dim the largest dim
  /// @param numbers the most numbers of a tensor
  /// @param only the ops to choose from; all if empty
  record Limits(int steps, int dim, int numbers, Set<String> only) {
    static final Limits USUAL = new Limits(9, 33, 400, Set.of());
    static final Limits LARGE = new Limits(3, 1 << 14, 1 << 16, Set.of());
  }

  private static final int MOST_EDGES = 1 << 20;
  private static final double LARGEST = 1e4;
  private static final double LARGEST_ERROR = 1e-4;

  private final List<FuzzOp> all = FuzzOp.all();
  private final Trace trace;

  ProgramGenerator(Trace trace) {
    this.trace = trace;
  }

  Program draw(long seed) {
    var theme = theme(Math.floorMod(seed, 100));
    return draw(seed, theme, theme == Theme.LARGE ? Limits.LARGE : Limits.USUAL);
  }

  /// Of a hundred programs 50, 24, 12, 12 and 2.
  private static Theme theme(int i) {
    if (i < 50) {
      return Theme.MIXED;
    }
    if (i < 74) {
      return Theme.LOOKUP;
    }
    if (i < 86) {
      return Theme.RECURRENT;
    }
    return i < 98 ? Theme.PRODUCTS : Theme.LARGE;
  }

  Program draw(long seed, Theme theme, Limits limits) {
    var random = new Seed(seed).child(theme.name()).generator();
    var draw = new Draw(random, new Model(trace), limits.dim(), limits.numbers());
    return new Drawing(draw, limits).program(seed, theme);
  }

  /// One program under way.
  private final class Drawing {
    private final Draw draw;
    private final Limits limits;
    private final List<FuzzOp> ops;

    Drawing(Draw draw, Limits limits) {
      this.draw = draw;
      this.limits = limits;
      var only = limits.only();
      ops = only.isEmpty() ? all : all.stream().filter(op -> only.contains(op.name())).toList();
    }

    Program program(long seed, Theme theme) {
      int steps = draw.between(1, limits.steps());
      if (draw.chance(30)) {
        draw.phase(Phase.BEFORE);
        steps(draw.between(1, 3), ops);
      }
      draw.phase(theme == Theme.LOOKUP ? Phase.BEFORE : Phase.ON_TAPE);
      switch (theme) {
        case MIXED -> steps(steps, ops);
        case LOOKUP -> lookUp();
        case RECURRENT -> steps(draw.between(1, 2), named("recurrence"));
        case PRODUCTS -> steps(draw.between(1, 3), named("matmul", "linear"));
        case LARGE -> {
          int n = (1 << draw.between(13, 14)) + draw.between(-1, 1);
          draw.leaf(Kind.AWAY, true, draw.chance(50) ? new int[] {n} : new int[] {n / 64, 64});
          steps(steps, ops);
        }
      }
      if (theme != Theme.LARGE && theme != Theme.MIXED) {
        steps(draw.between(0, 3), ops);
      }
      return ending(seed, theme);
    }

    private List<FuzzOp> named(String... starts) {
      var found =
          ops.stream().filter(op -> Stream.of(starts).anyMatch(op.name()::startsWith)).toList();
      return found.isEmpty() ? ops : found;
    }

    // Steps

    private void steps(int count, List<FuzzOp> among) {
      for (int i = 0; i < count; i++) {
        op(among);
        if (draw.chance(25)) {
          twist();
        }
      }
    }

    /// An op, after a few tries if need be.
    private void op(List<FuzzOp> among) {
      var phase = draw.phase();
      boolean unseen = phase == Phase.ON_TAPE && draw.chance(7);
      draw.phase(unseen ? Phase.NO_GRAD : phase);
      for (int i = 0; i < 8; i++) {
        var op = draw.oneOf(among);
        if (draw.attempt(() -> op.draw().apply(draw).filter(this::suits).isPresent())) {
          break;
        }
      }
      draw.phase(phase);
    }

    /// Adds a call and looks at what came out.
    private boolean suits(Call call) {
      int first = draw.add(call);
      var model = draw.model();
      boolean suits = !model.ambiguous() && trace.edges() <= MOST_EDGES;
      for (int i = first; suits && i < draw.next(); i++) {
        double[] values = model.values(i);
        double[] errors = model.errors(i);
        suits = values.length <= 4 * limits.numbers();
        for (int place = 0; suits && place < values.length; place++) {
          double size = Math.abs(values[place]);
          suits = size <= LARGEST && errors[place] <= LARGEST_ERROR * (1 + size);
        }
      }
      return suits;
    }

    /// Something other than an op.
    private void twist() {
      int[] variables = draw.model().variables().stream().mapToInt(i -> i).toArray();
      if (variables.length == 0) {
        return;
      }
      twist(variables[draw.between(Math.max(0, variables.length - 4), variables.length - 1)]);
    }

    private void twist(int x) {
      var phase = draw.phase();
      switch (draw.between(0, 6)) {
        case 0 -> draw.add(new Step.Cut(phase, draw.next(), x, true));
        case 1 -> draw.add(new Step.Cut(phase, draw.next(), x, false));
        case 2 -> draw.add(new Step.Flag(phase, x, Property.RETAINS_GRAD));
        case 3 -> require(x);
        case 4 -> write(x);
        default -> assign(x);
      }
    }

    /// Writes into part of something that no gradient flows through.
    private void write(int x) {
      var shape = draw.shape(x);
      if (mayChange(x) && !draw.model().tracked(x) && shape.rank() > 0) {
        int axis = draw.axis(shape);
        int at = draw.between(0, shape.dim(axis));
        var part = shape.with(axis, draw.between(0, shape.dim(axis) - at));
        int from = draw.leaf(Kind.SMALL, part.dims());
        draw.add(new Step.Write(draw.phase(), x, axis, at, from));
      }
    }

    /// Makes a leaf of something that was computed without being recorded.
    private void require(int x) {
      boolean used = draw.steps().stream().anyMatch(step -> step.reads().contains(x));
      if (!used && !draw.model().tracked(x)) {
        draw.add(new Step.Flag(draw.phase(), x, Property.REQUIRES_GRAD));
      }
    }

    private void assign(int x) {
      if (mayChange(x)) {
        var shape = draw.shape(x);
        var other = draw.existing(i -> i != x && draw.shape(i).equals(shape));
        int from = draw.chance(50) ? other.orElse(-1) : -1;
        draw.add(new Step.Assign(draw.phase(), x, draw.source(Kind.SMALL, shape), from));
      }
    }

    /// What backward needs is changed less often, because nothing else is seen of a program that is
    /// refused.
    private boolean mayChange(int x) {
      return !draw.model().needed(x) || draw.chance(30);
    }

    // Look-ups

    /// A table as large as makes a kernel go by it, or just not; something that must not be
    /// overlooked between the look-up and the layer.
    private void lookUp() {
      int batch = RecurrentOps.batch(draw);
      int steps = Math.min(RecurrentOps.steps(draw) * draw.among(1, 1, 2), 2 * limits.dim());
      int places = batch * steps;
      int rows =
          Math.max(1, draw.among(places / 2, places / 2 + draw.between(-1, 1), 3, 2 * places));
      int width = Math.min(draw.width(), limits.numbers() / rows + 1);
      int table = draw.leaf(Kind.SMALL, rows, width);
      draw.phase(draw.oneOf(Phase.BEFORE, Phase.NO_GRAD, Phase.ON_TAPE, Phase.ON_TAPE));
      if (draw.chance(25)) {
        draw.add(new Step.Flag(draw.phase(), table, Property.SPARSE_GRAD));
      }
      if (draw.phase() == Phase.ON_TAPE && draw.chance(20)) {
        table = draw.add(PointwiseOps.tanh(table));
      }
      var ids = draw.ids(rows, batch, steps);
      int padding = draw.chance(25) ? draw.between(0, rows - 1) : -1;
      int x = draw.add(LookupOps.embedding(table, draw.shape(table), ids, padding));
      draw.phase(Phase.ON_TAPE);
      int twists = draw.between(0, 2);
      for (int i = 0; i < twists; i++) {
        x = between(table, x);
      }
      int input = x;
      draw.attempt(() -> suits(RecurrentOps.on(draw, input)));
    }

    /// What happens between the look-up and the layer; gives what the layer is to read.
    private int between(int table, int x) {
      int[] dims = draw.shape(x).dims();
      switch (draw.between(0, 8)) {
        case 0 -> require(x);
        case 1 -> draw.add(new Step.Flag(draw.phase(), x, Property.RETAINS_GRAD));
        case 2 -> assign(table);
        case 3 -> assign(x);
        case 4 -> assign(draw.add(LayoutOps.flat(x, draw.shape(x))));
        case 5 -> {
          return draw.add(new Step.Cut(draw.phase(), draw.next(), x, draw.chance(50)));
        }
        case 6 -> {
          return draw.add(LayoutOps.viewed(x, draw.shape(x)));
        }
        case 7 -> {
          return draw.add(LayoutOps.slice(x, draw.shape(x), 0, 0, draw.between(0, dims[0])));
        }
        default -> op(ops);
      }
      return x;
    }

    // The end

    private Program ending(long seed, Theme theme) {
      var model = draw.model();
      draw.phase(Phase.ON_TAPE);
      while (model.variables().stream().noneMatch(model::recorded)) {
        int leaf = draw.leaf(Kind.NORMAL, true, draw.shape(0, 2).dims());
        draw.attempt(() -> suits(PointwiseOps.tanh(leaf)));
      }
      int loss = recorded();
      var gradient = draw.source(Kind.NORMAL, draw.shape(loss));
      if (draw.chance(60)) {
        loss = sum(loss);
        for (int i = draw.between(0, 2); i > 0; i--) {
          loss = draw.add(PointwiseOps.plus(loss, sum(recorded())));
        }
        gradient = Source.of(Kind.ONES, 0, draw.shape(loss));
      }
      if (draw.chance(5)) {
        spoil();
      }
      if (draw.chance(15)) {
        draw.phase(Phase.AFTER_BACKWARD);
        int[] variables = model.variables().stream().mapToInt(i -> i).toArray();
        int x = draw.among(variables);
        draw.add(new Step.Assign(draw.phase(), x, draw.source(Kind.NORMAL, draw.shape(x)), -1));
      }
      return new Program(
          seed, theme.name(), List.copyOf(draw.steps()), loss, gradient, draw.coin());
    }

    /// Changes something that backward needs, if there is such a thing.
    private void spoil() {
      int[] needed =
          draw.model().variables().stream().mapToInt(i -> i).filter(draw.model()::needed).toArray();
      if (needed.length > 0) {
        int x = draw.among(needed);
        draw.add(new Step.Assign(draw.phase(), x, draw.source(Kind.SMALL, draw.shape(x)), -1));
      }
    }

    /// One of the variables on the tape, the last ones rather than others.
    private int recorded() {
      int[] recorded =
          draw.model().variables().stream()
              .filter(draw.model()::recorded)
              .mapToInt(i -> i)
              .toArray();
      return recorded[
          draw.between(
              draw.chance(80) ? Math.max(0, recorded.length - 4) : 0, recorded.length - 1)];
    }

    /// Its sum, with weights so that no error hides behind another.
    private int sum(int x) {
      int weights = draw.leaf(Kind.NORMAL, false, draw.shape(x).dims());
      return draw.add(ReduceOps.sum(draw.add(PointwiseOps.times(x, weights))));
    }
  }
}
