package sequor.benchmarks.peers;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.function.Supplier;
import sequor.speed.Draw;
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
  public Step prepare(Work work) {
    return switch (work) {
      case Work.Train(var workload) -> Step.of(new MklStep(engine, memory, workload));
      case Work.TrainOnLengths lengths -> trainOnLengths(lengths);
      case Work.TrainTransformer _, Work.Translate _ ->
          throw new Unable("DJL hands no fused attention on");
      case Work.TrainForecaster _, Work.PredictForecaster _ ->
          throw new Unable("forecasters are not written for DJL");
      case Work.TrainTagger _, Work.PredictTagger _ ->
          throw new Unable("taggers are not written for DJL");
      case Work.Predict(var workload) -> Step.of(predict(workload));
      case Work.Multiply(var product) -> multiply(product);
    };
  }

  private Step trainOnLengths(Work.TrainOnLengths work) {
    var steps = new ArrayList<Supplier<float[]>>();
    for (int batch = 0; batch < work.lengths().size(); batch++) {
      steps.add(new MklStep(engine, memory, work.padded(batch)));
    }
    return Step.of(Step.all(steps));
  }

  private Supplier<float[]> predict(Workload workload) {
    var draw = new Draw(workload);
    var model = new MklModel(workload, draw, memory, false);
    int[] ids = draw.ids();
    return () -> {
      try (var _ = new NDScope()) {
        return model.forward(ids(memory, ids, workload)).softmax(1).toFloatArray();
      }
    };
  }

  private Step multiply(MatrixProduct product) {
    float[][] factors = product.factors();
    var a = memory.create(factors[0], new Shape(product.m(), product.k()));
    var b = memory.create(factors[1], new Shape(product.k(), product.n()));
    return Step.of(
        () -> {
          try (var _ = new NDScope()) {
            a.matMul(b);
          }
        },
        () -> {
          try (var _ = new NDScope()) {
            return a.matMul(b).get(0).toFloatArray();
          }
        });
  }

  /// Ids as libtorch holds them, (B,T).
  static NDArray ids(NDManager memory, int[] ids, Workload workload) {
    return memory.create(wide(ids), new Shape(workload.sizes().batch(), workload.sizes().steps()));
  }

  static long[] wide(int[] numbers) {
    return Arrays.stream(numbers).asLongStream().toArray();
  }
}
