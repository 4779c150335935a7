package sequor.train;

/// Whether a metric is good when it is low or when it is high.
public enum Mode {
  /// Lower is better, as for a loss.
  MIN,
  /// Higher is better, as for an accuracy.
  MAX;

  /// Whether `value` is better than `best` by more than `delta`.
  boolean better(double value, double best, double delta) {
    return this == MIN ? value < best - delta : value > best + delta;
  }
}
