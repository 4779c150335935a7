package sequor.tasks;

import sequor.settings.Setting;
import sequor.settings.Settings;
import sequor.tensor.Tensor;

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
  /// The loss of a student, `(1−w)·L_right + w·T²·1/N · Σ H(q, softmax(z / T))`.
  ///
  /// @param ofRight its loss by what is right
  /// @param logits z (…,C)
  /// @param said q (…,C), what the teacher says, made softer; 0 where it is not asked
  /// @param count N, of which the loss is a mean
  public Tensor loss(Tensor ofRight, Tensor logits, Tensor said, int count) {
    var soft = logits.dividedBy(temperature).logSoftmax(); // (…,C)
    float scale = -teacherWeight * temperature * temperature / count;
    return ofRight.times(1 - teacherWeight).plus(said.times(soft).sum().times(scale));
  }

  /// What holds where nobody says otherwise: no teacher.
  public static TeacherSettings standard() {
    return Settings.defaults(TeacherSettings.class);
  }
}
