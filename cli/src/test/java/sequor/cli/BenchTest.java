package sequor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What `sequor bench` prints; never how fast it is.
class BenchTest {
  private static final String SMALL =
      " --batch 2 --time 3 --embed 4 --hidden 5 --classes 6 --warm-up 0 --threads 1";
  private static final String STEP = "bench step --steps 2 --repeat 3" + SMALL;
  private static final String PREDICT = "bench predict --rounds 3" + SMALL;
  private static final String PEAK = "bench peak --rounds 1 --warm-up 0 --size 5x6x7";

  private static Program run(String command) {
    var program = Program.run(command.split(" ", -1));
    assertThat(program.err()).isEmpty();
    assertThat(program.code()).isZero();
    return program;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--cell rnn",
        "--cell LSTM --every-step",
        "--cell Gru --bidirectional",
        "--cell rnn --bidirectional --every-step --vocab 9",
        "--cell gru --step-by-step --every-step"
      })
  void aStepIsOneObject(String options) {
    var object = run(STEP + " --json " + options).objects().getFirst();

    assertThat(object.names())
        .containsExactly(
            "median_ms",
            "low_ms",
            "high_ms",
            "best_ms",
            "cpu_ms",
            "gflops",
            "allocated_mb_per_step",
            "repetitions",
            "threads",
            "kernels");
    assertThat(object.number("best_ms")).isPositive();
    assertThat(object.number("low_ms")).isGreaterThanOrEqualTo(object.number("best_ms"));
    assertThat(object.number("median_ms")).isGreaterThanOrEqualTo(object.number("low_ms"));
    assertThat(object.number("high_ms")).isGreaterThanOrEqualTo(object.number("median_ms"));
    assertThat(object.number("cpu_ms")).isNotNegative();
    assertThat(object.wholeNumber("repetitions", 3, 3)).isEqualTo(3);
    assertThat(object.number("gflops")).isPositive();
    assertThat(object.number("allocated_mb_per_step")).isNotNegative();
    assertThat(object.wholeNumber("threads", 1, 1)).isEqualTo(1);
  }

  @Test
  void aStepIsATable() {
    assertThat(run(STEP + " --bidirectional --every-step").lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .isEqualTo(
                        "bidirectional lstm scored at every step: batch 2, time 3, embed 4,"
                            + " hidden 5, classes 6, vocab 6"),
            line -> assertThat(line).matches("median {2,}[\\d.]+ ms \\([\\d.]+ – [\\d.]+\\)"),
            line -> assertThat(line).matches("best {2,}[\\d.]+ ms").hasSize(24),
            line -> assertThat(line).matches("cpu {2,}[\\d.]+ ms \\([\\d.]+ – [\\d.]+\\)"),
            line -> assertThat(line).matches("speed {2,}[\\d.]+ GFLOP/s").hasSize(29),
            line -> assertThat(line).matches("allocated {2,}[\\d.]+ MB").hasSize(24),
            line -> assertThat(line).matches("threads {2,}1").hasSize(21),
            line -> assertThat(line).matches("kernels {2,}\\w+").hasSize(21));
    assertThat(run(STEP + " --cell gru --step-by-step").out())
        .startsWith("gru step by step: batch 2, time 3, embed 4, hidden 5, classes 6, vocab 100\n");
  }

  @Test
  void aPredictionIsOneObjectOrATable() {
    var object = run(PREDICT + " --json --cell rnn").objects().getFirst();

    assertThat(object.names())
        .containsExactly(
            "p50_us",
            "p50_low_us",
            "p50_high_us",
            "p99_us",
            "cpu_us",
            "items_per_s",
            "repetitions",
            "threads",
            "kernels");
    assertThat(object.number("p50_low_us")).isPositive();
    assertThat(object.number("p50_us")).isGreaterThanOrEqualTo(object.number("p50_low_us"));
    assertThat(object.number("p50_high_us")).isGreaterThanOrEqualTo(object.number("p50_us"));
    assertThat(object.number("p99_us")).isGreaterThanOrEqualTo(object.number("p50_us"));
    assertThat(object.number("items_per_s")).isPositive();
    assertThat(run(PREDICT).out())
        .startsWith("lstm: batch 2,")
        .containsPattern("\np50 {2,}[\\d.]+ µs \\(.+ – .+\\)\np99 {2,}[\\d.]+ µs \\(.+ – .+\\)\n")
        .containsPattern("\ncpu {2,}[\\d.]+ µs \\(.+ – .+\\)\nitems {2,}[\\d.]+ a second\n");
  }

  @Test
  void peakIsAnObjectForEveryProductAndLayout() {
    var objects = run(PEAK + ",8×2×1 --threads 2 --json").objects();

    assertThat(objects)
        .hasSize(8)
        .allSatisfy(
            object -> {
              assertThat(object.names())
                  .containsExactly(
                      "threads",
                      "m",
                      "n",
                      "k",
                      "transposed",
                      "gflops",
                      "peak_gflops",
                      "share",
                      "share_low",
                      "share_high",
                      "cores");
              assertThat(object.wholeNumber("threads", 1, 99)).isEqualTo(2);
              assertThat(object.number("peak_gflops")).isPositive();
            });
    assertThat(objects)
        .extracting(object -> object.text("transposed"))
        .containsExactly("NN", "NT", "TN", "TT", "NN", "NT", "TN", "TT");
    assertThat(objects.getFirst().wholeNumber("n", 1, 9)).isEqualTo(6);
    assertThat(objects.getLast().wholeNumber("m", 1, 9)).isEqualTo(8);
  }

  @Test
  void peakIsATableOfOneAndOfAllThreads() {
    Program.run("doctor", "--threads", "3"); // all threads, from now on
    var lines = new ArrayList<>(run(PEAK).lines());

    assertThat(lines.removeFirst().strip().split(" +"))
        .containsExactly(
            "threads", "m", "n", "k", "layout", "product", "peak", "share", "low", "–", "high",
            "cores");
    assertThat(lines)
        .hasSize(8)
        .allMatch(
            line ->
                line.matches(
                    " +[13] +5 +6 +7  [NT]{2} +[\\d.]+ GFLOP/s +[\\d.]+ GFLOP/s +[\\d.]+ %"
                        + " +[\\d.]+ % – +[\\d.]+ % +[\\d.]+"))
        .extracting(String::length)
        .containsOnly(lines.getFirst().length());
    assertThat(lines)
        .extracting(line -> line.strip().substring(0, 1))
        .isEqualTo(List.of("1", "1", "1", "1", "3", "3", "3", "3"));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.00012344, 0.0001234",
    "0.5, 0.5",
    "1, 1",
    "12.3456, 12.35",
    "9999.96, 10000",
    "123456.7, 123457"
  })
  void fourDigitsCount(double value, double rounded) {
    assertThat(Figures.rounded(value)).isEqualTo(rounded);
  }

  @Test
  void tablesKeepTheirZeros() {
    assertThat(Figures.text(0)).isEqualTo("0");
    assertThat(Figures.text(12.3)).isEqualTo("12.30");
    assertThat(Figures.text(0.000125)).isEqualTo("0.0001250");
  }

  @Test
  void theHelpSaysTheDefaults() {
    assertThat(run("bench step --help").out())
        .contains("(default: lstm)", "(default: 64)", "(default: 20)", "(default: 512)")
        .containsPattern("as many as classes\\s+with --every-step, else 100");
    assertThat(run("bench predict --help").out()).contains("(default: 1)", "(default: 1000)");
    assertThat(run("bench peak --help").out()).contains("2560x1024x512");
    assertThat(run("bench").out()).contains("step", "predict", "peak");
  }
}
