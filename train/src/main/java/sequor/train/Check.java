package sequor.train;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import sequor.tensor.Tensor;

/// Every rule about settings, in one place, with what it says when it is broken.
final class Check {
  private Check() {}

  static TrainException wrong(String message, Object... arguments) {
    return new TrainException(message.formatted(arguments));
  }

  /// A finite number that is 0 or more.
  static void notNegative(String who, String setting, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw wrong("%s: %s must be a number of 0 or more, got %s", who, setting, value);
    }
  }

  /// A finite number above 0.
  static void positive(String who, String setting, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw wrong("%s: %s must be a number above 0, got %s", who, setting, value);
    }
  }

  static void notNegative(String who, String setting, long value) {
    if (value < 0) {
      throw wrong("%s: %s must be 0 or more, got %d; raise it", who, setting, value);
    }
  }

  static void positive(String who, String setting, long value) {
    if (value < 1) {
      throw wrong("%s: %s must be 1 or more, got %d; raise it", who, setting, value);
    }
  }

  /// A number of which a mean over the past is made: from 0 to just under 1.
  static void decayRate(String who, String setting, double value) {
    if (!(value >= 0 && value < 1)) {
      throw wrong("%s: %s must be 0 or more and less than 1, got %s", who, setting, value);
    }
  }

  static void sameNames(String what, Set<String> expected, Set<String> got) {
    if (!expected.equals(got)) {
      var missing = new TreeSet<>(expected);
      missing.removeAll(got);
      var extra = new TreeSet<>(got);
      extra.removeAll(expected);
      throw wrong(
          "%s: the names do not fit — missing %s, not expected %s; restore it into the model and"
              + " the settings it was made with",
          what, missing, extra);
    }
  }

  static void sameTensors(String what, Map<String, Tensor> expected, Map<String, Tensor> got) {
    sameNames(what, expected.keySet(), got.keySet());
    expected.forEach(
        (name, tensor) -> {
          var shape = named(got, name).shape();
          if (!shape.equals(tensor.shape())) {
            throw wrong(
                "%s: '%s' must be %s, got %s; restore it into the model and the settings it was"
                    + " made with",
                what, name, tensor.shape(), shape);
          }
        });
  }

  /// The value of a name that is known to be there.
  static <V> V named(Map<String, V> map, String name) {
    return Objects.requireNonNull(map.get(name), name);
  }
}
