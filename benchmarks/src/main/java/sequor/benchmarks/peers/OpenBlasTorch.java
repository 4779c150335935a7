package sequor.benchmarks.peers;

import java.util.ArrayList;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.global.torch;
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
  public Runnable prepare(Work work) {
    return switch (work) {
      case Work.Train(var workload) -> new TorchStep(workload);
      case Work.TrainOnLengths lengths -> trainOnLengths(lengths);
      case Work.Predict(var workload) -> predict(workload);
      case Work.Multiply(var product) -> multiply(product);
    };
  }

  private static Runnable trainOnLengths(Work.TrainOnLengths work) {
    var steps = new ArrayList<Runnable>();
    for (int batch = 0; batch < work.lengths().size(); batch++) {
      steps.add(new TorchStep(work.padded(batch)));
    }
    return () -> steps.forEach(Runnable::run);
  }

  private static Runnable predict(Workload workload) {
    var draw = new Draw(workload);
    var model = new TorchModel(workload, draw);
    long[] ids = draw.ids();
    return () -> {
      try (var _ = new PointerScope();
          var _ = new InferenceMode()) {
        var batch = TorchStep.ids(ids, workload);
        var probabilities = torch.softmax(model.forward(batch), 1);
        float[] out = new float[Math.toIntExact(probabilities.numel())];
        new FloatPointer(probabilities.data_ptr_float()).get(out);
      }
    };
  }

  private static Runnable multiply(MatrixProduct product) {
    var a = torch.rand(product.m(), product.k());
    var b = torch.rand(product.k(), product.n());
    return () -> {
      try (var _ = new PointerScope()) {
        torch.mm(a, b);
      }
    };
  }
}
