package sequor.testkit.fuzz;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import sequor.tensor.InPlace;
import sequor.tensor.Tape;
import sequor.tensor.TapeException;
import sequor.tensor.Tensor;
import sequor.testkit.fuzz.Step.Phase;

/// What the engine made of a program.
///
/// @param made the numbers of each variable when it was made
/// @param last the numbers of each variable at the end, before the tape closed
/// @param gradients those that can be read
/// @param ops the records that the tape held
/// @param refusal what the tape said when it did not go back
/// @param crash what was thrown where nothing should have been
record Outcome(
    Map<Integer, float[]> made,
    Map<Integer, float[]> last,
    Map<Integer, float[]> gradients,
    Set<Class<?>> ops,
    Optional<RuntimeException> refusal,
    Optional<Throwable> crash) {

  /// Runs a program, with ops composed of smaller ones where `twins` says so.
  static Outcome of(Program program, boolean twins) {
    return new Run(program, twins).run();
  }

  /// Whether two runs gave the same bits.
  boolean sameBits(Outcome other) {
    return same(made, other.made) && same(last, other.last) && same(gradients, other.gradients);
  }

  private static boolean same(Map<Integer, float[]> a, Map<Integer, float[]> b) {
    return a.keySet().equals(b.keySet())
        && a.entrySet().stream()
            .allMatch(each -> Arrays.equals(each.getValue(), b.get(each.getKey())));
  }

  /// A run that is under way.
  private static final class Run {
    private final Program program;
    private final boolean twins;
    private final Map<Integer, Tensor> variables = new HashMap<>();
    private final Map<Integer, float[]> made = new TreeMap<>();
    private final Map<Integer, float[]> last = new TreeMap<>();
    private final Map<Integer, float[]> gradients = new TreeMap<>();
    private final Set<Class<?>> ops = new HashSet<>();
    private Optional<RuntimeException> refusal = Optional.empty();

    Run(Program program, boolean twins) {
      this.program = program;
      this.twins = twins;
    }

    Outcome run() {
      try {
        steps(Phase.BEFORE, Phase.BEFORE);
        try (var tape = Tape.open(program::coin)) {
          steps(Phase.ON_TAPE, Phase.NO_GRAD);
          tape.ops().forEach(op -> ops.add(op.getClass()));
          walkBack(tape);
          steps(Phase.AFTER_BACKWARD, Phase.AFTER_BACKWARD);
          variables.forEach((i, x) -> last.put(i, x.toArray()));
          variables.forEach(this::readGradient);
        }
        return outcome(Optional.empty());
      } catch (RuntimeException | AssertionError e) {
        return outcome(Optional.of(e));
      }
    }

    private Outcome outcome(Optional<Throwable> crash) {
      return new Outcome(made, last, gradients, ops, refusal, crash);
    }

    private void walkBack(Tape tape) {
      var loss = tensor(program.loss());
      var gradient = program.gradient().tensor();
      try {
        if (program.gradient().kind() == Source.Kind.ONES && gradient.shape().size() == 1) {
          tape.backward(loss);
        } else {
          tape.backward(loss, gradient);
        }
      } catch (RuntimeException e) {
        if (!(e instanceof TapeException)) {
          throw e;
        }
        refusal = Optional.of(e);
      }
    }

    private void readGradient(int i, Tensor x) {
      if (x.hasGrad()) {
        gradients.put(i, x.grad().toArray());
      }
    }

    private void steps(Phase one, Phase other) {
      for (var step : program.steps()) {
        if (step.phase() == Phase.NO_GRAD && other == Phase.NO_GRAD) {
          Tape.noGrad(() -> step(step));
        } else if (step.phase() == one || step.phase() == other) {
          step(step);
        }
      }
    }

    private void step(Step step) {
      switch (step) {
        case Step.Leaf(_, int out, Source source, boolean requiresGrad) ->
            define(out, source.tensor().requiresGrad(requiresGrad));
        case Step.Compute(_, int out, Call call) -> compute(out, call);
        case Step.Cut(_, int out, int x, boolean sharing) ->
            define(out, sharing ? tensor(x).detach() : tensor(x).copy());
        case Step.Flag(_, int x, Step.Property property) -> flag(tensor(x), property);
        case Step.Write(_, int x, int axis, int at, int from) ->
            InPlace.write(tensor(x), axis, at, tensor(from));
        case Step.Assign(_, int x, Source source, int from) -> assign(tensor(x), source, from);
      }
    }

    private void compute(int out, Call call) {
      var inputs = call.inputs().stream().map(this::tensor).toList();
      var results = (twins ? call.twin() : call.run()).apply(inputs);
      for (int i = 0; i < results.size(); i++) {
        define(out + i, results.get(i));
      }
    }

    private void define(int out, Tensor tensor) {
      variables.put(out, tensor);
      made.put(out, tensor.toArray());
    }

    private static void flag(Tensor x, Step.Property property) {
      var _ =
          switch (property) {
            case RETAINS_GRAD -> x.retainGrad();
            case REQUIRES_GRAD -> x.requiresGrad(true);
            case SPARSE_GRAD -> x.sparseGrad(true);
          };
    }

    private void assign(Tensor x, Source source, int from) {
      if (from >= 0) {
        x.assign(tensor(from));
      } else if (source.kind() == Source.Kind.GIVEN) {
        x.assign(source.numbers());
      } else {
        x.assign(source.tensor());
      }
    }

    private Tensor tensor(int i) {
      var tensor = variables.get(i);
      if (tensor == null) {
        throw new IllegalStateException("no variable t" + i);
      }
      return tensor;
    }
  }
}
