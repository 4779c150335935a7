package sequor.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sequor.json.Json;
import sequor.speed.Timings;
import sequor.speed.TrainingStep;

/// `sequor bench step`
@Command(
    name = "step",
    description = {
      "Measures one training step: embedding, recurrent layer, linear layer, cross-entropy, all"
          + " gradients, Adam; on random ids.",
      "The default sizes are those of a language model over characters."
    })
final class BenchStepCommand implements Callable<Integer> {
  private static final int FORWARD_AND_BACKWARD = 3; // each product forward has two backward

  @Option(
      names = "--batch",
      paramLabel = "B",
      defaultValue = "64",
      description = "How many rows learn together (default: ${DEFAULT-VALUE}).")
  int batch;

  @Option(
      names = "--steps",
      paramLabel = "S",
      defaultValue = "20",
      description = "How many steps a repetition has (default: ${DEFAULT-VALUE}).")
  int steps;

  @Mixin WorkloadOptions options;
  @Mixin WarmUp warmUp;
  @Mixin Threads threads;
  @Mixin Output output;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  BenchStepCommand() {}

  @Override
  public Integer call() {
    Figures.requireRuns(output, "--steps", steps);
    Figures.requireRuns(output, "--repeat", warmUp.repetitions);
    var workload = options.workload(batch);
    var timings = warmUp.measure(new TrainingStep(workload, 1)::run, steps);
    var wall = Figures.spread(timings, Timings::medianNanos).times(1e-6);
    var cpu = Figures.spread(timings, Timings::meanCpuNanos).times(1e-6);
    double best = Figures.spread(timings, Timings::bestNanos).low() / 1e6;
    double gigaflops = FORWARD_AND_BACKWARD * workload.forwardOperations() / (wall.median() * 1e6);
    double allocated = Figures.spread(timings, Timings::allocatedMegabytes).median();
    output.result(
        Json.object()
            .with("median_ms", Figures.rounded(wall.median()))
            .with("low_ms", Figures.rounded(wall.low()))
            .with("high_ms", Figures.rounded(wall.high()))
            .with("best_ms", Figures.rounded(best))
            .with("cpu_ms", Figures.rounded(cpu.median()))
            .with("gflops", Figures.rounded(gigaflops))
            .with("allocated_mb_per_step", Figures.rounded(allocated))
            .with("repetitions", timings.size())
            .with("threads", Figures.threads())
            .with("kernels", Figures.kernels()),
        Figures.table(
            options.text(workload),
            Figures.line("median", wall, "ms"),
            Figures.line("best", best, "ms"),
            Figures.line("cpu", cpu, "ms"),
            Figures.line("speed", gigaflops, "GFLOP/s"),
            Figures.line("allocated", allocated, "MB")));
    return 0;
  }
}
