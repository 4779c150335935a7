package sequor.tasks;

import sequor.settings.Setting;
import sequor.settings.Settings;

/// A key of the section `training` of tasks whose jobs can learn [Job#again].
public record RefitSettings(
    @Setting(
            value = "false",
            about =
                "learn once more for as many epochs as were best, from the validation split too")
        boolean refit) {
  /// Whether settings ask for it, and make sense with it.
  ///
  /// @param streams whether the examples are read anew each epoch
  /// @throws sequor.settings.SettingsException if they make none
  public static boolean asked(Settings settings, boolean streams) {
    var training = settings.section("training");
    boolean asked = training.as(RefitSettings.class).refit;
    if (asked && streams) {
      throw training.wrong("refit", "expected false where data.stream is true, got true; drop it");
    }
    if (asked && training.text("schedule").equals("plateau")) {
      throw training.wrong(
          "schedule",
          "expected one that follows no metric where refit is true, got plateau; take another");
    }
    return asked;
  }

  /// Refuses to be asked for beside columns of numbers.
  ///
  /// @throws sequor.settings.SettingsException if it is
  public static void refuse(Settings settings) {
    var training = settings.section("training");
    FrameSettings.require(training, "refit", !training.as(RefitSettings.class).refit, "false");
  }
}
