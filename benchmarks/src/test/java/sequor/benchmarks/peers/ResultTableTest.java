package sequor.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sequor.speed.Spread;
import sequor.speed.Timings;

/// Which figures stand where, and what is divided by what.
class ResultTableTest {
  private static final Row STEP = Rows.named("sentiment-lengths");
  private static final Row PREDICTION = Rows.named("predict-classifier");
  private static final Row PRODUCT = Rows.named("product-1536x1536x1536-NN");

  @Test
  void theBestOfOursIsComparedWithTheBestOfAllLibtorchs() {
    var result =
        result(
            STEP,
            Map.of(
                new Seat(Entrant.SEQUOR, 1), 40e6,
                new Seat(Entrant.SEQUOR, 2), 30e6,
                new Seat(Entrant.OPENBLAS, 1), 120e6,
                new Seat(Entrant.OPENBLAS_PACKED, 2), 60e6,
                new Seat(Entrant.MKL, 2), 75e6,
                new Seat(Entrant.DL4J, 1), 10e6));
    assertThat(ResultTable.of(List.of(result))).contains("| 0.50 |");
  }

  @Test
  void aCellHoldsOneThreadThenAllAndItsVariants() {
    var timings = new LinkedHashMap<Seat, Timings>();
    timings.put(new Seat(Entrant.SEQUOR, 1), taking(1_234_000));
    timings.put(new Seat(Entrant.SEQUOR, 2), taking(812_000));
    timings.put(new Seat(Entrant.OPENBLAS, 1), taking(12_340_000));
    timings.put(new Seat(Entrant.OPENBLAS_PACKED, 1), taking(123_400_000));
    var table = ResultTable.of(List.of(new Result(STEP, timings, Map.of(), Map.of())));
    assertThat(table).contains("| 1.23 ms / 812 µs | 12.3 ms; packed 123 ms | 0.07 |");
    assertThat(table).doesNotContain("MKL");
  }

  @Test
  void anItemAloneHasALineForItsSlowestAnswers() {
    long[] nanos = new long[100];
    Arrays.setAll(nanos, i -> 1000L * (i + 1));
    var timings = Map.of(new Seat(Entrant.SEQUOR, 1), new Timings(nanos, 0, 0));
    assertThat(ResultTable.of(List.of(new Result(PREDICTION, timings, Map.of(), Map.of()))).lines())
        .endsWith(
            "| " + PREDICTION.title() + " | 50.0 µs | – |",
            "| " + PREDICTION.title() + ", 99th percentile | 99.0 µs | – |");
  }

  @Test
  void productsAreRates() {
    var result =
        result(PRODUCT, Map.of(new Seat(Entrant.SEQUOR, 1), 2.0 * 1536 * 1536 * 1536 / 250.));
    assertThat(ResultTable.of(List.of(result))).contains("GFLOP/s").contains("| 250 | – |");
  }

  @Test
  void theSpreadOfEachSeatStandsBesideWhatAStepCosts() {
    var one = new Seat(Entrant.SEQUOR, 2);
    var other = new Seat(Entrant.OPENBLAS_PACKED, 1);
    var spreads = new LinkedHashMap<Seat, Spread>();
    spreads.put(one, new Spread(1_050_000, 1_200_000, 2_100_000));
    spreads.put(other, new Spread(910, 1_000, 2_000));
    var timings = Map.of(one, new Timings(new long[] {1, 2}, 0, 4_400_000), other, taking(1));

    assertThat(SpreadTable.of(new Result(STEP, timings, spreads, Map.of())).lines())
        .endsWith(
            "| Sequor | 2 | 1.05 ms | 1.20 ms | 2.10 ms | 2.20 ms |",
            "| libtorch, OpenBLAS, packed | 1 | 0.9 µs | 1.0 µs | 2.0 µs | – |");
  }

  private static Result result(Row row, Map<Seat, Double> nanos) {
    var timings = new LinkedHashMap<Seat, Timings>();
    nanos.forEach((seat, time) -> timings.put(seat, taking(Math.round(time))));
    return new Result(row, timings, Map.of(), Map.of());
  }

  private static Timings taking(long nanos) {
    return new Timings(new long[] {nanos}, 0, 0);
  }
}
