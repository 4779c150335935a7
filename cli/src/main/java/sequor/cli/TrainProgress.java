package sequor.cli;

import java.util.Locale;
import sequor.data.Origin;
import sequor.json.Json;
import sequor.recipes.Recipe;
import sequor.recipes.Report;
import sequor.recipes.Run;
import sequor.tasks.Floor;
import sequor.tasks.Training;

/// Shows on standard error how training goes on: a bar where that is a terminal, a line an epoch
/// everywhere; and with `--json` one object an epoch on standard output, unless it is to be quiet.
final class TrainProgress implements Run.Listener {
  private final Output output;
  private final int epochs;
  private final ProgressBar bar;
  private boolean paced;

  /// @param epochs at most
  TrainProgress(Output output, int epochs) {
    this.output = output;
    this.epochs = epochs;
    boolean watched = !output.json && !output.quiet && Terminal.seesErrors();
    this.bar = new ProgressBar(output.err(), watched);
  }

  /// That of a recipe's training.
  static TrainProgress of(Output output, Recipe recipe) {
    var training = recipe.settings().section("training").values();
    return new TrainProgress(output, training.wholeNumber("epochs", 1, 1 << 20));
  }

  @Override
  public void began(String what) {
    bar.say(what + " …");
  }

  @Override
  public void prepared(Origin data, Training.Sizes sizes, String summary) {
    bar.clear();
    output.line(
        "data   %s: %s to train, %,d to validate, %,d to test; %s"
            .formatted(
                data.name(),
                sizes.train() < 0 ? "a stream" : "%,d".formatted(sizes.train()),
                sizes.valid(),
                sizes.test(),
                data.split()));
    output.line(summary.stripTrailing());
  }

  @Override
  public void batched(Training.Pads pads) {
    bar.clear();
    output.line(line(pads));
  }

  static String line(Training.Pads pads) {
    return String.format(
        Locale.ROOT,
        "pads   %.1f %% of a batch of texts of any lengths, %.1f %% of texts of about one length",
        100 * pads.byChance(),
        100 * pads.bucketed());
  }

  @Override
  public void compared(Floor floor) {
    bar.clear();
    output.line("floor  " + floor.method() + ": " + Metrics.line(floor.metrics()));
  }

  @Override
  public void stepped(Step step) {
    if (paced) {
      return;
    }
    bar.show(
        new ProgressBar.Place(step.epoch(), epochs, step.batch(), step.batches()),
        String.format(Locale.ROOT, "loss %.4f  lr %.2g", step.loss(), step.learningRate()));
  }

  @Override
  public void paced(Pace pace) {
    paced = true;
    bar.say(line(pace));
  }

  static String line(Pace pace) {
    double left = pace.secondsLeft();
    return String.format(
        Locale.ROOT,
        "%5.1f %%  %,.0f %s/s  lr %.2g  loss %.4f  ETA %s",
        100 * pace.share(),
        pace.perSecond(),
        pace.unit(),
        pace.learningRate(),
        pace.loss(),
        left < 120 ? "%.0f s".formatted(left) : "%.0f min".formatted(left / 60));
  }

  @Override
  public void epochEnded(Epoch epoch) {
    bar.clear();
    if (output.json && output.quiet) {
      return;
    }
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
    bar.clear();
    output.warn(message);
  }
}
