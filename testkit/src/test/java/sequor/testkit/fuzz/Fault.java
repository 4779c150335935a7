package sequor.testkit.fuzz;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import sequor.kernels.Parallel;
import sequor.tensor.Shape;

/// Where the engine and the reference part.
record Fault(Kind kind, String message) {

  enum Kind {
    CRASH,
    VALUE,
    LATER_VALUE,
    GRADIENT,
    HAS_GRADIENT,
    REFUSED,
    NOT_REFUSED,
    BITS,
    TWIN
  }

  /// How many times the error of the analysis is allowed. It follows the plain formulas; a kernel
  /// may take other roads of about the same length.
  private static final double SLACK = 4;

  /// Differences that are nothing beside a number of size 1, for results that underflow.
  private static final double NOTHING = 1e-30;

  private static final String UNTRACKED = "depends on no tensor that requires a gradient";

  private static final int[] THREADS = {1, 2, 3, 7};

  /// Where the outcome of smaller ops is not what it must be. A whole op passes zeros on to inputs
  /// that only its other results depend on; its parts pass nothing, and may leave nothing to go
  /// back to.
  static Optional<Fault> ofTwin(Model model, Outcome outcome) {
    if (outcome
        .crash()
        .filter(e -> String.valueOf(e.getMessage()).contains(UNTRACKED))
        .isPresent()) {
      return Optional.empty();
    }
    var padded = new TreeMap<>(outcome.gradients());
    for (int i : model.variables()) {
      if (model.hasGrad(i) && Arrays.stream(model.gradient(i)).allMatch(x -> x == 0)) {
        padded.putIfAbsent(i, new float[model.shape(i).size()]);
      }
    }
    var whole =
        new Outcome(
            outcome.made(),
            outcome.last(),
            padded,
            outcome.ops(),
            outcome.refusal(),
            outcome.crash());
    return find(model, whole).map(each -> new Fault(Kind.TWIN, "composed of smaller ops, " + each));
  }

  /// Where an outcome is not what it must be.
  static Optional<Fault> find(Model model, Outcome outcome) {
    if (outcome.crash().isPresent()) {
      var e = outcome.crash().get();
      return fault(
          Kind.CRASH, "%s at %s", e, e.getStackTrace().length > 0 ? e.getStackTrace()[0] : "?");
    }
    for (int i : model.variables()) {
      var made = outcome.made().get(i);
      if (made != null) {
        var found =
            compare(Kind.VALUE, "t" + i, model.shape(i), model.made(i), model.madeErrors(i), made);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    for (int i : model.variables()) {
      var found =
          compare(
              Kind.LATER_VALUE,
              "at the end t" + i,
              model.shape(i),
              model.values(i),
              model.errors(i),
              outcome.last().getOrDefault(i, new float[0]));
      if (found.isPresent()) {
        return found;
      }
    }
    return afterWalkingBack(model, outcome);
  }

  private static Optional<Fault> afterWalkingBack(Model model, Outcome outcome) {
    if (outcome.refusal().isPresent()) {
      return model.mayRefuse()
          ? Optional.empty()
          : fault(
              Kind.REFUSED,
              "nothing that is needed was changed, yet the tape refused: %s",
              String.valueOf(outcome.refusal().get().getMessage()));
    }
    if (model.mustRefuse()) {
      return fault(
          Kind.NOT_REFUSED, "numbers that are needed were changed, yet the tape went back");
    }
    for (int i : model.variables()) {
      boolean has = outcome.gradients().containsKey(i);
      if (has != model.hasGrad(i)) {
        return fault(
            Kind.HAS_GRADIENT,
            "t%d %s a gradient and %s have one",
            i,
            has ? "has" : "has no",
            model.hasGrad(i) ? "must" : "must not");
      }
    }
    for (int i : model.variables()) {
      var gradient = outcome.gradients().get(i);
      if (gradient != null) {
        var found =
            compare(
                Kind.GRADIENT,
                "the gradient of t" + i,
                model.shape(i),
                model.gradient(i),
                model.gradientErrors(i),
                gradient);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /// Whether some number of threads gives other bits than one thread.
  static Optional<Fault> bits(Program program) {
    int before = Parallel.threads();
    try {
      Parallel.threads(THREADS[0]);
      var one = Outcome.of(program, false);
      for (int threads : THREADS) {
        Parallel.threads(threads);
        if (!one.sameBits(Outcome.of(program, false))) {
          return fault(Kind.BITS, "%d threads give other bits than one", threads);
        }
      }
      return Optional.empty();
    } finally {
      Parallel.threads(before);
    }
  }

  private static Optional<Fault> compare(
      Kind kind, String name, Shape shape, double[] expected, double[] errors, float[] actual) {
    if (expected.length != actual.length) {
      return fault(kind, "%s must have %d numbers, has %d", name, expected.length, actual.length);
    }
    int worst = -1;
    double most = 1;
    for (int i = 0; i < actual.length; i++) {
      double apart = Math.abs(expected[i] - actual[i]);
      double excess = apart / (SLACK * errors[i] + NOTHING);
      if (!(excess <= most)) {
        worst = i;
        most = Double.isNaN(excess) ? Double.POSITIVE_INFINITY : excess;
      }
    }
    return worst < 0
        ? Optional.empty()
        : fault(
            kind,
            "%s %s at %s must be %.8g ± %.1g, is %.8g",
            name,
            shape,
            Arrays.toString(Ref.index(shape, worst)),
            expected[worst],
            SLACK * errors[worst],
            actual[worst]);
  }

  private static Optional<Fault> fault(Kind kind, String message, Object... arguments) {
    return Optional.of(new Fault(kind, message.formatted(arguments)));
  }

  @Override
  public String toString() {
    return "%s: %s".formatted(kind.name().toLowerCase(Locale.ROOT).replace('_', ' '), message);
  }
}
