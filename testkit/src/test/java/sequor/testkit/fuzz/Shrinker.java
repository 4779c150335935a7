package sequor.testkit.fuzz;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import sequor.testkit.fuzz.ProgramGenerator.Limits;
import sequor.testkit.fuzz.ProgramGenerator.Theme;
import sequor.testkit.fuzz.Source.Kind;
import sequor.testkit.fuzz.Step.Phase;

/// Makes a program that fails shorter, as long as it fails in the same way.
final class Shrinker {
  private static final int DRAFTS = 400;

  private final Trace trace;
  private final ProgramGenerator generator;
  private final Function<Program, Optional<Fault>> judge;

  Shrinker(Trace trace, ProgramGenerator generator, Function<Program, Optional<Fault>> judge) {
    this.trace = trace;
    this.generator = generator;
    this.judge = judge;
  }

  /// The shortest program found: steps are left out one by one, and then small programs of the same
  /// ops are drawn until one of them fails too.
  Program shortest(Program program, Fault.Kind kind) {
    var best = shorter(program, kind);
    var only = new HashSet<>(best.ops());
    var theme = Theme.valueOf(program.kind());
    for (int dim = 1; dim <= 3; dim++) {
      for (long seed = 0; seed < DRAFTS; seed++) {
        var limits = new Limits(3, dim, 4 * dim, only);
        var small = generator.draw(seed, theme == Theme.LARGE ? Theme.MIXED : theme, limits);
        if (fails(small, kind)) {
          var shortened = shorter(small, kind);
          if (shortened.java().length() < best.java().length()) {
            return shortened;
          }
        }
      }
    }
    return best;
  }

  private Program shorter(Program program, Fault.Kind kind) {
    var best = program;
    while (true) {
      var now = best;
      var next = smaller(now).filter(each -> fails(each, kind)).findFirst();
      if (next.isEmpty()) {
        return best;
      }
      best = next.get();
    }
  }

  private boolean fails(Program program, Fault.Kind kind) {
    try {
      return judge.apply(program).filter(fault -> fault.kind() == kind).isPresent();
    } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
      return false; // no program: something that is read is not there, or has another shape
    }
  }

  /// Programs that are a little smaller.
  private Stream<Program> smaller(Program program) {
    int count = program.steps().size();
    return Stream.of(
            IntStream.range(0, count).mapToObj(i -> without(program, count - 1 - i)),
            earlierLosses(program),
            IntStream.range(0, count).mapToObj(i -> bypassing(program, count - 1 - i)),
            IntStream.range(0, count).mapToObj(i -> cut(program, count - 1 - i)),
            IntStream.range(0, count).mapToObj(i -> plainer(program, i)))
        .flatMap(each -> each)
        .filter(each -> each.java().length() < program.java().length());
  }

  private static Program without(Program program, int i) {
    var steps = new ArrayList<>(program.steps());
    var left = Step.made(List.of(steps.remove(i)));
    boolean used =
        left.contains(program.loss())
            || steps.stream().anyMatch(step -> step.reads().stream().anyMatch(left::contains));
    return used ? program : program.with(steps);
  }

  /// Takes an input of the op that gives the loss for the loss.
  private Stream<Program> earlierLosses(Program program) {
    return program.steps().stream()
        .filter(step -> step.makes() > 0 && step.out() != program.loss())
        .flatMap(step -> Step.made(List.of(step)).stream())
        .flatMap(i -> withLoss(program, i).stream());
  }

  private Optional<Program> withLoss(Program program, int i) {
    var model = new Model(trace);
    program.steps().forEach(model::step);
    if (!model.recorded(i)) {
      return Optional.empty();
    }
    var gradient = Source.of(Kind.ONES, 1, model.shape(i));
    var kept =
        program.steps().stream()
            .filter(step -> step.makes() == 0 || step.out() <= i)
            .filter(step -> step.reads().stream().allMatch(x -> x <= i))
            .toList();
    return Optional.of(program.with(kept).with(i, gradient));
  }

  /// Reads an input of an op of the same shape instead of its result.
  private Program bypassing(Program program, int i) {
    if (!(program.steps().get(i) instanceof Step.Compute(_, int out, Call call))
        || call.results().size() > 1) {
      return program;
    }
    var model = new Model(trace);
    program.steps().forEach(model::step);
    return call.inputs().stream()
        .filter(x -> model.shape(x).equals(model.shape(out)))
        .findFirst()
        .map(x -> replaced(program, i, out, x))
        .orElse(program);
  }

  private static Program replaced(Program program, int i, int old, int x) {
    var steps = new ArrayList<Step>();
    for (int k = 0; k < program.steps().size(); k++) {
      var step = program.steps().get(k);
      if (k != i) {
        steps.add(
            switch (step) {
              case Step.Compute(Phase phase, int out, Call call) ->
                  new Step.Compute(
                      phase,
                      out,
                      call.on(call.inputs().stream().map(in -> in == old ? x : in).toList()));
              case Step.Cut(Phase phase, int out, int in, boolean sharing) ->
                  new Step.Cut(phase, out, in == old ? x : in, sharing);
              default -> step;
            });
      }
    }
    return program.with(steps);
  }

  /// Puts a leaf of the same numbers in the place of an op.
  private Program cut(Program program, int i) {
    if (!(program.steps().get(i) instanceof Step.Compute(Phase phase, int out, Call call))) {
      return program;
    }
    var model = new Model(trace);
    program.steps().subList(0, i + 1).forEach(model::step);
    var steps = new ArrayList<>(program.steps());
    steps.remove(i);
    for (int k = 0; k < call.results().size(); k++) {
      double[] values = model.made(out + k);
      float[] numbers = new float[values.length];
      for (int place = 0; place < numbers.length; place++) {
        numbers[place] = Math.round(values[place] * 100) / 100f;
      }
      var source = Source.of(numbers, model.shape(out + k));
      steps.add(i + k, new Step.Leaf(phase, out + k, source, model.tracked(out + k)));
    }
    return program.with(steps);
  }

  /// Nothing that is not needed to fail: no gradient asked for, ones for drawn numbers.
  private static Program plainer(Program program, int i) {
    var steps = new ArrayList<>(program.steps());
    steps.set(
        i,
        switch (steps.get(i)) {
          case Step.Leaf(Phase phase, int out, Source source, boolean requires) ->
              requires
                  ? new Step.Leaf(phase, out, source, false)
                  : new Step.Leaf(phase, out, Source.of(Kind.ONES, 0, source.shape()), false);
          default -> steps.get(i);
        });
    return program.with(steps);
  }
}
