package sequor.tasks.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sequor.data.DataSet;
import sequor.tasks.Intervals;
import sequor.tasks.Metric;
import sequor.tasks.ReportSection;
import sequor.tasks.Toy;
import sequor.text.Labels;

class JudgementTest {
  private static final double CLOSE = 1e-12;
  private static final Labels LABELS = Labels.of(List.of("bad", "good"));

  @Test
  void metricsAreThoseDoneByHand() {
    var gold = List.of("bad", "good", "good", "bad");
    var judgement = new Judgement(LABELS, gold, Optional.of("good"));
    double[][] rows = {{0.9, 0.1}, {0.25, 0.75}, {0.5, 0.5}, {0.8, 0.2}};
    for (int i = 0; i < rows.length; i++) {
      judgement.add(gold.get(i), rows[i]); // of equals the first: bad
    }

    var metrics = judgement.metricsWithLoss();

    assertThat(metrics.get("accuracy")).isEqualTo(0.75, within(CLOSE));
    assertThat(metrics.get("macro_recall")).isEqualTo((1 + 0.5) / 2, within(CLOSE));
    assertThat(metrics.get("macro_precision")).isEqualTo((2 / 3.0 + 1) / 2, within(CLOSE));
    assertThat(metrics.get("macro_f1")).isEqualTo((0.8 + 2 / 3.0) / 2, within(CLOSE));
    assertThat(metrics.get("f1")).isEqualTo(2 / 3.0, within(CLOSE)); // of good
    assertThat(metrics.get("weighted_f1")).isEqualTo((0.8 + 2 / 3.0) / 2, within(CLOSE));
    assertThat(metrics.get("micro_f1")).isEqualTo(0.75, within(CLOSE));
    assertThat(metrics.get("matthews")) // (TP·TN − FP·FN) / √(…) = (1·2 − 0·1) / √(1·2·2·3)
        .isEqualTo(2 / Math.sqrt(12), within(CLOSE));
    assertThat(metrics.get("ece")) // bins of 0.9, 0.8, 0.75 and 0.5, one example each
        .isEqualTo((0.1 + 0.2 + 0.25 + 0.5) / 4, within(CLOSE));
    assertThat(metrics.get("loss")).isEqualTo(-Math.log(0.9 * 0.75 * 0.5 * 0.8) / 4, within(CLOSE));
    assertThat(metrics.keySet())
        .containsExactlyInAnyOrderElementsOf(
            Judgement.kinds(Optional.of("good")).stream().map(Metric::name).toList());
  }

  @Test
  void aLabelThatWasNotLearnedIsNeverRight() {
    var gold = List.of("bad", "ugly", "awful", "ugly");
    var judgement = new Judgement(LABELS, gold, Optional.of("good"));
    for (String label : gold) {
      judgement.add(label, new double[] {0.8, 0.2});
    }

    assertThat(Judgement.unknown(LABELS, gold)).containsExactly("awful", "ugly");
    assertThat(judgement.metricsWithLoss())
        .containsEntry("accuracy", 0.25)
        .containsEntry("loss", -Math.log(0.8)); // of those that it could say
    var strange = new Judgement(LABELS, List.of("awful"), Optional.empty());
    strange.add("awful", new double[] {0.8, 0.2});
    assertThat(strange.metricsWithLoss()).containsEntry("accuracy", 0.0).doesNotContainKey("loss");
    var table = (ReportSection.Table) judgement.sections().getFirst();
    assertThat(table.rows())
        .extracting(row -> row.getFirst())
        .containsExactly("bad", "good", "awful", "ugly");
    assertThat(table.rows().get(3)).containsExactly("ugly", 0.0, 0.0, 0.0, 2L);
  }

  @Test
  void everyMetricHasAnIntervalAndAFloorAPairedOne() {
    var gold = new ArrayList<String>();
    for (int i = 0; i < 200; i++) {
      gold.add(i % 3 == 0 ? "good" : "bad");
    }
    var judgement = new Judgement(LABELS, gold, Optional.empty());
    int[] floor = new int[gold.size()]; // always bad
    for (int i = 0; i < floor.length; i++) {
      judgement.add(gold.get(i), i % 3 == 0 && i % 2 == 0 ? 1 : 0);
    }

    var intervals = judgement.intervals(Optional.of(floor));

    assertThat(intervals.metrics().keySet()).isEqualTo(judgement.metrics().keySet());
    intervals
        .metrics()
        .forEach(
            (name, interval) ->
                assertThat(judgement.metrics().getOrDefault(name, Double.NaN))
                    .as(name)
                    .isBetween(interval.low(), interval.high()));
    assertThat(intervals.overFloor().keySet()).isEqualTo(intervals.metrics().keySet());
    double above = judgement.metrics().getOrDefault("accuracy", Double.NaN) - 133 / 200.0;
    var over = intervals.overFloor().get("accuracy");
    assertThat(over).isNotNull();
    assertThat(above).isBetween(over.low(), over.high());
    assertThat(over.low()).isPositive(); // it is right wherever the floor is
    assertThat(judgement.intervals(Optional.of(judgement.said())).overFloor().values())
        .allSatisfy(range -> assertThat(range.high() - range.low()).isZero());
    assertThat(judgement.intervals(Optional.empty()).overFloor()).isEmpty();
    assertThat(judgement.intervals(Optional.empty()).metrics()).isEqualTo(intervals.metrics());
    assertThat(new Judgement(LABELS, List.of(), Optional.empty()).intervals(Optional.empty()))
        .isEqualTo(Intervals.none());
  }

  @Test
  void aLabelOfTheTestSplitAloneDoesNotStopTraining() {
    var words = Toy.words();
    var test = new ArrayList<>(words.test().toList());
    test.add(Toy.row("xyz", "elvish"));
    test.add(Toy.row("zyx", "elvish"));
    var valid = new ArrayList<>(words.valid().toList());
    valid.add(Toy.row("qqq", "dwarvish"));
    var rows = DataSet.of(words.train().toList(), valid, test);

    var job = Toy.train(rows, "classify", "data.label=language").job();

    assertThat(job.notices())
        .containsExactly(
            "the validation split has labels that no training example has, which count as wrong:"
                + " dwarvish",
            "the test split has labels that no training example has, which count as wrong: elvish");
    double accuracy = job.test().metrics().getOrDefault("accuracy", Double.NaN);
    assertThat(accuracy).isBetween(0.5, 15 / 17.0);
    assertThat(job.floor().metrics().get("accuracy")).isLessThanOrEqualTo(15 / 17.0);
    assertThat(job.test().predictions().rows()).hasSize(17);
    assertThat(job.test().predictions().rows().getLast()).startsWith("zyx", "elvish");
    assertThat(job.predictor().evaluate(rows.test()).metrics()).isEqualTo(job.test().metrics());
    assertThat(job.sizes().test()).isEqualTo(17);
  }

  /// Those of the other splits when they are first judged.
  @Test
  void textsThatAreCutAreCounted() {
    var job =
        Toy.prepare(
            DataSet.of(
                List.of(Toy.row("abba", "abba"), Toy.row("ik", "ikki")),
                List.of(Toy.row("ikkik", "ikki")),
                List.of(Toy.row("ab", "abba"), Toy.row("abbab", "abba"))),
            "classify",
            "data.label=language",
            "tokens.max_length=3");

    assertThat(job.notices())
        .containsExactly("1 of 2 texts are longer than tokens.max_length 3 and are cut");
    job.evaluate();
    assertThat(job.notices())
        .containsExactly("2 of 3 texts are longer than tokens.max_length 3 and are cut");
    job.test();
    assertThat(job.notices())
        .containsExactly("3 of 5 texts are longer than tokens.max_length 3 and are cut");
  }
}
