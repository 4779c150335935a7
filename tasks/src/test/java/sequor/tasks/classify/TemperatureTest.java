package sequor.tasks.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.models.RecurrentEncoder;
import sequor.tasks.Evaluation;
import sequor.tasks.ReportSection;
import sequor.tasks.Toy;
import sequor.text.Labels;

class TemperatureTest {
  private static final Labels LABELS = Labels.of(List.of("bad", "good"));

  @TempDir Path folder;

  /// Says good with 0.95 always, and is right in three of four: the probability that makes that
  /// likeliest is 3/4, so that logit(0.95) / T = logit(0.75), or T = ln 19 / ln 3.
  @Test
  void theTemperatureIsThatDoneByHand() {
    double[][] rows = new double[100][];
    var gold = new ArrayList<String>();
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new double[] {0.05, 0.95};
      gold.add(i % 4 == 0 ? "bad" : "good");
    }

    var temperature = Temperature.fitted(rows, gold, LABELS);

    assertThat(temperature.value()).isEqualTo(Math.log(19) / Math.log(3), within(1e-6));
    assertThat(temperature.applied(rows[0])[1]).isEqualTo(0.75, within(1e-6));
  }

  @Test
  void theAnswersStayAsTheyAre() {
    double[] row = {0.2, 0.5, 0.1, 0.2};
    for (double value : new double[] {Temperature.LEAST, 0.5, 3, Temperature.MOST}) {
      double[] scaled = new Temperature(value).applied(row);
      assertThat(Evaluation.argmax(scaled)).isEqualTo(1);
      assertThat(scaled[0] + scaled[1] + scaled[2] + scaled[3]).isEqualTo(1, within(1e-12));
      assertThat(scaled[0]).isEqualTo(scaled[3]).isGreaterThanOrEqualTo(scaled[2]);
    }
    assertThat(Temperature.ONE.applied(row)).isSameAs(row);
  }

  @Test
  void whoIsNeverWrongIsNotMadeSurerWithoutEnd() {
    double[][] rows = {{0.4, 0.6}, {0.3, 0.7}};
    assertThat(Temperature.fitted(rows, List.of("good", "good"), LABELS).value())
        .isEqualTo(Temperature.LEAST, within(1e-6));
    assertThat(Temperature.fitted(rows, List.of("ugly", "awful"), LABELS))
        .isEqualTo(Temperature.ONE);
    double[][] sure = {{0, 1}, {1, 0}};
    assertThat(Temperature.fitted(sure, List.of("bad", "bad"), LABELS).value()).isFinite();
  }

  /// Letters that tell nothing half of the time: a network that learns them by heart is too sure.
  private static List<Example> noisy() {
    var examples = new ArrayList<Example>();
    for (int i = 0; i < 300; i++) {
      boolean good = i % 2 == 0;
      String word = (good ? "ab" : "ik").repeat(1 + i % 3) + (char) ('a' + i * 7 % 26);
      examples.add(Example.of(word, (i % 10 < 3) != good ? "good" : "bad"));
    }
    return examples;
  }

  @Test
  void aCalibratedClassifierSaysTheSameAndIsSavedAndLoaded() {
    var classify = Classify.with(RecurrentEncoder.gru(16)).epochs(12).seed(3);
    var plain = classify.train(noisy());
    var calibrated = classify.calibrated().train(noisy());
    var texts = noisy().stream().map(Example::text).toList();

    calibrated.save(folder);

    assertThat(Classifier.load(folder).predict(texts)).isEqualTo(calibrated.predict(texts));
    assertThat(calibrated.predict(texts))
        .extracting(Prediction::label)
        .isEqualTo(plain.predict(texts).stream().map(Prediction::label).toList());
    assertThat(calibrated.predict(texts)).isNotEqualTo(plain.predict(texts));
    assertThat(calibrated.config().number("temperature", 0, 100)).isNotEqualTo(1);
    assertThat(plain.config().has("temperature")).isFalse();
    assertThat(calibrated.network().parameters().keySet())
        .isEqualTo(plain.network().parameters().keySet());
  }

  @Test
  void theReportSaysWhatItChanged() {
    String[] settings = {"data.label=language", "training.epochs=1", "training.learning_rate=0.01"};
    var plain = Toy.train("classify", settings).job().test();
    var job =
        Toy.train(
                "classify", settings[0], settings[1], settings[2], "model.calibration=temperature")
            .job();
    var test = job.test();

    assertThat(test.metrics().get("accuracy")).isEqualTo(plain.metrics().get("accuracy"));
    var table =
        test.sections(ReportSection.Table.class).stream()
            .filter(each -> each.title().equals("calibration"))
            .findFirst()
            .orElseThrow();
    assertThat(table.rows().getFirst().subList(2, 4))
        .containsExactly(plain.metrics().get("ece"), plain.metrics().get("loss"));
    assertThat(table.rows().getLast().subList(2, 4))
        .containsExactly(test.metrics().get("ece"), test.metrics().get("loss"));
    assertThat(test.metrics().getOrDefault("loss", 9.0))
        .isLessThan(plain.metrics().getOrDefault("loss", 0.0));
    assertThat(plain.sections(ReportSection.Table.class)).hasSize(1);
    assertThat(test.sections(ReportSection.Reliability.class).getFirst().error())
        .isEqualTo(test.metrics().get("ece"));
  }
}
