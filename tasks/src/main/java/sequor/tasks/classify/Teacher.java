package sequor.tasks.classify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sequor.settings.Settings;
import sequor.tasks.TaskException;
import sequor.tasks.TeacherSettings;
import sequor.tensor.Tensor;
import sequor.text.Labels;

/// A classifier from which another learns: how probable it finds each label says more of a text
/// than the right label alone.
///
/// ```
/// q = softmax(ln p / T)                            what the teacher says, made softer
/// L = (1−w)·L_labels + w·T²·H(q, softmax(z / T))   H the cross-entropy, z the student's logits
/// ```
///
/// T² keeps the gradients of both parts about as large as each other, whatever T is.
///
/// Source: Hinton, Vinyals and Dean, *Distilling the knowledge in a neural network* (2015), section
/// 2.
///
/// @param model p
/// @param how with T and w
record Teacher(Classifier model, TeacherSettings how) {
  private static final double LEAST = 1e-12; // a probability that is 0 has no logarithm

  /// The one that the section `loss` names, if it names one.
  ///
  /// @throws TaskException if it is no classifier
  static Optional<Teacher> of(Settings loss) {
    var settings = loss.as(TeacherSettings.class);
    return settings.teacher().isEmpty()
        ? Optional.empty()
        : Optional.of(new Teacher(Classifier.load(Path.of(settings.teacher())), settings));
  }

  /// What it says of texts, made softer: a number for each label.
  ///
  /// @param labels the student's, which have to be the teacher's, in whatever order
  /// @throws TaskException if they are others
  List<float[]> say(List<String> texts, Labels labels) {
    requireSame(labels);
    var items = model.reader().items(texts).items();
    var said = new ArrayList<float[]>();
    for (double[] row : model.probabilities(texts, items)) {
      said.add(softer(row, labels));
    }
    return said;
  }

  private float[] softer(double[] row, Labels labels) {
    double[] powers = new double[labels.size()];
    double sum = 0;
    for (int id = 0; id < powers.length; id++) {
      double p = Math.max(LEAST, row[model.labels().id(labels.name(id))]);
      powers[id] = Math.pow(p, 1 / (double) how.temperature());
      sum += powers[id];
    }
    float[] soft = new float[powers.length];
    for (int id = 0; id < soft.length; id++) {
      soft[id] = (float) (powers[id] / sum);
    }
    return soft;
  }

  private void requireSame(Labels labels) {
    var own = model.labels();
    boolean same = own.size() == labels.size() && labels.names().stream().allMatch(own::contains);
    if (!same) {
      throw new TaskException(
          "teacher: expected one with the labels %s, got one with %s; take a run on the same data"
              .formatted(String.join(", ", labels.names()), String.join(", ", own.names())));
    }
  }

  /// The loss of a student.
  ///
  /// @param ofLabels its loss by the labels
  /// @param logits z (B,C)
  /// @param said q (B,C)
  Tensor loss(Tensor ofLabels, Tensor logits, Tensor said) {
    return how.loss(ofLabels, logits, said, logits.dim(0));
  }
}
