package sequor.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sequor.json.Json;
import sequor.speed.Prediction;
import sequor.speed.Timings;

/// `sequor bench predict`
@Command(
    name = "predict",
    description = "Measures one prediction: the probabilities of every class, on random ids.")
final class BenchPredictCommand implements Callable<Integer> {
  @Option(
      names = "--batch",
      paramLabel = "B",
      defaultValue = "1",
      description = "How many items are asked for at once (default: ${DEFAULT-VALUE}).")
  int batch;

  @Option(
      names = "--rounds",
      paramLabel = "R",
      defaultValue = "1000",
      description = "How many predictions a repetition has (default: ${DEFAULT-VALUE}).")
  int rounds;

  @Mixin WorkloadOptions options;
  @Mixin WarmUp warmUp;
  @Mixin Threads threads;
  @Mixin Output output;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  BenchPredictCommand() {}

  @Override
  public Integer call() {
    Figures.requireRuns(output, "--rounds", rounds);
    Figures.requireRuns(output, "--repeat", warmUp.repetitions);
    var workload = options.workload(batch);
    var timings = warmUp.measure(new Prediction(workload, 1)::run, rounds);
    var median = Figures.spread(timings, Timings::medianNanos).times(1e-3);
    var slow = Figures.spread(timings, some -> some.percentileNanos(99)).times(1e-3);
    var cpu = Figures.spread(timings, Timings::meanCpuNanos).times(1e-3);
    double items = batch / (Figures.spread(timings, Timings::meanNanos).median() / 1e9);
    output.result(
        Json.object()
            .with("p50_us", Figures.rounded(median.median()))
            .with("p50_low_us", Figures.rounded(median.low()))
            .with("p50_high_us", Figures.rounded(median.high()))
            .with("p99_us", Figures.rounded(slow.median()))
            .with("cpu_us", Figures.rounded(cpu.median()))
            .with("items_per_s", Figures.rounded(items))
            .with("repetitions", timings.size())
            .with("threads", Figures.threads())
            .with("kernels", Figures.kernels()),
        Figures.table(
            options.text(workload),
            Figures.line("p50", median, "µs"),
            Figures.line("p99", slow, "µs"),
            Figures.line("cpu", cpu, "µs"),
            Figures.line("items", items, "a second")));
    return 0;
  }
}
