package sequor.tasks.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.store.ModelDirectory;
import sequor.tasks.Models;
import sequor.tasks.TaskException;
import sequor.tasks.Toy;
import sequor.tasks.language.Generator;

class ClassifierTest {
  private static final List<String> TEXTS =
      List.of("baab", "", "i", "ikikikikikikikikikikikik", "umm", "xyz 한국어 😀", "u");

  @TempDir Path folder;

  private static Toy.Trained train(String... overrides) {
    String[] all = new String[overrides.length + 1];
    all[0] = "data.label=language";
    System.arraycopy(overrides, 0, all, 1, overrides.length);
    return Toy.train("classify", all);
  }

  /// Trained, saved and loaded.
  private Classifier trained(String... overrides) {
    train(overrides).job().predictor().save(new ModelDirectory(folder.resolve("model")));
    return Classifier.load(folder);
  }

  @ParameterizedTest
  @CsvSource({
    "rnn, last, 0, 1",
    "lstm, all, 6, 2",
    "gru, mean, 0, 1",
    "gru, max, 0, 2",
    "lstm, last, 3, 1"
  })
  void aTextGetsTheSameAnswerAloneAndAmongOthers(
      String cell, String pooling, int head, int layers) {
    assertSameAloneAndAmongOthers(
        trained(
            "model.cell=" + cell,
            "model.pooling=" + pooling,
            "model.head_size=" + head,
            "model.layers=" + layers,
            "training.epochs=1"));
  }

  private static void assertSameAloneAndAmongOthers(Classifier classifier) {
    var together = classifier.predict(TEXTS);

    for (int i = 0; i < TEXTS.size(); i++) {
      var alone = classifier.predict(TEXTS.get(i));
      assertThat(together.get(i).text()).isEqualTo(TEXTS.get(i));
      assertThat(together.get(i).label()).isEqualTo(alone.label());
      for (int k = 0; k < alone.probabilities().size(); k++) {
        assertThat(together.get(i).probabilities().get(k).probability())
            .isCloseTo(alone.probabilities().get(k).probability(), within(1e-6));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anyTextHasProbabilitiesThatAreOneTogether(boolean marks) {
    var classifier = trained("tokens.marks=" + marks, "training.epochs=1");

    for (var prediction : classifier.predict(TEXTS)) {
      var probabilities =
          prediction.probabilities().stream().mapToDouble(Prediction.Scored::probability);
      assertThat(probabilities.sum()).isCloseTo(1, within(1e-5));
      assertThat(prediction.label())
          .isEqualTo(prediction.probabilities().getFirst().label())
          .isIn(Toy.LANGUAGES);
    }
    assertThat(classifier.predict(List.of())).isEmpty();
  }

  @Test
  void whatWasLearnedIsKnownAfterLoading() {
    var classifier = trained();

    assertThat(classifier.predict(List.of("abba", "kiik", "muum")))
        .extracting(Prediction::label)
        .containsExactly("abba", "ikki", "umu");
    assertThat(classifier.labels().names()).isEqualTo(Toy.LANGUAGES);
  }

  @Test
  void longTextsAreCutAndCaseIsLoweredAsTheSettingsSay() {
    var classifier = trained("tokens.max_length=4", "tokens.lower_case=true", "training.epochs=1");

    var cut = classifier.predict("abbaiiiiiiii");
    var whole = classifier.predict("ABBA".toUpperCase(Locale.ROOT));

    assertThat(cut.probabilities()).isEqualTo(whole.probabilities());
    assertThat(cut.cut()).isTrue();
    assertThat(whole.cut()).isFalse();
  }

  @Test
  void theLastTokensAreKeptIfAsked() {
    var classifier = trained("tokens.max_length=4", "tokens.keep=last", "training.epochs=1");

    assertThat(classifier.predict("iiiiiiiiabba").probabilities())
        .isEqualTo(classifier.predict("abba").probabilities());
    assertThat(classifier.reader().part("iiiiiiiiabba")).isEqualTo("abba");
  }

  @Test
  void wordsAreTokensToo() {
    var trained = train("tokens.tokenizer=whitespace");

    assertThat(trained.job().floor().method()).contains("word");
    assertThat(trained.predictor(Classifier.class).predict("never seen").probabilities())
        .hasSize(3);
  }

  @Test
  void aBagOfNgramsIsAnEncoderToo() {
    var words = Toy.words();
    var trained =
        Toy.train(
            words, "classify", "data.label=language", "model.encoder=bag", "training.epochs=10");
    trained.job().predictor().save(new ModelDirectory(folder));

    var classifier = Classifier.load(folder);
    assertThat(classifier.predict(List.of("abba", "kiik", "muum")))
        .extracting(Prediction::label)
        .containsExactly("abba", "ikki", "umu");
    assertSameAloneAndAmongOthers(classifier);
  }

  @Test
  void rareLabelsCountMoreWhenTheyAreWeighted() {
    var weights = ClassBalance.weights(new int[] {1, 3, 0}, 0.5);
    assertThat(weights.toArray())
        .containsExactly(
            new float[] {
              (float) Math.sqrt(4 / 3.0), (float) Math.sqrt(4 / 9.0), (float) Math.sqrt(4 / 3.0)
            },
            within(1e-6f));
    assertThat(ClassBalance.weights(new int[] {1, 3, 0}, 0).toArray()).containsOnly(1);

    assertThat(train("loss.class_balance=1", "training.epochs=1").job().test().metrics())
        .containsKey("macro_recall");
  }

  @ParameterizedTest
  @CsvSource({
    "naive_bayes, naive_bayes, naive Bayes",
    "strong, strong, logistic regression on character 1–5-grams weighted by naive Bayes",
    "naive_bayes, strong, logistic regression",
    "strong, naive_bayes, naive Bayes"
  })
  void ngramsSpeakAlongBeforeAndAfterLoading(String ngrams, String floor, String method) {
    var trained = train("model.ngrams=" + ngrams, "floor.method=" + floor, "training.epochs=2");
    var classifier = trained.predictor(Classifier.class);
    classifier.save(folder);

    assertThat(Classifier.load(folder).predict(TEXTS)).isEqualTo(classifier.predict(TEXTS));
    assertThat(Files.exists(folder.resolve("ngrams.bin"))).isTrue();
    assertThat(trained.job().floor().method()).startsWith(method);
    assertSameAloneAndAmongOthers(classifier);
  }

  /// It stands in a table with what was asked, and in JSON.
  @Test
  void anAnswerCanBePrinted() {
    var prediction =
        new Prediction(
            "kiik",
            false,
            List.of(
                new Prediction.Scored("ikki", 0.75),
                new Prediction.Scored("umu", 0.2),
                new Prediction.Scored("abba", 0.05)));

    assertThat(prediction.fields())
        .containsExactly(
            java.util.Map.entry("predicted", "ikki"), java.util.Map.entry("probability", "0.7500"));
    assertThat(prediction.cells(2)).containsExactly("kiik", "ikki", " 75.0 %", "umu", " 20.0 %");
    assertThat(prediction.json(1))
        .hasToString(
            """
            {"text":"kiik","label":"ikki","probability":0.75,\
            "labels":[{"label":"ikki","probability":0.75}],"cut":false}\
            """);
  }

  @Test
  void whatIsNoClassifierIsNamed() {
    Toy.train("model-language", "training.epochs=1")
        .job()
        .predictor()
        .save(new ModelDirectory(folder));

    assertThatThrownBy(() -> Classifier.load(folder))
        .isInstanceOf(TaskException.class)
        .hasMessage(folder + ": expected a Classifier, got a Generator; load it as that");
    assertThat(Models.load(folder)).isInstanceOf(Generator.class);
    assertThatThrownBy(() -> Classifier.load(folder.resolve("nowhere")))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("nowhere: expected a run or a model, got no config.json there");
  }
}
