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
import sequor.speed.Workload;

/// A training step on libtorch through DJL.
final class MklStep implements Runnable {
  private final Engine engine;
  private final MklModel model;
  private final List<NDArray> parameters;
  private final Optimizer adam =
      Optimizer.adam().optLearningRateTracker(Tracker.fixed(1e-3f)).build();
  private final Loss crossEntropy = Loss.softmaxCrossEntropyLoss();
  private final NDArray ids;
  private final NDList targets;

  MklStep(Engine engine, NDManager memory, Workload workload) {
    var draw = new Draw(workload);
    this.engine = engine;
    model = new MklModel(workload, draw, memory, true);
    parameters = model.parameters();
    ids = MklTorch.ids(memory, draw.ids(), workload);
    targets = new NDList(memory.create(draw.targets()));
    step(); // Adam makes its memory in the first step; a scope would free it
  }

  @Override
  public void run() {
    try (var _ = new NDScope()) {
      step();
    }
  }

  private void step() {
    NDArray loss;
    try (var gradients = engine.newGradientCollector()) {
      loss = crossEntropy.evaluate(targets, new NDList(model.forward(ids)));
      gradients.backward(loss);
    }
    for (int i = 0; i < parameters.size(); i++) {
      var parameter = parameters.get(i);
      adam.update(Integer.toString(i), parameter, parameter.getGradient()); // also zeroes it
    }
    loss.getFloat();
  }
}
