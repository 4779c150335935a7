package sequor.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// What a run writes into the README.
class ReportTest {
  @Test
  void aReportTakesThePlaceOfTheOneBefore() {
    var readme = "above\n" + Report.BEGIN + "old\n" + Report.END + "\nbelow\n";
    assertThat(Report.intoReadme(readme, "new\n"))
        .isEqualTo("above\n" + Report.BEGIN + "\nnew\n\n" + Report.END + "\nbelow\n");
  }

  @Test
  void withoutTheMarkersNothingIsWritten() {
    assertThatThrownBy(() -> Report.intoReadme("no table here", "new"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("put them back");
  }

  @Test
  void whoIsMissingIsNamedWithTheReason() {
    var result =
        new Result(Rows.named("generator"), Map.of(), Map.of(), Map.of(Entrant.DL4J, "no GRU"));
    var circumstances =
        new Report.Circumstances("2 cores", LocalDate.of(2026, 1, 2), OptionalInt.of(7));
    assertThat(Report.of(circumstances, List.of(result), Map.of()))
        .contains(
            "2 cores, 2026-01-02", "7 % of the cores", "- Deeplearning4j at generator: no GRU");
  }
}
