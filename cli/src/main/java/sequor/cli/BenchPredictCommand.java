package sequor.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sequor.json.Json;
import sequor.speed.Prediction;

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
      description = "How many predictions are timed (default: ${DEFAULT-VALUE}).")
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
    var workload = options.workload(batch);
    var timings = warmUp.stopwatch().measure(new Prediction(workload, 1)::run, rounds);
    double median = timings.percentileNanos(50) / 1e3;
    double slow = timings.percentileNanos(99) / 1e3;
    double items = batch / (timings.meanNanos() / 1e9);
    output.result(
        Json.object()
            .with("p50_us", Figures.rounded(median))
            .with("p99_us", Figures.rounded(slow))
            .with("items_per_s", Figures.rounded(items))
            .with("threads", Figures.threads())
            .with("kernels", Figures.kernels()),
        Figures.table(
            options.text(workload),
            Figures.line("p50", median, "µs"),
            Figures.line("p99", slow, "µs"),
            Figures.line("items", items, "a second")));
    return 0;
  }
}
