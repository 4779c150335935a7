package sequor.benchmarks.peers;

import java.util.ArrayList;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import sequor.speed.Draw;
import sequor.speed.MatrixProduct;
import sequor.speed.Workload;

/// libtorch as bytedeco builds it, on OpenBLAS. Tensors are freed at the end of each step.
public final class OpenBlasTorch implements Contestant {

  public OpenBlasTorch(int threads) {
    torch.set_num_threads(threads);
  }

  @Override
  public String version() {
    return "libtorch %s (bytedeco)".formatted(Versions.of("pytorch"));
  }

  @Override
  public Step prepare(Work work) {
    return switch (work) {
      case Work.Train(var workload) -> Step.of(new TorchStep(workload));
      case Work.TrainOnLengths lengths -> trainOnLengths(lengths);
      case Work.TrainTransformer(var workload) -> Step.of(TorchTransformer.training(workload));
      case Work.Translate(var workload, _) -> Step.of(TorchTransformer.translation(workload));
      case Work.TrainForecaster(var workload) -> Step.of(TorchForecaster.training(workload));
      case Work.PredictForecaster(var workload) -> Step.of(TorchForecaster.prediction(workload));
      case Work.TrainTagger(var workload) -> Step.of(TorchTagger.training(workload));
      case Work.PredictTagger(var workload) -> Step.of(TorchTagger.prediction(workload));
      case Work.Predict(var workload) -> Step.of(predict(workload));
      case Work.Multiply(var product) -> multiply(product);
    };
  }

  private static Step trainOnLengths(Work.TrainOnLengths work) {
    var steps = new ArrayList<Supplier<float[]>>();
    for (int batch = 0; batch < work.lengths().size(); batch++) {
      steps.add(new TorchStep(work.padded(batch)));
    }
    return Step.of(Step.all(steps));
  }

  private static Supplier<float[]> predict(Workload workload) {
    var draw = new Draw(workload);
    var model = new TorchModel(workload, draw);
    int[] ids = draw.ids();
    return () -> {
      try (var _ = new PointerScope();
          var _ = new InferenceMode()) {
        var batch = TorchStep.ids(ids, workload);
        return TorchTensors.floats(torch.softmax(model.forward(batch), 1));
      }
    };
  }

  private static Step multiply(MatrixProduct product) {
    float[][] factors = product.factors();
    var a = Tensor.create(factors[0], product.m(), product.k());
    var b = Tensor.create(factors[1], product.k(), product.n());
    return Step.of(
        () -> {
          try (var _ = new PointerScope()) {
            torch.mm(a, b);
          }
        },
        () -> {
          try (var _ = new PointerScope()) {
            return TorchTensors.floats(torch.mm(a, b).select(0, 0).contiguous());
          }
        });
  }
}
