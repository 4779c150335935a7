package sequor.recipes;

import java.time.InstantSource;
import sequor.json.Json;
import sequor.store.EventFile;
import sequor.store.RunDirectory;
import sequor.train.TrainingListener;

/// Writes how training goes on: `metrics.jsonl`, and the same for TensorBoard.
final class RunLog implements TrainingListener, AutoCloseable {
  private final RunDirectory run;
  private final EventFile events;

  /// @param done how many steps the run has done; what was logged beyond them is forgotten
  RunLog(RunDirectory run, InstantSource clock, long done) {
    this.run = run;
    run.metrics().retain(line -> line.wholeNumber("step", 0, Long.MAX_VALUE) <= done);
    this.events = EventFile.create(run.path(), clock);
  }

  @Override
  public void stepped(Step step) {
    events.scalar("train/loss", step.loss(), step.number());
    if (!Double.isNaN(step.gradientNorm())) { // of what has one
      events.scalar("train/gradient_norm", step.gradientNorm(), step.number());
    }
    events.scalar("train/learning_rate", step.learningRate(), step.number());
  }

  @Override
  public void epochEnded(Epoch epoch) {
    var line =
        Json.object()
            .with("epoch", epoch.number())
            .with("step", epoch.steps())
            .with("learning_rate", epoch.learningRate())
            .with("best", epoch.best());
    for (var metric : epoch.metrics().entrySet()) {
      String name = Report.dotted(metric.getKey());
      line = line.with(name, metric.getValue());
      events.scalar(name.replace('.', '/'), metric.getValue(), epoch.steps());
    }
    run.metrics().append(line);
  }

  @Override
  public void close() {
    events.close();
  }
}
