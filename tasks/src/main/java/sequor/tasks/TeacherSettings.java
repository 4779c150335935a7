package sequor.tasks;

import sequor.settings.Setting;
import sequor.settings.Settings;

/// What a model learns from beside what is right: keys of the section `loss`.
///
/// @param teacher a run, or a model, of the same task that says the same answers; empty for none
/// @param temperature T
/// @param teacherWeight of what the teacher says beside what is right
public record TeacherSettings(
    @Setting(value = "", about = "run of a larger model to learn from too (distillation)")
        String teacher,
    @Setting(
            value = "2.0",
            min = 0.1,
            max = 100,
            about = "the higher, the more counts what the teacher thinks of other answers")
        float temperature,
    @Setting(
            value = "0.9",
            min = 0,
            max = 1,
            about = "of what the teacher says; what is right has the rest")
        float teacherWeight) {
  /// What holds where nobody says otherwise: no teacher.
  public static TeacherSettings standard() {
    return Settings.defaults(TeacherSettings.class);
  }
}
