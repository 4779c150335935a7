package sequor.train;

/// How the learning rate changes while training goes on: a pure function of how many steps are
/// done: optimizer steps, or epochs if it is asked once an epoch.
///
/// ```java
/// var schedule = Schedule.cosine(10_000).withWarmUp(500);
/// optimizer.scaleLearningRate(schedule.factor(step));
/// ```
///
/// Formulas are those of PyTorch's schedulers, where there is one, as a factor on the base rate η₀.
/// One's own schedule is a lambda.
@FunctionalInterface
public interface Schedule {
  /// What the base rate is multiplied by for the step that comes after `done` steps.
  double factor(long done);

  /// η₀ throughout.
  static Schedule constant() {
    return done -> 1;
  }

  /// `η₀ · γ^⌊t/every⌋` (StepLR).
  static Schedule step(long every, double gamma) {
    Check.positive("step schedule", "the number of steps", every);
    Check.positive("step schedule", "gamma", gamma);
    return done -> Math.pow(gamma, (double) Math.floorDiv(done, every));
  }

  /// `η₀ · γᵗ` (ExponentialLR).
  static Schedule exponential(double gamma) {
    Check.positive("exponential schedule", "gamma", gamma);
    return done -> Math.pow(gamma, (double) done);
  }

  /// `η₀ · (1 − t/steps)` down to 0 (LinearLR with start_factor 1 and end_factor 0), where it
  /// stays; after a warm-up this is how BERT was trained.
  static Schedule linear(long steps) {
    Check.positive("linear schedule", "the number of steps", steps);
    return done -> 1 - Math.min(done, steps) / (double) steps;
  }

  /// `η₀ · ½(1 + cos(π·t/steps))` down to 0 (CosineAnnealingLR; Loshchilov and Hutter 2017, eq. 5).
  static Schedule cosine(long steps) {
    return cosine(steps, 0);
  }

  /// Half a cosine from η₀ down to `η₀ · floor`, where it stays.
  static Schedule cosine(long steps, double floor) {
    Check.positive("cosine schedule", "the number of steps", steps);
    Check.notNegative("cosine schedule", "the floor", floor);
    return done -> {
      double share = Math.min(done, steps) / (double) steps;
      return floor + (1 - floor) * (1 + Math.cos(Math.PI * share)) / 2;
    };
  }

  /// `η₀ · t/warmUp` up to η₀, then `η₀ · √(warmUp/t)`, with t from 1. With `η₀ = 1/√(d·warmUp)`
  /// this is the rate of the Transformer with d features (Vaswani et al. 2017, section 5.3).
  static Schedule inverseSquareRoot(long warmUp) {
    Check.positive("inverse square root schedule", "the number of warm-up steps", warmUp);
    return done -> {
      double t = done + 1.0;
      return Math.min(t / warmUp, Math.sqrt(warmUp / t));
    };
  }

  /// This schedule after `steps` steps of linear warm-up: `η₀ · (t+1)/(steps+1)`, then the schedule
  /// from its start (SequentialLR of LinearLR with start_factor `1/(steps+1)` and total_iters
  /// `steps`, and this). So no step is spent on a rate of 0, and none of the warm-up at the full
  /// one.
  default Schedule withWarmUp(long steps) {
    Check.notNegative("warm-up", "the number of steps", steps);
    return done -> done < steps ? factor(0) * (done + 1) / (steps + 1) : factor(done - steps);
  }
}
