package sequor.tasks.multilabel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.data.Data;
import sequor.data.DataException;
import sequor.data.DataSet;
import sequor.data.Row;
import sequor.data.Source;
import sequor.json.Json;
import sequor.models.RecurrentEncoder;
import sequor.store.ModelDirectory;
import sequor.tasks.TaskException;
import sequor.tasks.Toy;

class MultiLabelTest {
  private static final double CLOSE = 1e-12;

  @TempDir Path folder;

  /// A word has the labels of the letters in it.
  private static List<Row> rows(int count) {
    var rows = new ArrayList<Row>();
    for (int i = 0; i < count; i++) {
      var word = new StringBuilder("x");
      var labels = new ArrayList<String>();
      for (int l = 0; l < 3; l++) {
        if ((i >> l & 1) == 1) {
          word.append("abc".charAt(l)).repeat('x', i / 8 % 3);
          labels.add(" " + "abc".charAt(l));
        }
      }
      rows.add(Row.of(Map.of("word", word.toString(), "has", String.join("|", labels))));
    }
    return rows;
  }

  private static Toy.Trained trained(DataSet<Row> rows, String... more) {
    var overrides =
        new ArrayList<>(
            List.of(
                "data.label=has",
                "data.label_separator=|",
                "training.epochs=40",
                "training.patience=40",
                "model.dropout=0.1"));
    overrides.addAll(List.of(more));
    return Toy.train(rows, "multilabel", overrides.toArray(String[]::new));
  }

  private static DataSet<Row> words() {
    return DataSet.of(rows(96), rows(48), rows(24));
  }

  @Test
  void labelsAreLearnedSavedAndLoaded() {
    var trained = trained(words());
    var floor = trained.job().floor();
    var test = trained.job().test();

    assertThat(floor.method()).isEqualTo("always what more than half have: none");
    assertThat(floor.metrics())
        .containsEntry("micro_f1", 0.0)
        .containsEntry("subset_accuracy", 1 / 8.0);
    assertThat(test.metrics().get("micro_f1")).isGreaterThan(0.9);
    assertThat(test.metrics().get("subset_accuracy")).isGreaterThan(0.8);
    var over = test.intervals().overFloor().get("micro_f1");
    assertThat(over).isNotNull();
    assertThat(over.low()).isGreaterThan(0.5);
    assertThat(test.predictions().columns()).containsExactly("word", "has", "predicted");
    assertThat(test.predictions().rows().get(3)).startsWith("xab", "a|b");

    var labeler = trained.predictor(MultiLabeler.class);
    labeler.save(folder);
    var texts = List.of("xab", "xcxx", "x", "");
    assertThat(MultiLabeler.load(folder).predict(texts)).isEqualTo(labeler.predict(texts));
    assertThat(MultiLabeler.load(folder).evaluate(Source.of(rows(24))).metrics())
        .isEqualTo(test.metrics());
    assertThat(labeler.predict("xab").fields()).containsEntry("predicted", "a|b");
    for (var text : texts) {
      var among = labeler.predict(List.of(text, "xabxxcxx")).getFirst();
      for (int i = 0; i < 3; i++) {
        assertThat(labeler.predict(text).probabilities().get(i).probability())
            .isEqualTo(among.probabilities().get(i).probability(), within(1e-5));
      }
    }
  }

  @Test
  void theSameSeedGivesTheSameBitsAndThresholdsMayBeFitted() {
    String[] quick = {"training.epochs=3", "model.members=2", "model.threshold=fitted"};
    var first = trained(words(), quick);
    assertThat(trained(words(), quick).bits()).isEqualTo(first.bits());
    var labeler = first.predictor(MultiLabeler.class);
    labeler.save(folder);
    assertThat(MultiLabeler.load(folder).predict("xab")).isEqualTo(labeler.predict("xab"));
    assertThat(labeler.config().array("thresholds").values()).hasSize(3);
    var fitted = labeler.evaluate(Source.of(rows(48))).metrics(); // those it was fitted on
    var half = trained(words(), "training.epochs=3", "model.members=2");
    assertThat(fitted.getOrDefault("macro_f1", 0.0))
        .isGreaterThanOrEqualTo(
            half.predictor(MultiLabeler.class)
                .evaluate(Source.of(rows(48)))
                .metrics()
                .getOrDefault("macro_f1", 1.0));
    var config = new ModelDirectory(folder).config();
    config.write(config.read().with("thresholds", Json.ofList(List.of(Json.of(0.5)))));
    assertThatThrownBy(() -> MultiLabeler.load(folder))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("expected 3 thresholds from 0 to 1, got [0.5]");
  }

  /// Right a+b, b, none; said a, a+b, none: TP 2 of 3 said and 3 right; F1 of a 2/3, of b 2/3.
  @Test
  void metricsAreThoseDoneByHand() {
    boolean[][] gold = {{true, true}, {false, true}, {false, false}};
    boolean[][] said = {{true, false}, {true, true}, {false, false}};
    var judgement = new Judgement(List.of("a", "b"), gold, said);

    assertThat(judgement.metrics().get("micro_f1")).isEqualTo(4 / 6.0, within(CLOSE));
    assertThat(judgement.metrics().get("macro_f1")).isEqualTo(2 / 3.0, within(CLOSE));
    assertThat(judgement.metrics().get("subset_accuracy")).isEqualTo(1 / 3.0, within(CLOSE));
    assertThat(judgement.intervals(Optional.of(said)).overFloor().get("micro_f1"))
        .satisfies(range -> assertThat(range).hasToString("Interval[low=0.0, high=0.0]"));
    var none = new Judgement(List.of("a"), new boolean[0][], new boolean[0][]);
    assertThat(none.intervals(Optional.empty()).metrics()).isEmpty();
    assertThat(none.metrics().values()).containsOnly(0.0);
  }

  /// Of 0.9 (right), 0.4 (right), 0.3 (wrong): everything above 0.35 is best, F1 1.
  @Test
  void thresholdsAreThoseDoneByHand() {
    double[][] rows = {{0.9, 0.1}, {0.4, 0.2}, {0.3, 0.9}};
    boolean[][] gold = {{true, false}, {true, false}, {false, false}};

    var fitted = Thresholds.fitted(rows, gold, 2);

    assertThat(fitted.values()[0]).isEqualTo(0.35, within(CLOSE));
    assertThat(fitted.values()[1]).isEqualTo(0.5); // nobody has it
    assertThat(fitted.labels(rows[1])).containsExactly(true, false);
    assertThat(Thresholds.half(2).labels(rows[1])).containsExactly(false, false);
  }

  @Test
  void aLabelOfTheTestSplitAloneIsNeverSaid() {
    var test = new ArrayList<>(rows(8));
    test.add(Row.of(Map.of("word", "xz", "has", "z")));
    var job = trained(DataSet.of(rows(48), rows(16), test), "training.epochs=1").job();

    assertThat(job.notices())
        .containsExactly(
            "the test split has labels that no training example has, which are never said: z");
    assertThat(job.floor().metrics()).containsKey("micro_f1");
    assertThat(job.test().predictions().rows().getLast()).startsWith("xz", "z");
    assertThat(job.test().metrics().getOrDefault("subset_accuracy", 1.0)).isLessThan(1.0);
  }

  @Test
  void tenLinesLearnFromPairs() {
    var pairs = new ArrayList<Example>();
    for (int i = 0; i < 64; i++) {
      String first = i % 2 == 0 ? "ab" : "ik";
      String second = i / 2 % 2 == 0 ? "ab" : "ik";
      pairs.add(
          first.equals(second)
              ? Example.pair(first, second, "same", first)
              : Example.pair(first, second));
    }
    var all = DataSet.of(pairs, pairs, List.<Example>of());
    var multi = MultiLabel.with(RecurrentEncoder.gru(16)).epochs(60).seed(7);
    var labeler = multi.training(multi.training().with("patience", 60)).train(all);

    assertThat(labeler.predict("ab", "ab").labels()).containsExactly("ab", "same");
    assertThat(labeler.predict("ab", "ik").labels()).isEmpty();
  }

  @Test
  void withoutLabelsThereIsNothingToLearn() {
    assertThatThrownBy(
            () -> MultiLabel.with(RecurrentEncoder.gru(4)).train(List.of(Example.of("a"))))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            "multilabel: expected examples with labels to learn from, got none");
  }

  @Test
  void aListInAFileHasItsLabels() throws IOException {
    var file =
        Files.writeString(
            folder.resolve("a.jsonl"),
            """
            {"word": "x", "has": ["Sci-Fi, fantasy", "fun"]}
            {"word": "x", "has": []}
            {"word": "x", "has": "fun|old"}
            """);
    var settings = Toy.settings(new MultiLabelTask(), "data.label=has", "data.label_separator=|");
    var config = MultiLabelConfig.of(settings);

    assertThat(Data.open(settings.section("data"), file).toList())
        .extracting(row -> config.example(row).labels())
        .containsExactly(Set.of("Sci-Fi, fantasy", "fun"), Set.of(), Set.of("fun", "old"));
  }
}
