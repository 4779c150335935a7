package sequor.speed;

import java.util.Arrays;
import java.util.Random;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tape;
import sequor.train.Adam;

/// One training step after the other on one batch of a [Workload]: embedding, recurrent layer,
/// linear layer, cross-entropy, all gradients, Adam.
public final class TrainingStep {
  private static final float LEARNING_RATE = 1e-3f;

  private final Random random;
  private final SequenceModel model;
  private final Adam adam;
  private final Ids ids;
  private final Ids targets;
  private final Spans spans;

  /// A batch of which every step is real.
  public TrainingStep(Workload workload, long seed) {
    this(workload, full(workload), seed);
  }

  /// @param lengths how many steps of each row are real; the rest is padding
  public TrainingStep(Workload workload, int[] lengths, long seed) {
    var sizes = workload.sizes();
    random = new Random(seed);
    model = new SequenceModel(workload, random);
    adam = new Adam(model.parameters(), LEARNING_RATE);
    // The targets first: a row that is padded then differs from a shorter one by its padding alone.
    targets = Ids.of(workload.targets(random));
    ids = Ids.of(workload.ids(random), sizes.batch(), sizes.steps());
    spans = Spans.right(lengths, sizes.steps());
  }

  /// With the numbers that others draw too.
  ///
  /// @param lengths how many steps of each row are real; the rest is padding
  public TrainingStep(Workload workload, int[] lengths, Draw draw) {
    var sizes = workload.sizes();
    random = new Random(1);
    model = new SequenceModel(workload, random);
    draw.fill(model.parameters());
    adam = new Adam(model.parameters(), LEARNING_RATE);
    ids = Ids.of(draw.ids(), sizes.batch(), sizes.steps());
    targets = Ids.of(draw.targets());
    spans = Spans.right(lengths, sizes.steps());
  }

  /// Learns from the batch once and returns the loss before.
  public float run() {
    try (var tape = Tape.open(random)) {
      var loss = model.forward(ids, spans).crossEntropy(targets);
      tape.backward(loss);
      adam.step();
      return loss.item();
    }
  }

  /// The lengths of a batch of which every step is real.
  public static int[] full(Workload workload) {
    int[] lengths = new int[workload.sizes().batch()];
    Arrays.fill(lengths, workload.sizes().steps());
    return lengths;
  }
}
