package sequor.train;

import java.util.OptionalDouble;

/// Ends training when a metric on held-out data has stopped getting better, and remembers when it
/// was best.
///
/// ```java
/// var stopping = new EarlyStopping(EarlyStopping.Config.of(Mode.MAX).withPatience(3));
/// while (!stopping.stops()) {
///   …
///   if (stopping.observe(accuracy)) { best = copy of the parameters; }
/// }
/// ```
public final class EarlyStopping {
  private final Config config;
  private State state = new State(OptionalDouble.empty(), OptionalDouble.empty(), 0, 0);

  public EarlyStopping(Config config) {
    this.config = config;
  }

  /// Looks at the metric of one more epoch; one that is NaN or infinite is never better.
  ///
  /// @return whether it is the best so far
  public boolean observe(double value) {
    return observe(value, Double.NaN);
  }

  /// Looks at the metric of one more epoch, and at its loss, which decides between two epochs that
  /// are equally good: metrics that count answers are often equal.
  ///
  /// @return whether it is the best so far
  public boolean observe(double value, double loss) {
    int epoch = state.epochs + 1;
    boolean better = Double.isFinite(value) && (state.best.isEmpty() || better(value, loss));
    var finite = Double.isFinite(loss) ? OptionalDouble.of(loss) : OptionalDouble.empty();
    state =
        better
            ? new State(OptionalDouble.of(value), finite, epoch, epoch)
            : new State(state.best, state.loss, state.bestEpoch, epoch);
    return better;
  }

  private boolean better(double value, double loss) {
    double best = state.best.orElseThrow();
    return config.mode.better(value, best, config.minDelta)
        || (value == best && state.loss.isPresent() && loss < state.loss.getAsDouble());
  }

  /// Whether as many epochs as patience allows have passed without a better one.
  public boolean stops() {
    return state.epochs - state.bestEpoch >= config.patience;
  }

  /// The best value so far, if any epoch had one.
  public OptionalDouble best() {
    return state.best;
  }

  /// The number of the best epoch, from 1; 0 before the first.
  public int bestEpoch() {
    return state.bestEpoch;
  }

  public State state() {
    return state;
  }

  public void restore(State state) {
    this.state = state;
  }

  /// @param patience how many epochs in a row may pass without getting better; the last ends it
  /// @param minDelta by how much a better value must differ from the best so far
  public record Config(Mode mode, int patience, double minDelta) {
    public Config {
      Check.positive("early stopping", "patience", patience);
      Check.notNegative("early stopping", "the smallest difference", minDelta);
    }

    /// Stops after 5 epochs without getting better.
    public static Config of(Mode mode) {
      return new Config(mode, 5, 0);
    }

    public Config withPatience(int to) {
      return new Config(mode, to, minDelta);
    }

    public Config withMinDelta(double to) {
      return new Config(mode, patience, to);
    }

    /// Never stops, and still remembers the best epoch.
    public Config withoutEnd() {
      return withPatience(Integer.MAX_VALUE);
    }
  }

  /// The state, as it stands in a checkpoint.
  ///
  /// @param best the best value seen, if there was one
  /// @param loss the loss of that epoch, if it was given
  /// @param bestEpoch when that was, from 1; 0 before the first
  /// @param epochs how many epochs were looked at
  public record State(OptionalDouble best, OptionalDouble loss, int bestEpoch, int epochs) {}
}
