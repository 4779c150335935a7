package sequor.tasks.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.data.DataSet;
import sequor.models.RecurrentEncoder;
import sequor.settings.SettingsException;
import sequor.store.ModelDirectory;
import sequor.tasks.TaskException;
import sequor.tasks.TeacherSettings;
import sequor.tasks.Toy;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.text.Labels;

/// Classifiers that learn from a larger one.
class DistilTest {
  @TempDir Path folder;

  private static List<Example> examples() {
    return Toy.words().train().toList().stream()
        .map(row -> Example.of(row.field("word"), row.field("language")))
        .toList();
  }

  private static Classifier teacher() {
    return Classify.with(RecurrentEncoder.gru(8)).epochs(6).seed(3).train(examples());
  }

  private static TeacherSettings how(float temperature, float weight) {
    return new TeacherSettings("", temperature, weight);
  }

  // What it says

  @Test
  void whatItSaysIsMadeSofter() {
    var model = teacher();
    var text = "abbab";
    var said = model.predict(text).probabilities();
    var labels = model.labels();
    float[] same = new Teacher(model, how(1, 1)).say(List.of(text), labels).getFirst();
    float[] soft = new Teacher(model, how(4, 1)).say(List.of(text), labels).getFirst();
    double sum = 0;
    for (var each : said) {
      sum += Math.pow(each.probability(), 0.25);
    }
    for (var each : said) {
      int id = labels.id(each.label());
      assertThat((double) same[id]).isCloseTo(each.probability(), within(1e-6));
      assertThat((double) soft[id])
          .isCloseTo(Math.pow(each.probability(), 0.25) / sum, within(1e-6));
    }
  }

  /// The order of the labels is the student's.
  @Test
  void labelsAreFoundByTheirNames() {
    var model = teacher();
    var other = Labels.of(List.of("umu", "abba", "ikki"));
    var ours = new Teacher(model, how(2, 1)).say(List.of("ikik"), model.labels()).getFirst();
    var theirs = new Teacher(model, how(2, 1)).say(List.of("ikik"), other).getFirst();
    for (var name : other.names()) {
      assertThat(theirs[other.id(name)]).isEqualTo(ours[model.labels().id(name)]);
    }
  }

  // The loss

  /// By the formula, in doubles: two texts, three labels, T = 2, w = 0.7.
  @Test
  void theLossIsHintons() {
    double[][] z = {{1, 0, -2}, {0.5, 3, 0}};
    double[][] q = {{0.5, 0.3, 0.2}, {0.1, 0.1, 0.8}};
    double expected = 0.3 * 1.5;
    double[][] gradient = new double[2][3];
    for (int b = 0; b < 2; b++) {
      double sum = 0;
      for (double logit : z[b]) {
        sum += Math.exp(logit / 2);
      }
      for (int c = 0; c < 3; c++) {
        expected -= 0.7 * 4 / 2 * q[b][c] * (z[b][c] / 2 - Math.log(sum));
        gradient[b][c] = 0.7 * 2 / 2 * (Math.exp(z[b][c] / 2) / sum - q[b][c]);
      }
    }
    var logits = tensor(z).requiresGrad(true);
    var teacher = new Teacher(teacher(), how(2, 0.7f));
    try (var tape = Tape.open()) {
      var loss = teacher.loss(Tensor.of(1.5f), logits, tensor(q));
      tape.backward(loss);
      assertThat((double) loss.item()).isCloseTo(expected, within(1e-5));
    }
    for (int i = 0; i < 6; i++) {
      assertThat((double) logits.grad().toArray()[i])
          .isCloseTo(gradient[i / 3][i % 3], within(1e-6));
    }
  }

  private static Tensor tensor(double[][] rows) {
    float[] values = new float[rows.length * rows[0].length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) rows[i / rows[0].length][i % rows[0].length];
    }
    return Tensor.of(values, rows.length, rows[0].length);
  }

  // Learning

  /// Whoever listens to the teacher alone learns what it knows, whatever the labels say.
  @Test
  void aStudentLearnsWhatItsTeacherKnows() {
    var wrong = new ArrayList<Example>();
    for (int i = 0; i < examples().size(); i++) {
      wrong.add(Example.of(examples().get(i).text(), Toy.LANGUAGES.get(i / 3 % 3)));
    }
    var teacher = teacher();
    var student = Classify.with(RecurrentEncoder.gru(4)).epochs(12);
    var data = DataSet.of(wrong, examples(), List.of());
    var taught = student.from(teacher, how(2, 1)).train(data);
    var alone = student.train(data);
    assertThat(right(taught)).isGreaterThan(85);
    assertThat(right(alone)).isLessThan(70);
  }

  private static long right(Classifier classifier) {
    return examples().stream()
        .filter(each -> classifier.predict(each.text()).label().equals(each.label()))
        .count();
  }

  @Test
  void aTeacherWithoutWeightChangesNothing() {
    var student = Classify.with(RecurrentEncoder.gru(4)).epochs(2);
    var alone = student.train(examples());
    var taught = student.from(teacher(), how(2, 0)).train(examples());
    assertThat(taught.predict("abba").probabilities())
        .isEqualTo(alone.predict("abba").probabilities());
  }

  @Test
  void aRecipeNamesARun() {
    teacher().save(new ModelDirectory(folder));
    var trained =
        Toy.train("classify", "data.label=language", "loss.teacher=" + folder, "training.epochs=8");
    assertThat(trained.job().test().metrics().get("accuracy")).isGreaterThan(0.8);
  }

  @Test
  void aTeacherOfOtherLabelsIsRefused() {
    var two = examples().stream().filter(each -> !each.label().equals("umu")).toList();
    assertThatThrownBy(
            () -> Classify.with(RecurrentEncoder.gru(4)).from(teacher(), how(2, 1)).train(two))
        .isInstanceOf(TaskException.class)
        .hasMessage(
            "teacher: expected one with the labels abba, ikki, got one with abba, ikki, umu; take a"
                + " run on the same data");
  }

  @Test
  void aTeacherOfStreamedTextsIsRefused() {
    teacher().save(new ModelDirectory(folder));
    assertThatThrownBy(
            () ->
                Toy.prepare(
                    Toy.words(),
                    "classify",
                    "data.label=language",
                    "data.stream=true",
                    "loss.teacher=" + folder))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("loss.teacher: expected none where data.stream is true, got one");
  }
}
