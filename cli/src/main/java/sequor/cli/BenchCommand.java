package sequor.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `sequor bench step · predict · peak`
@Command(
    name = "bench",
    description = "Measures how fast this machine trains and predicts.",
    synopsisSubcommandLabel = "(step | predict | peak)",
    subcommands = {BenchStepCommand.class, BenchPredictCommand.class, BenchPeakCommand.class})
final class BenchCommand implements Runnable {
  @Spec CommandSpec spec;
  @Mixin Output output;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  BenchCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
