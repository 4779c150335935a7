package sequor.benchmarks.peers;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// The forecaster of a workload on libtorch's own functions.
final class TorchForecaster {
  private final ForecastWorkload workload;
  private final TensorVector gru;
  private final Tensor head; // (horizon,H)
  private final Tensor headBias; // (horizon)

  /// Draws as [SequorForecaster] has its parameters.
  private TorchForecaster(ForecastWorkload workload, ForecastWorkload.Numbers numbers) {
    this.workload = workload;
    long h = workload.hidden();
    gru =
        new TensorVector(
            leaf(numbers, 3 * h, 1),
            leaf(numbers, 3 * h, h),
            leaf(numbers, 3 * h),
            leaf(numbers, 3 * h));
    head = leaf(numbers, workload.horizon(), h);
    headBias = leaf(numbers, workload.horizon());
  }

  private static Tensor leaf(ForecastWorkload.Numbers numbers, long... shape) {
    return TorchTensors.leaf(numbers::weights, shape);
  }

  private Tensor forward(Tensor x, boolean train) { // (B,T,1)
    var h0 = torch.zeros(1, workload.batch(), workload.hidden());
    var last = torch.gru(x, h0, gru, true, 1, 0, train, false, true).get1(); // (1,B,H)
    return torch.linear(last.select(0, 0), head, new TensorOptional(headBias)); // (B,horizon)
  }

  private Tensor window(float[] numbers) {
    return Tensor.create(numbers, workload.batch(), workload.steps(), 1);
  }

  /// One training step after the other on one batch; each gives the loss before.
  static Supplier<float[]> training(ForecastWorkload workload) {
    var numbers = workload.new Numbers();
    var model = new TorchForecaster(workload, numbers);
    var parameters = new TensorVector();
    for (int i = 0; i < model.gru.size(); i++) {
      parameters.push_back(model.gru.get(i));
    }
    parameters.push_back(model.head);
    parameters.push_back(model.headBias);
    var adam = new Adam(parameters, new AdamOptions(1e-3));
    var x = model.window(numbers.read());
    var right = Tensor.create(numbers.following(), workload.batch(), workload.horizon());
    return () -> {
      try (var _ = new PointerScope()) {
        adam.zero_grad();
        var loss = torch.mse_loss(model.forward(x, true), right);
        loss.backward();
        adam.step();
        return new float[] {loss.item_float()};
      }
    };
  }

  /// What is said of the batch.
  static Supplier<float[]> prediction(ForecastWorkload workload) {
    var numbers = workload.new Numbers();
    var model = new TorchForecaster(workload, numbers);
    float[] read = numbers.read();
    return () -> {
      try (var _ = new PointerScope();
          var _ = new InferenceMode()) {
        return TorchTensors.floats(model.forward(model.window(read), false));
      }
    };
  }
}
