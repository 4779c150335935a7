package sequor.train;

/// How the learning rate changes while training goes on: a pure function of how many turns, steps
/// or epochs, are done.
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
  /// What the base rate is multiplied by for the turn that comes after `done` turns.
  double factor(long done);

  /// η₀ throughout.
  static Schedule constant() {
    return done -> 1;
  }

  /// `η₀ · γ^⌊t/every⌋` (StepLR).
  static Schedule step(long every, double gamma) {
    Check.positive("step schedule", "the number of turns", every);
    Check.positive("step schedule", "gamma", gamma);
    return done -> Math.pow(gamma, (double) Math.floorDiv(done, every));
  }

  /// `η₀ · γᵗ` (ExponentialLR).
  static Schedule exponential(double gamma) {
    Check.positive("exponential schedule", "gamma", gamma);
    return done -> Math.pow(gamma, (double) done);
  }

  /// `η₀ · ½(1 + cos(π·t/turns))` down to 0 (CosineAnnealingLR; Loshchilov and Hutter 2017, eq. 5).
  static Schedule cosine(long turns) {
    return cosine(turns, 0);
  }

  /// Half a cosine from η₀ down to `η₀ · floor`, where it stays.
  static Schedule cosine(long turns, double floor) {
    Check.positive("cosine schedule", "the number of turns", turns);
    Check.notNegative("cosine schedule", "the floor", floor);
    return done -> {
      double share = Math.min(done, turns) / (double) turns;
      return floor + (1 - floor) * (1 + Math.cos(Math.PI * share)) / 2;
    };
  }

  /// `η₀ · t/turns` up to η₀, then `η₀ · √(turns/t)`, with t from 1. With `η₀ = 1/√(d·turns)` this
  /// is the rate of the Transformer with d features (Vaswani et al. 2017, section 5.3).
  static Schedule inverseSquareRoot(long warmUp) {
    Check.positive("inverse square root schedule", "the number of warm-up turns", warmUp);
    return done -> {
      double t = done + 1.0;
      return Math.min(t / warmUp, Math.sqrt(warmUp / t));
    };
  }

  /// This schedule after `turns` turns of linear warm-up: `η₀ · (t+1)/(turns+1)`, then the schedule
  /// from its start (SequentialLR of LinearLR with start_factor `1/(turns+1)` and total_iters
  /// `turns`, and this). So no turn is spent on a rate of 0, and none of the warm-up at the full one.
  default Schedule withWarmUp(long turns) {
    Check.notNegative("warm-up", "the number of turns", turns);
    return done -> done < turns ? factor(0) * (done + 1) / (turns + 1) : factor(done - turns);
  }
}
