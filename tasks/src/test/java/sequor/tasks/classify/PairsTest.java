package sequor.tasks.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.data.DataSet;
import sequor.data.Row;
import sequor.models.BagEncoder;
import sequor.models.ConvolutionEncoder;
import sequor.models.EncoderConfig;
import sequor.models.RecurrentEncoder;
import sequor.models.TransformerEncoder;
import sequor.tasks.TaskException;
import sequor.tasks.Toy;
import sequor.tasks.TrainingSettings;

/// Two texts that belong together.
class PairsTest {
  @TempDir Path folder;

  /// Only both together tell: whether they are of the same kind, `ab…` or `ik…`.
  private static List<Example> examples() {
    var examples = new ArrayList<Example>();
    for (int i = 0; i < 64; i++) {
      String first = (i % 2 == 0 ? "ab" : "ik").repeat(1 + i / 4 % 2);
      String second = (i / 2 % 2 == 0 ? "ab" : "ik").repeat(1 + i / 8 % 2);
      examples.add(Example.pair(first, second, i % 2 == i / 2 % 2 ? "same" : "other"));
    }
    return examples;
  }

  static Stream<EncoderConfig> encoders() {
    return Stream.of(
        RecurrentEncoder.gru(16),
        ConvolutionEncoder.Config.of(16, 16).withWidths(2, 4, 6),
        TransformerEncoder.Config.of(16, 2),
        BagEncoder.Config.of(16, 6));
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void anyEncoderReadsThem(EncoderConfig encoder) {
    var classify =
        Classify.with(encoder)
            .training(
                TrainingSettings.standard()
                    .with("batch_size", 16)
                    .with("patience", 60)
                    .withLearningRate(0.01f)
                    .withEpochs(60))
            .seed(2);
    var classifier = classify.train(DataSet.of(examples(), examples(), List.<Example>of()));

    for (var example : examples()) {
      assertThat(classifier.predict(example.text()).label()).isEqualTo(example.label());
    }
    assertThat(classifier.predict("ab", "abab").label()).isEqualTo("same");
    classifier.save(folder);
    var again = Classifier.load(folder);
    assertThat(again.predict("ikik", "ab")).isEqualTo(classifier.predict("ikik", "ab"));
    assertThat(again.columns()).containsExactly("text", "pair");
    var row = Row.of(Map.of("text", "ikik", "pair", "ab", "label", "other"));
    assertThat(again.predict(again.input(row))).isEqualTo(classifier.predict("ikik", "ab"));
    assertSameAloneAndPadded(again);
  }

  private static void assertSameAloneAndPadded(Classifier classifier) {
    var texts = examples().stream().map(Example::text).toList();
    var together = classifier.predict(texts);
    for (int i = 0; i < texts.size(); i += 7) {
      assertThat(classifier.predict(texts.get(i)).probability())
          .isEqualTo(together.get(i).probability(), within(1e-6));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"naive_bayes", "strong"})
  void recipesNgramsAndFloorsReadThem(String ngrams) {
    var rows = new ArrayList<Row>();
    for (var example : examples()) {
      String[] both = example.text().split("\t", -1);
      rows.add(Row.of(Map.of("a", both[0], "b", both[1], "kind", example.label())));
    }
    var trained =
        Toy.train(
            DataSet.of(rows, rows, rows),
            "classify",
            "data.text=a",
            "data.pair=b",
            "data.label=kind",
            "model.ngrams=" + ngrams,
            "floor.method=" + ngrams,
            "training.epochs=1");
    var classifier = trained.predictor(Classifier.class);
    classifier.save(folder);

    assertThat(trained.job().floor().metrics().get("accuracy")).isGreaterThan(0.4);
    assertThat(trained.job().test().predictions().columns())
        .containsExactly("a", "b", "kind", "predicted", "probability");
    assertThat(trained.job().test().predictions().rows().getFirst()).startsWith("ab", "ab", "same");
    assertThat(Classifier.load(folder).predict("ab", "ik"))
        .isEqualTo(classifier.predict("ab", "ik"));
    assertThat(classifier.evaluate(sequor.data.Source.of(rows)).metrics())
        .isEqualTo(trained.job().test().metrics());
    assertThat(classifier.snippet("x")).contains("predict(\"a text\", \"another\")");
  }

  @Test
  void oneTextAndTwoDoNotMix() {
    var mixed = List.of(Example.of("a", "x"), Example.pair("a", "b", "y"));
    assertThatThrownBy(() -> Classify.with(RecurrentEncoder.gru(4)).train(mixed))
        .isInstanceOf(TaskException.class)
        .hasMessage(
            "classify: expected examples of one text or of two, got some of each; make them alike");
    var single =
        Classify.with(RecurrentEncoder.gru(4))
            .epochs(1)
            .train(List.of(Example.of("a", "x"), Example.of("b", "y")));
    assertThatThrownBy(() -> single.predict("a", "b"))
        .isInstanceOf(TaskException.class)
        .hasMessageStartingWith("classifier: expected one text, got two");
  }

  /// What the strong floor of another model says, it says as a model of its own too.
  @Test
  void theStrongFloorIsAModel() {
    var trained = Toy.train("classify", "data.label=language", "floor.method=strong");
    var job = trained.job();
    assertThat(job.floorModel()).isEmpty(); // nobody has asked for it yet
    double accuracy = job.floor().metrics().getOrDefault("accuracy", Double.NaN);

    job.floorModel().orElseThrow().save(folder);

    var floor = Classifier.load(folder);
    var test = floor.evaluate(Toy.words().test());
    assertThat(test.metrics().get("accuracy")).isEqualTo(accuracy);
    assertThat(floor.config().object("model").text("encoder")).isEqualTo("none");
    assertThat(floor.predict("abba").probability()).isGreaterThan(0.5);
    var along =
        Toy.train("classify", "data.label=language", "model.ngrams=strong", "floor.method=strong")
            .job();
    along.floor();
    assertThat(along.floorModel()).isEmpty(); // it is in the model
  }
}
