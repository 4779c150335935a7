package sequor.tasks.classify;

import sequor.settings.Setting;
import sequor.settings.Settings;

/// What counts how much in training: the section `loss`.
public record LossSettings(
    @Setting(
            value = "0.0",
            min = 0,
            max = 1,
            about = "0: every example counts the same; 1: every class does")
        float classBalance,
    @Setting(value = "0.0", min = 0, max = 1, about = "share of each target given to all classes")
        float labelSmoothing) {
  /// What holds where nobody says otherwise.
  public static LossSettings standard() {
    return Settings.defaults(LossSettings.class);
  }
}
