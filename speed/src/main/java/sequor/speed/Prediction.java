package sequor.speed;

import java.util.Random;
import sequor.tensor.Ids;
import sequor.tensor.Spans;

/// The model of a [Workload] asked again and again for the probabilities of one batch, without a
/// tape.
public final class Prediction {
  private final SequenceModel model;
  private final Workload workload;
  private final int[] ids;
  private final Spans spans;

  public Prediction(Workload workload, long seed) {
    var random = new Random(seed);
    this.workload = workload;
    model = new SequenceModel(workload, random);
    ids = workload.ids(random);
    spans = Spans.right(TrainingStep.full(workload), workload.sizes().steps());
  }

  /// With the numbers that others draw too.
  public Prediction(Workload workload, Draw draw) {
    this.workload = workload;
    model = new SequenceModel(workload, new Random(1));
    draw.fill(model.parameters());
    ids = draw.ids();
    spans = Spans.right(TrainingStep.full(workload), workload.sizes().steps());
  }

  /// The probability of every class, one row after the other.
  public float[] run() {
    var batch = Ids.of(ids, workload.sizes().batch(), workload.sizes().steps());
    return model.forward(batch, spans).softmax().toArray();
  }
}
