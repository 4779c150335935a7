package sequor.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
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
  void whoIsMissingIsNamedWithTheReason() throws IOException {
    var result = new Result(Rows.named("generator"), Map.of(), Map.of(Entrant.DL4J, "no GRU"));
    assertThat(Report.of(List.of(result), Map.of(), LocalDate.of(2026, 1, 2)))
        .contains("2026-01-02", "- Deeplearning4j at generator: no GRU");
  }
}
