package sequor.tasks;

import sequor.Seed;
import sequor.json.Nearest;
import sequor.settings.Setting;
import sequor.settings.Settings;

/// The keys that the section `training` of every task has, however it learns.
///
/// @param watch the metric that tells the best epoch; empty for the first
public record LearningKeys(
    @Setting(value = "5", min = 1, max = 1 << 20, about = "how often all is learned from")
        int epochs,
    @Setting(value = "", about = "the metric that tells the best epoch") String watch,
    @Setting(value = "1", min = 0, max = Integer.MAX_VALUE, about = "another one, another training")
        int seed) {

  /// What the section `training` says.
  public static LearningKeys of(Settings settings) {
    return settings.section("training").as(LearningKeys.class);
  }

  /// From which all randomness follows.
  public Seed seedOfAll() {
    return new Seed(seed);
  }

  /// The metric that tells the best epoch.
  ///
  /// @throws sequor.settings.SettingsException if the training does not give it
  public static Metric watched(Training training, Settings settings) {
    return watched(training, of(settings).watch, settings.section("training"));
  }

  static Metric watched(Training training, String watch, Settings section) {
    if (watch.isEmpty()) {
      return training.metrics().getFirst();
    }
    var names = training.metrics().stream().map(Metric::name).toList();
    return training.metrics().stream()
        .filter(metric -> metric.name().equals(watch))
        .findFirst()
        .orElseThrow(
            () ->
                section.wrong(
                    "watch",
                    "expected one of %s, got \"%s\"%s",
                    String.join(", ", names),
                    watch,
                    Nearest.hint(watch, names)));
  }
}
