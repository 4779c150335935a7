package sequor.cli;

import java.util.List;
import java.util.Locale;
import sequor.json.Json;
import sequor.recipes.Floor;
import sequor.recipes.Report;
import sequor.recipes.Training;

/// Shows how training goes on: a bar on a terminal, a line an epoch everywhere, and with `--json`
/// one object an epoch.
final class TrainProgress implements Training.Listener {
  private final Output output;
  private final ProgressBar bar;

  TrainProgress(Output output) {
    this.output = output;
    this.bar = new ProgressBar(output.err(), !output.json && Terminal.isThere());
  }

  @Override
  public void prepared(Report.Origin data, List<Integer> sizes, String summary, Floor floor) {
    output.line(
        "data   %s: %,d to train, %,d to validate, %,d to test; %s"
            .formatted(data.name(), sizes.get(0), sizes.get(1), sizes.get(2), data.split()));
    output.line("floor  " + floor.method() + ": " + Metrics.line(floor.metrics()));
    output.line(summary.stripTrailing());
  }

  @Override
  public void stepped(Step step) {
    bar.show(
        "epoch " + step.epoch(),
        step.batch(),
        step.batches(),
        String.format(Locale.ROOT, "loss %.4f  lr %.2g", step.loss(), step.learningRate()));
  }

  @Override
  public void epochEnded(Epoch epoch) {
    bar.clear();
    if (output.json) {
      var line = Json.object().with("epoch", epoch.number());
      for (var metric : epoch.metrics().entrySet()) {
        line = line.with(Report.dotted(metric.getKey()), metric.getValue());
      }
      output.result(line, "");
      return;
    }
    output.line(
        "epoch %3d  %s%s"
            .formatted(
                epoch.number(), Metrics.line(epoch.metrics()), epoch.best() ? "  best" : ""));
  }

  @Override
  public void warned(String message) {
    output.err().println("warning: " + message);
  }
}
