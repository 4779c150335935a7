package sequor.benchmarks.peers;

import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import sequor.speed.Draw;
import sequor.speed.Workload;

/// A training step on libtorch.
final class TorchStep implements Supplier<float[]> {
  private final TorchModel model;
  private final Adam adam;
  private final Tensor ids;
  private final Tensor targets;
  private final Optional<Tensor> lengths;

  /// On a batch of which every step is real, or is computed as if it were.
  TorchStep(Workload workload) {
    this(workload, Optional.empty());
  }

  /// On a batch that is packed.
  TorchStep(Workload workload, int[] lengths) {
    this(workload, Optional.of(TorchTensors.ids(lengths, lengths.length)));
  }

  private TorchStep(Workload workload, Optional<Tensor> lengths) {
    var draw = new Draw(workload);
    model = new TorchModel(workload, draw);
    adam = new Adam(model.parameters(), new AdamOptions(1e-3));
    ids = ids(draw.ids(), workload);
    int[] right = draw.targets();
    targets = TorchTensors.ids(right, right.length);
    this.lengths = lengths;
  }

  /// Ids as libtorch holds them, (B,T).
  static Tensor ids(int[] ids, Workload workload) {
    return TorchTensors.ids(ids, workload.sizes().batch(), workload.sizes().steps());
  }

  /// Learns from the batch once; the loss before.
  @Override
  public float[] get() {
    try (var _ = new PointerScope()) {
      adam.zero_grad();
      var scores =
          lengths.map(real -> model.forward(ids, real)).orElseGet(() -> model.forward(ids));
      var loss = torch.cross_entropy_loss(scores, targets);
      loss.backward();
      adam.step();
      return new float[] {loss.item_float()};
    }
  }
}
