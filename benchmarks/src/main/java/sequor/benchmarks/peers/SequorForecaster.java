package sequor.benchmarks.peers;

import java.util.Random;
import java.util.function.Supplier;
import sequor.nn.Gru;
import sequor.nn.Linear;
import sequor.nn.Losses;
import sequor.nn.NnModule;
import sequor.nn.Parts;
import sequor.nn.Reduction;
import sequor.tensor.Spans;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.train.Adam;

/// The forecaster of a workload.
final class SequorForecaster implements NnModule {
  private final Gru gru;
  private final Linear head;
  private final Spans spans;

  private SequorForecaster(ForecastWorkload workload, ForecastWorkload.Numbers numbers) {
    var random = new Random(1);
    gru = new Gru(1, workload.hidden(), random);
    head = new Linear(workload.hidden(), workload.horizon(), random);
    spans = Spans.full(workload.batch(), workload.steps());
    for (var parameter : parameters().values()) {
      parameter.assign(numbers.weights(parameter.shape().size()));
    }
  }

  private Tensor forward(Tensor x) { // (B,T,1)
    return head.forward(gru.last(x, spans).output()); // (B,horizon)
  }

  /// One training step after the other on one batch; each gives the loss before.
  static Supplier<float[]> training(ForecastWorkload workload) {
    var numbers = workload.new Numbers();
    var model = new SequorForecaster(workload, numbers);
    var adam = new Adam(model.parameters(), 1e-3f);
    var x = Tensor.of(numbers.read(), workload.batch(), workload.steps(), 1);
    var right = Tensor.of(numbers.following(), workload.batch(), workload.horizon());
    var random = new Random(1);
    return () -> {
      try (var tape = Tape.open(random)) {
        var loss = Losses.mse(model.forward(x), right, Reduction.MEAN);
        tape.backward(loss);
        adam.step();
        return new float[] {loss.item()};
      }
    };
  }

  /// What is said of the batch.
  static Supplier<float[]> prediction(ForecastWorkload workload) {
    var numbers = workload.new Numbers();
    var model = new SequorForecaster(workload, numbers);
    float[] read = numbers.read();
    return () -> model.forward(Tensor.of(read, workload.batch(), workload.steps(), 1)).toArray();
  }

  @Override
  public Parts parts() {
    return Parts.of("gru", gru).and("head", head);
  }
}
