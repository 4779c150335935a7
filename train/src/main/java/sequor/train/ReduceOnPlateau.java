package sequor.train;

import java.util.OptionalDouble;

/// Lowers the learning rate when a metric has stopped getting better (PyTorch's ReduceLROnPlateau).
///
/// Unlike a [Schedule] it has a state: the metrics seen so far decide what comes next.
public final class ReduceOnPlateau {
  private final Config config;
  private State state = new State(OptionalDouble.empty(), 0, 0, 1);

  public ReduceOnPlateau(Config config) {
    this.config = config;
  }

  /// Looks at the metric of one more epoch.
  ///
  /// @return what the base rate is to be multiplied by from now on
  public double observe(double value) {
    boolean better = Double.isFinite(value) && (state.best.isEmpty() || better(value));
    var best = better ? OptionalDouble.of(value) : state.best;
    int waited = better || state.cooling > 0 ? 0 : state.waited + 1;
    int cooling = Math.max(0, state.cooling - 1);
    double factor = state.factor;
    if (waited > config.patience) {
      factor = Math.max(factor * config.factor, config.floor);
      cooling = config.cooldown;
      waited = 0;
    }
    state = new State(best, waited, cooling, factor);
    return factor;
  }

  /// What the base rate is multiplied by now.
  public double factor() {
    return state.factor;
  }

  public State state() {
    return state;
  }

  public void restore(State state) {
    this.state = state;
  }

  private boolean better(double value) {
    double best = state.best.orElseThrow();
    return config.mode.better(value, best, Math.abs(best) * config.threshold);
  }

  /// @param factor what the rate is multiplied by when it is lowered
  /// @param patience how many epochs may pass without getting better
  /// @param threshold by which share of the best value a better one must differ
  /// @param cooldown how many epochs after lowering do not count
  /// @param floor the smallest share of the base rate
  public record Config(
      Mode mode, double factor, int patience, double threshold, int cooldown, double floor) {
    public Config {
      if (!(factor > 0 && factor < 1)) {
        throw Check.wrong(
            "reduce on plateau: factor must be more than 0 and less than 1, got %s", factor);
      }
      Check.notNegative("reduce on plateau", "patience", patience);
      Check.notNegative("reduce on plateau", "threshold", threshold);
      Check.notNegative("reduce on plateau", "cooldown", cooldown);
      Check.notNegative("reduce on plateau", "floor", floor);
    }

    /// A tenth of the rate after more than 10 epochs without getting better by 1e-4 of the best.
    public static Config of(Mode mode) {
      return new Config(mode, 0.1, 10, 1e-4, 0, 0);
    }

    public Config withFactor(double to) {
      return new Config(mode, to, patience, threshold, cooldown, floor);
    }

    public Config withPatience(int to) {
      return new Config(mode, factor, to, threshold, cooldown, floor);
    }

    public Config withThreshold(double to) {
      return new Config(mode, factor, patience, to, cooldown, floor);
    }

    public Config withCooldown(int to) {
      return new Config(mode, factor, patience, threshold, to, floor);
    }

    public Config withFloor(double to) {
      return new Config(mode, factor, patience, threshold, cooldown, to);
    }
  }

  /// The state, as it stands in a checkpoint.
  ///
  /// @param best the best value seen, if there was one
  /// @param waited the epochs since then that count
  /// @param cooling the epochs to come that do not count
  /// @param factor what the base rate is multiplied by
  public record State(OptionalDouble best, int waited, int cooling, double factor) {}
}
