package sequor.benchmarks.peers;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import sequor.speed.MatrixProduct;
import sequor.speed.Workload;

/// libtorch as PyTorch's own project builds it, on MKL, through DJL. Arrays are freed at the end of
/// each step.
public final class MklTorch implements Contestant {
  private final Engine engine;
  private final NDManager memory;

  public MklTorch(int threads) {
    engine = Engine.getEngine("PyTorch");
    JniUtils.setNumThreads(threads);
    memory = engine.newBaseManager(Device.cpu());
  }

  @Override
  public String version() {
    return "libtorch %s (official build, through DJL %s)"
        .formatted(engine.getVersion(), Versions.of("djl"));
  }

  @Override
  public Runnable prepare(Work work) {
    return switch (work) {
      case Work.Train(var workload) -> new MklStep(engine, memory, workload);
      case Work.TrainOnLengths lengths -> trainOnLengths(lengths);
      case Work.Predict(var workload) -> predict(workload);
      case Work.Multiply(var product) -> multiply(product);
    };
  }

  private Runnable trainOnLengths(Work.TrainOnLengths work) {
    var steps = new ArrayList<Runnable>();
    for (int batch = 0; batch < work.lengths().size(); batch++) {
      steps.add(new MklStep(engine, memory, work.padded(batch)));
    }
    return () -> steps.forEach(Runnable::run);
  }

  private Runnable predict(Workload workload) {
    var draw = new Draw(workload);
    var model = new MklModel(workload, draw, memory, false);
    long[] ids = draw.ids();
    return () -> {
      try (var _ = new NDScope()) {
        model.forward(ids(memory, ids, workload)).softmax(1).toFloatArray();
      }
    };
  }

  private Runnable multiply(MatrixProduct product) {
    var a = memory.randomUniform(0, 1, new Shape(product.m(), product.k()));
    var b = memory.randomUniform(0, 1, new Shape(product.k(), product.n()));
    return () -> {
      try (var _ = new NDScope()) {
        a.matMul(b);
      }
    };
  }

  /// Ids as libtorch holds them, (B,T).
  static NDArray ids(NDManager memory, long[] ids, Workload workload) {
    return memory.create(ids, new Shape(workload.sizes().batch(), workload.sizes().steps()));
  }
}
