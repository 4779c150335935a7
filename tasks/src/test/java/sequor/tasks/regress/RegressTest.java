package sequor.tasks.regress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sequor.data.DataException;
import sequor.data.DataSet;
import sequor.data.Row;
import sequor.models.RecurrentEncoder;
import sequor.tasks.ReportSection;
import sequor.tasks.TaskException;
import sequor.tasks.Toy;

class RegressTest {
  private static final double CLOSE = 1e-12;

  @TempDir Path folder;

  /// How many letters a word has: 1 to 8, of two letters.
  private static List<Row> rows(int count) {
    var rows = new ArrayList<Row>();
    for (int i = 0; i < count; i++) {
      int length = 1 + i * 5 % 8;
      rows.add(
          Row.of(
              Map.of("word", (i % 3 == 0 ? "a" : "b").repeat(length), "length", "" + 10 * length)));
    }
    return rows;
  }

  private static Toy.Trained trained(String... more) {
    var overrides =
        new ArrayList<>(List.of("data.label=length", "training.epochs=40", "training.patience=40"));
    overrides.addAll(List.of(more));
    return Toy.train(
        DataSet.of(rows(96), rows(24), rows(16)), "regress", overrides.toArray(String[]::new));
  }

  @Test
  void aNumberIsLearnedSavedAndLoaded() {
    var trained = trained();
    var floor = trained.job().floor();
    var test = trained.job().test();

    assertThat(floor.method()).startsWith("always the mean, 45.0000");
    assertThat(floor.metrics()).containsEntry("pearson", 0.0).containsEntry("mae", 20.0);
    assertThat(test.metrics().get("mae")).isLessThan(8.0);
    assertThat(test.metrics().get("pearson")).isGreaterThan(0.9);
    assertThat(test.metrics().get("spearman")).isGreaterThan(0.9);
    var over = test.intervals().overFloor().get("mae");
    assertThat(over).isNotNull();
    assertThat(over.high()).isNegative(); // surely below the floor's error
    assertThat(test.sections(ReportSection.Examples.class).getFirst().rows()).hasSize(16);
    assertThat(test.predictions().columns()).containsExactly("word", "length", "predicted");

    var regressor = trained.predictor(Regressor.class);
    regressor.save(folder);
    var texts = List.of("aaa", "bbbbbbb", "");
    assertThat(Regressor.load(folder).predict(texts)).isEqualTo(regressor.predict(texts));
    assertThat(Regressor.load(folder).evaluate(sequor.data.Source.of(rows(16))).metrics())
        .isEqualTo(test.metrics());
    for (var text : texts) {
      assertThat(regressor.predict(List.of(text, "aaaaaaaa")).getFirst().value())
          .isEqualTo(regressor.predict(text).value(), within(1e-4)); // padded as alone
    }
    assertThat(regressor.predict("aaaa").json(1).names()).containsExactly("text", "value", "cut");
  }

  @Test
  void theSameSeedGivesTheSameBits() {
    String[] quick = {"training.epochs=2", "model.members=2"};
    assertThat(trained(quick).bits()).isEqualTo(trained(quick).bits());
    assertThat(trained("training.epochs=2", "data.stream=true").job().sizes().train())
        .isEqualTo(96);
  }

  @Test
  void tenLinesLearnFromPairs() {
    var pairs = new ArrayList<Example>();
    for (int i = 0; i < 64; i++) {
      String first = (i % 2 == 0 ? "ab" : "ik").repeat(1 + i / 4 % 2);
      String second = (i / 2 % 2 == 0 ? "ab" : "ik").repeat(1 + i / 8 % 2);
      pairs.add(Example.pair(first, second, i % 2 == i / 2 % 2 ? 5 : 1));
    }

    var all = DataSet.of(pairs, pairs, List.<Example>of());
    var regressor = Regress.with(RecurrentEncoder.gru(16)).epochs(40).seed(7).train(all);

    assertThat(regressor.predict("abab", "ab").value()).isEqualTo(5, within(0.7));
    assertThat(regressor.predict("ab", "ikik").value()).isEqualTo(1, within(0.7));
    regressor.save(folder);
    assertThat(Regressor.load(folder).predict("ab", "ik")).isEqualTo(regressor.predict("ab", "ik"));
    assertThat(regressor.columns()).containsExactly("text", "pair");
  }

  /// Said 1 2 4 4 of 1 3 3 5: errors 0 1 1 1; ranks 1 2 3.5 3.5 of 1 2.5 2.5 4.
  @Test
  void metricsAreThoseDoneByHand() {
    var scale = new Interval(3, 2);
    double[][] rows = {{-1}, {-0.5}, {0.5}, {0.5}};
    var errors = Errors.of(new double[] {1, 3, 3, 5}, rows, scale);
    assertThat(errors.said()).containsExactly(1, 2, 4, 4);

    var metrics = errors.metricsWithLoss();

    assertThat(metrics.get("mae")).isEqualTo(0.75, within(CLOSE));
    assertThat(metrics.get("rmse")).isEqualTo(Math.sqrt(0.75), within(CLOSE));
    assertThat(metrics.get("loss")).isEqualTo(0.75 / 4, within(CLOSE));
    // deviations −1.75 −0.75 1.25 1.25 and −2 0 0 2: 6 / √(6.75 · 8)
    assertThat(metrics.get("pearson")).isEqualTo(6 / Math.sqrt(6.75 * 8), within(CLOSE));
    // deviations of ranks −1.5 −0.5 1 1 and −1.5 0 0 1.5: 3.75 / √(4.5 · 4.5)
    assertThat(metrics.get("spearman")).isEqualTo(3.75 / 4.5, within(CLOSE));
    assertThat(errors.worst(2)).containsExactly(1, 2);
    assertThat(metrics.keySet())
        .containsExactlyElementsOf(Errors.kinds(scale).stream().map(kind -> kind.name()).toList());
    var none = Errors.of(new double[0], new double[0][], scale);
    assertThat(none.intervals(Optional.empty()).metrics()).isEmpty();
    assertThat(none.metrics().values()).containsOnly(0.0);
  }

  @Test
  void whatIsNoNumberIsNamedWithItsPlace() {
    for (var wrong : List.of("", "five", "NaN", "1f", "Infinity")) {
      var rows = List.of(Row.of(Map.of("word", "a", "length", wrong)));
      assertThatThrownBy(
              () -> Toy.prepare(DataSet.of(rows, rows, rows), "regress", "data.label=length"))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("expected a number in column length, got '" + wrong + "'");
    }
    var comma = List.of(Row.of(Map.of("word", "a", "length", "3,5")));
    assertThatThrownBy(
            () -> Toy.prepare(DataSet.of(comma, comma, comma), "regress", "data.label=length"))
        .hasMessageEndingWith("write a point: 3.5");
    assertThatThrownBy(() -> Example.of("a", Double.NaN)).isInstanceOf(TaskException.class);
    assertThatThrownBy(() -> Regress.with(RecurrentEncoder.gru(4)).train(List.of()))
        .isInstanceOf(DataException.class)
        .hasMessage("regress: expected examples to learn from, got none; give some");
  }
}
