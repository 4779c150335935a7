package sequor.benchmarks.peers;

import java.util.ArrayList;
import java.util.function.Supplier;

/// The same libtorch, for rows of different lengths packed (`pack_padded_sequence`) instead of
/// padded.
public final class PackedTorch implements Contestant {
  private final OpenBlasTorch torch;

  public PackedTorch(int threads) {
    torch = new OpenBlasTorch(threads);
  }

  @Override
  public String version() {
    return torch.version();
  }

  @Override
  public Step prepare(Work work) {
    if (!(work instanceof Work.TrainOnLengths lengths)) {
      throw new Unable("nothing to pack");
    }
    var steps = new ArrayList<Supplier<float[]>>();
    for (int batch = 0; batch < lengths.lengths().size(); batch++) {
      steps.add(new TorchStep(lengths.padded(batch), lengths.lengths().get(batch)));
    }
    return Step.of(Step.all(steps));
  }
}
