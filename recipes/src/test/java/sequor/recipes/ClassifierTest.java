package sequor.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassifierTest {
  private static final List<String> TEXTS =
      List.of("baab", "", "i", "ikikikikikikikikikikikik", "umm", "xyz 한국어 😀", "u");

  @TempDir Path folder;

  private Classifier trained(String... overrides) throws IOException {
    Toy.train(Toy.classifier(Toy.words(folder), overrides), folder.resolve("run"));
    return (Classifier) Trained.load(folder.resolve("run"));
  }

  @ParameterizedTest
  @CsvSource({
    "rnn, last, 0, 1",
    "lstm, all, 6, 2",
    "gru, mean, 0, 1",
    "gru, max, 0, 2",
    "lstm, last, 3, 1"
  })
  void aTextGetsTheSameAnswerAloneAndAmongOthers(String cell, String pooling, int head, int layers)
      throws IOException {
    var classifier =
        trained(
            "model.cell=" + cell,
            "model.pooling=" + pooling,
            "model.head_size=" + head,
            "model.layers=" + layers,
            "training.epochs=1");

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
  void anyTextHasProbabilitiesThatAreOneTogether(boolean marks) throws IOException {
    var classifier = trained("tokens.marks=" + marks, "training.epochs=1");

    for (var prediction : classifier.predict(TEXTS)) {
      var probabilities =
          prediction.probabilities().stream().mapToDouble(Classifier.Scored::probability);
      assertThat(probabilities.sum()).isCloseTo(1, within(1e-5));
      assertThat(prediction.label())
          .isEqualTo(prediction.probabilities().getFirst().label())
          .isIn(Toy.LANGUAGES);
    }
    assertThat(classifier.predict(List.of())).isEmpty();
  }

  @Test
  void whatWasLearnedIsKnownAfterLoading() throws IOException {
    var classifier = trained();

    assertThat(classifier.predict(List.of("abba", "kiik", "muum")))
        .extracting(Classifier.Prediction::label)
        .containsExactly("abba", "ikki", "umu");
    assertThat(classifier.labels().names()).isEqualTo(Toy.LANGUAGES);
  }

  @Test
  void longTextsAreCutAndCaseIsLoweredAsTheRecipeSays() throws IOException {
    var classifier = trained("tokens.max_length=4", "tokens.lower_case=true", "training.epochs=1");

    assertThat(classifier.predict("abbaiiiiiiii").probabilities())
        .isEqualTo(classifier.predict("ABBA".toUpperCase(Locale.ROOT)).probabilities());
  }

  @Test
  void wordsAreTokensToo() throws IOException {
    var words = Toy.classifier(Toy.words(folder), "tokens.tokenizer=whitespace");

    var report = Toy.train(words, folder.resolve("run"));

    assertThat(report.floor().method()).contains("word");
    var classifier = (Classifier) Trained.load(folder.resolve("run"));
    assertThat(classifier.predict("never seen").probabilities()).hasSize(3);
  }

  @Test
  void rareLabelsCountMoreWhenTheyAreWeighted() throws IOException {
    var recipe = Toy.classifier(Toy.words(folder), "training.class_balance=1", "training.epochs=1");

    assertThat(Toy.train(recipe, folder.resolve("run")).test()).containsKey("macro_recall");
  }
}
