package sequor.tasks;

import sequor.train.Mode;

/// What a number says about a model.
///
/// @param name as reports have it: `accuracy`
/// @param better whether it is good when it is low or when it is high
/// @param unit what it is counted in, empty for a share
public record Metric(String name, Mode better, String unit) {
  /// A share that is good when it is high.
  public static Metric high(String name) {
    return new Metric(name, Mode.MAX, "");
  }

  /// A quantity that is good when it is low.
  public static Metric low(String name, String unit) {
    return new Metric(name, Mode.MIN, unit);
  }

  /// Whether one value is better than another.
  public boolean isBetter(double value, double than) {
    return better == Mode.MAX ? value > than : value < than;
  }
}
