package sequor.benchmarks.peers;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.List;
import java.util.function.Supplier;
import sequor.speed.Draw;
import sequor.speed.Workload;

/// A training step on libtorch through DJL.
final class MklStep implements Supplier<float[]> {
  private final Engine engine;
  private final MklModel model;
  private final List<NDArray> parameters;
  private final Optimizer adam =
      Optimizer.adam().optLearningRateTracker(Tracker.fixed(1e-3f)).build();
  private final Loss crossEntropy = Loss.softmaxCrossEntropyLoss();
  private final NDArray ids;
  private final NDList targets;
  private boolean begun;

  MklStep(Engine engine, NDManager memory, Workload workload) {
    var draw = new Draw(workload);
    this.engine = engine;
    model = new MklModel(workload, draw, memory, true);
    parameters = model.parameters();
    ids = MklTorch.ids(memory, draw.ids(), workload);
    targets = new NDList(memory.create(MklTorch.wide(draw.targets())));
  }

  /// Learns from the batch once; the loss before.
  @Override
  public float[] get() {
    if (!begun) {
      begun = true;
      return step(); // Adam makes its memory in the first step; a scope would free it
    }
    try (var _ = new NDScope()) {
      return step();
    }
  }

  private float[] step() {
    NDArray loss;
    try (var gradients = engine.newGradientCollector()) {
      loss = crossEntropy.evaluate(targets, new NDList(model.forward(ids)));
      gradients.backward(loss);
    }
    for (int i = 0; i < parameters.size(); i++) {
      var parameter = parameters.get(i);
      adam.update(Integer.toString(i), parameter, parameter.getGradient()); // also zeroes it
    }
    return new float[] {loss.getFloat()};
  }
}
