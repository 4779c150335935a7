package sequor.tasks.regress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.data.DataException;
import sequor.data.DataSet;
import sequor.data.Row;
import sequor.json.Json;
import sequor.models.RecurrentEncoder;
import sequor.store.ModelDirectory;
import sequor.tasks.Metric;
import sequor.tasks.TaskException;
import sequor.tasks.Toy;

/// Numbers of which only the order means something.
class LevelsTest {
  private static final double CLOSE = 1e-12;
  private static final double[] GOLD = {1, 2, 3, 4, 5, 3, 2, 5, 1, 1, 4, 2};
  private static final double[] SAID = {1, 2, 4, 4, 3, 3, 1, 5, 2, 1, 5, 5};

  @TempDir Path folder;

  /// How many letters a word has, as 1, 2, 10 or 11 stars.
  private static List<Row> rows(int count) {
    var rows = new ArrayList<Row>();
    for (int i = 0; i < count; i++) {
      int length = 1 + i * 5 % 8;
      int stars = List.of(1, 2, 10, 11).get((length - 1) / 2);
      rows.add(
          Row.of(Map.of("word", (i % 3 == 0 ? "a" : "b").repeat(length), "stars", "" + stars)));
    }
    return rows;
  }

  private static Toy.Trained trained(String... more) {
    var overrides =
        new ArrayList<>(
            List.of(
                "data.label=stars",
                "model.target=levels",
                "training.epochs=40",
                "training.patience=40",
                "training.watch=quadratic_kappa"));
    overrides.addAll(List.of(more));
    return Toy.train(
        DataSet.of(rows(96), rows(24), rows(16)), "regress", overrides.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.members=1", "model.members=2", "model.head_size=6"})
  void aLevelIsLearnedSavedAndLoaded(String more) {
    var trained = trained(more);
    var floor = trained.job().floor();
    var test = trained.job().test();

    assertThat(floor.method()).isEqualTo("always the median, 2.0");
    assertThat(floor.metrics()).containsEntry("quadratic_kappa", 0.0);
    assertThat(test.metrics().get("quadratic_kappa")).isGreaterThan(0.8);
    assertThat(test.metrics().get("accuracy")).isGreaterThan(0.7);
    assertThat(test.intervals().overFloor()).containsKey("quadratic_kappa");
    assertThat(test.metrics().keySet())
        .containsExactlyElementsOf(trained.job().metrics().stream().map(Metric::name).toList());

    var regressor = trained.predictor(Regressor.class);
    regressor.save(folder);
    var texts = List.of("aaa", "bbbbbbb", "", "bababababababa");
    assertThat(Regressor.load(folder).predict(texts)).isEqualTo(regressor.predict(texts));
    for (var text : texts) {
      assertThat(regressor.predict(text).value()).isIn(1.0, 2.0, 10.0, 11.0);
    }
  }

  @Test
  void aProgramLearnsThemToo() {
    var examples = rows(64).stream().map(LevelsTest::example).toList();
    var regress = Regress.with(RecurrentEncoder.gru(12)).levels().epochs(40);
    var slowly = regress.training().with("patience", 40).with("learning_rate", 0.02);
    var regressor = regress.training(slowly).train(examples);
    assertThat(regressor.predict("a").value()).isEqualTo(1);
    assertThat(regressor.predict("bbbbbbbb").value()).isEqualTo(11);
  }

  private static Example example(Row row) {
    return Example.of(row.field("word"), Double.parseDouble(row.field("stars")));
  }

  /// By the definition in fractions: Σ w·O = 25 … and 1 − Σ w·O / Σ w·E = 36/53; nine stars off in
  /// twelve, six right.
  @Test
  void metricsAreThoseDoneByHand() {
    var levels = Levels.of(GOLD);
    var metrics = new Errors(GOLD, SAID, levels, 0).metrics();

    assertThat(metrics.get("quadratic_kappa")).isEqualTo(36 / 53.0, within(CLOSE));
    assertThat(metrics.get("mae")).isEqualTo(9 / 12.0, within(CLOSE));
    assertThat(metrics.get("accuracy")).isEqualTo(6 / 12.0, within(CLOSE));
    assertThat(new Errors(GOLD, GOLD, levels, 0).metrics().get("quadratic_kappa")).isEqualTo(1);
    double[] same = {3, 3};
    assertThat(new Errors(same, same, levels, 0).metrics().get("quadratic_kappa")).isZero();
    var none = Errors.of(new double[0], new double[0][], levels);
    assertThat(none.metrics().values()).containsOnly(0.0);
    assertThat(none.intervals(Optional.empty()).metrics()).isEmpty();
  }

  /// Kappa from the whole table of what was said of what, as Cohen (1968) defines it; it knows no
  /// distance but that of places.
  @Test
  void kappaIsThatOfItsDefinition() {
    var random = new Random(5);
    double[] stars = {1, 2, 10, 11};
    for (int n = 2; n < 60; n += 3) {
      double[] gold = random.ints(n, 0, 4).mapToDouble(i -> stars[i]).toArray();
      double[] said = random.ints(n, 0, 4).mapToDouble(i -> stars[i]).toArray();
      var levels = new Levels(List.of(1.0, 2.0, 10.0, 11.0), 2);

      double[][] table = new double[4][4];
      for (int i = 0; i < n; i++) {
        table[Arrays.binarySearch(stars, gold[i])][Arrays.binarySearch(stars, said[i])]++;
      }
      double seen = 0;
      double expected = 0;
      for (int i = 0; i < 4; i++) {
        for (int j = 0; j < 4; j++) {
          double row = Arrays.stream(table[i]).sum();
          int to = j;
          double column = Arrays.stream(table).mapToDouble(each -> each[to]).sum();
          seen += (i - j) * (i - j) * table[i][j];
          expected += (i - j) * (i - j) * row * column / n;
        }
      }
      double kappa = expected == 0 ? 0 : 1 - seen / expected;
      assertThat(new Errors(gold, said, levels, 0).metrics().get("quadratic_kappa"))
          .isEqualTo(kappa, within(CLOSE));
    }
  }

  @Test
  void aTextIsAboveAsManyLevelsAsItIsProbablyAbove() {
    var levels = Levels.of(new double[] {5, 1, 2, 5, 2, 2});
    assertThat(levels).isEqualTo(new Levels(List.of(1.0, 2.0, 5.0), 2));
    assertThat(levels.target(1)).containsExactly(0, 0);
    assertThat(levels.target(2)).containsExactly(1, 0);
    assertThat(levels.target(7)).containsExactly(1, 1); // one that nobody learned
    assertThat(levels.value(new double[] {0.9, 0.2})).isEqualTo(2);
    assertThat(levels.value(new double[] {0.5, 0.2})).isEqualTo(1);
    assertThat(levels.loss(2, new double[] {0.9, 0.2}))
        .isEqualTo(-(Math.log(0.9) + Math.log(0.8)) / 2, within(CLOSE));
  }

  @Test
  void whatAreNoLevelsIsRefused() {
    assertThatThrownBy(() -> Levels.of(new double[] {3, 3}))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "regress: expected 2 to 100 levels, such as 1 to 5, got 1 different numbers; give texts"
                + " of more");
    double[] many = new Random(1).doubles(101).toArray();
    assertThatThrownBy(() -> Levels.of(many))
        .hasMessageEndingWith("got 101 different numbers; set model.target to number");
  }

  @Test
  void aDamagedModelIsRefused() {
    trained("training.epochs=1").predictor(Regressor.class).save(folder);
    var config = new ModelDirectory(folder).config();
    config.write(config.read().with(Levels.LEVELS, Json.parse("[2, 1]")));
    assertThatThrownBy(() -> Regressor.load(folder))
        .isInstanceOf(TaskException.class)
        .hasMessage(
            "target_levels: expected levels that rise, got [2.0, 1.0]; copy the model again");
  }
}
