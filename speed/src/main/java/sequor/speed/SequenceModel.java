package sequor.speed;

import java.util.random.RandomGenerator;
import sequor.nn.Bidirectional;
import sequor.nn.Embedding;
import sequor.nn.Gru;
import sequor.nn.Linear;
import sequor.nn.Lstm;
import sequor.nn.NnModule;
import sequor.nn.Parts;
import sequor.nn.Recurrent;
import sequor.nn.RecurrentState;
import sequor.nn.Rnn;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// The model of a [Workload].
final class SequenceModel implements NnModule {
  private final Workload workload;
  private final Embedding embedding;
  private final Recurrent<?> layer;
  private final Linear head;

  SequenceModel(Workload workload, RandomGenerator random) {
    var sizes = workload.sizes();
    this.workload = workload;
    this.embedding = new Embedding(sizes.vocabulary(), sizes.embed(), random);
    this.layer = layer(workload, random);
    this.head = new Linear(workload.width(), sizes.classes(), random);
  }

  private static Recurrent<?> layer(Workload workload, RandomGenerator random) {
    int d = workload.sizes().embed();
    int h = workload.sizes().hidden();
    boolean both = workload.bidirectional();
    return switch (workload.cell()) {
      case RNN ->
          both
              ? new Bidirectional<>(new Rnn(d, h, random), new Rnn(d, h, random))
              : new Rnn(d, h, random);
      case GRU ->
          both
              ? new Bidirectional<>(new Gru(d, h, random), new Gru(d, h, random))
              : new Gru(d, h, random);
      case LSTM ->
          both
              ? new Bidirectional<>(new Lstm(d, h, random), new Lstm(d, h, random))
              : new Lstm(d, h, random);
    };
  }

  /// The scores of `ids` (B,T): (B,C), or (B·T,C) at every step.
  Tensor forward(Ids ids, Spans spans) {
    var x = embedding.forward(ids); // (B,T,D)
    var shown =
        workload.stepByStep()
            ? OwnLoop.over(layer, x, workload.everyStep())
            : read(layer, x, spans);
    return head.forward(shown);
  }

  private <S extends RecurrentState<S>> Tensor read(Recurrent<S> layer, Tensor x, Spans spans) {
    return workload.everyStep()
        ? layer.forward(x, spans).hidden().reshape(workload.scored(), workload.width()) // (B·T,H)
        : layer.last(x, spans).output(); // (B,H)
  }

  @Override
  public Parts parts() {
    return Parts.of("embedding", embedding).and("layer", layer).and("head", head);
  }
}
