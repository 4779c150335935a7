package sequor.tasks;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import sequor.train.Bootstrap.Interval;

/// How far chance may have moved what a test says: 95 % intervals ([sequor.train.Bootstrap]).
///
/// @param metrics of the model's metrics, by name; not every metric has one
/// @param overFloor of how much they are above those of the floor, on the same draws
public record Intervals(Map<String, Interval> metrics, Map<String, Interval> overFloor) {
  public Intervals {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    overFloor = Collections.unmodifiableMap(new LinkedHashMap<>(overFloor));
  }

  public static Intervals none() {
    return new Intervals(Map.of(), Map.of());
  }
}
