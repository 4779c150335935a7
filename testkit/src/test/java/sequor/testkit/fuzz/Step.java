package sequor.testkit.fuzz;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// One line of a program. Variables are numbered in the order in which they are made.
sealed interface Step {
  /// When it runs.
  Phase phase();

  /// The variables it reads or changes.
  List<Integer> reads();

  /// How many variables it makes, from [#out] on.
  default int makes() {
    return 1;
  }

  /// The first variable that it makes, or −1.
  default int out() {
    return -1;
  }

  /// When a step runs.
  enum Phase {
    BEFORE,
    ON_TAPE,
    NO_GRAD,
    AFTER_BACKWARD
  }

  /// Numbers to start with.
  record Leaf(Phase phase, int out, Source source, boolean requiresGrad) implements Step {
    @Override
    public List<Integer> reads() {
      return List.of();
    }
  }

  /// An op.
  record Compute(Phase phase, int out, Call call) implements Step {
    @Override
    public List<Integer> reads() {
      return call.inputs();
    }

    @Override
    public int makes() {
      return call.results().size();
    }
  }

  /// `detach()`, or else `copy()`.
  record Cut(Phase phase, int out, int x, boolean sharing) implements Step {
    @Override
    public List<Integer> reads() {
      return List.of(x);
    }
  }

  /// A property of a tensor.
  record Flag(Phase phase, int x, Property property) implements Step {
    @Override
    public List<Integer> reads() {
      return List.of(x);
    }

    @Override
    public int makes() {
      return 0;
    }
  }

  /// Properties that a tensor can be given.
  enum Property {
    RETAINS_GRAD("retainGrad()"),
    REQUIRES_GRAD("requiresGrad(true)"),
    SPARSE_GRAD("sparseGrad(true)");

    private final String java;

    Property(String java) {
      this.java = java;
    }

    String java() {
      return java;
    }
  }

  /// `InPlace.write` of a source into an axis.
  record Write(Phase phase, int x, int axis, int at, int from) implements Step {
    @Override
    public List<Integer> reads() {
      return List.of(x, from);
    }

    @Override
    public int makes() {
      return 0;
    }
  }

  /// `assign`, of numbers or, with `from` not −1, of another variable.
  record Assign(Phase phase, int x, Source source, int from) implements Step {
    @Override
    public List<Integer> reads() {
      return from < 0 ? List.of(x) : List.of(x, from);
    }

    @Override
    public int makes() {
      return 0;
    }
  }

  /// The variables made by all of these.
  static Set<Integer> made(List<Step> steps) {
    return steps.stream()
        .filter(step -> step.makes() > 0)
        .flatMap(step -> IntStream.range(step.out(), step.out() + step.makes()).boxed())
        .collect(Collectors.toSet());
  }
}
