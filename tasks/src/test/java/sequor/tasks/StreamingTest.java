package sequor.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sequor.data.Cursor;
import sequor.data.DataException;
import sequor.data.DataSet;
import sequor.data.Row;
import sequor.tasks.classify.Classifier;
import sequor.tasks.classify.Prediction;

/// Learning from what is read anew each epoch.
class StreamingTest {
  @ParameterizedTest
  @CsvSource({"classify, data.label=language", "model-language, data.label=language"})
  void aStreamGivesAModelAndTheSameBitsAgain(String task, String label) {
    var rows = Toy.streaming(Toy.words());

    var once = Toy.train(rows, task, label, "data.stream=true");
    var again = Toy.train(rows, task, label, "data.stream=true");

    assertThat(again.bits()).isEqualTo(once.bits());
    assertThat(again.job().test().metrics()).isEqualTo(once.job().test().metrics());
    assertThat(again.job().floor()).isEqualTo(once.job().floor());
    assertThat(once.job().batchesPerEpoch()).isEmpty();
    assertThat(once.job().sizes().test()).isEqualTo(15);
  }

  @Test
  void whatAStreamTaughtIsKnown() {
    var trained =
        Toy.train(
            Toy.streaming(Toy.words()),
            "classify",
            "data.label=language",
            "data.stream=true",
            "training.epochs=5");

    assertThat(trained.predictor(Classifier.class).predict(List.of("abba", "kiik", "muum")))
        .extracting(Prediction::label)
        .containsExactly("abba", "ikki", "umu");
  }

  /// Its vocabulary, labels and floor are those of the same rows in memory.
  @Test
  void whatIsCountedIsTheSameAsInMemory() {
    var words = Toy.words();
    for (String task : List.of("classify", "model-language")) {
      var held = Toy.prepare(words, task, "data.label=language");
      var streamed =
          Toy.prepare(Toy.streaming(words), task, "data.label=language", "data.stream=true");

      assertThat(streamed.floor()).isEqualTo(held.floor());
      assertThat(streamed.test().metrics()).isEqualTo(held.test().metrics());
      assertThat(streamed.predictor().config().object("model"))
          .isEqualTo(held.predictor().config().object("model"));
    }
  }

  @Test
  void aRowThatCannotBeReadStopsTrainingWithItsPlace() {
    var words = Toy.words();
    var rows = new ArrayList<>(words.train().toList());
    rows.add(
        new Row(Row.Header.of("words.csv", List.of("word", "language")), 92, List.of("umuu", " ")));
    var broken = new DataSet<Row>(() -> Cursor.of(rows.iterator()), words.valid(), words.test());

    for (String task : List.of("classify", "model-language")) {
      assertThatThrownBy(() -> Toy.train(broken, task, "data.label=language", "data.stream=true"))
          .hasMessage(
              "words.csv:92: expected a language, got none; fill it in, or leave" + " the row out");
    }
  }

  @Test
  void withoutRowsThereIsNothingToLearn() {
    var none = DataSet.of(List.<Row>of(), List.<Row>of(), List.<Row>of());
    for (String task : List.of("classify", "model-language")) {
      for (String stream : List.of("true", "false")) {
        assertThatThrownBy(() -> Toy.prepare(none, task, "data.stream=" + stream))
            .isInstanceOf(DataException.class)
            .hasMessageEndingWith("to learn from, got none; give some");
      }
    }
  }
}
