package sequor.tasks.classify;

import sequor.settings.Setting;
import sequor.settings.Settings;

/// What a classifier learns from beside the labels: keys of the section `loss`.
///
/// @param teacher a run, or a model, of a classifier with the same labels; empty for none
/// @param temperature T
/// @param teacherWeight of what the teacher says beside the labels
public record TeacherSettings(
    @Setting(value = "", about = "run of a larger classifier to learn from too (distillation)")
        String teacher,
    @Setting(
            value = "2.0",
            min = 0.1,
            max = 100,
            about = "the higher, the more counts what the teacher thinks of other labels")
        float temperature,
    @Setting(
            value = "0.9",
            min = 0,
            max = 1,
            about = "of what the teacher says; the labels have the rest")
        float teacherWeight) {
  /// What holds where nobody says otherwise: no teacher.
  public static TeacherSettings standard() {
    return Settings.defaults(TeacherSettings.class);
  }
}
