package sequor.benchmarks.peers;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import sequor.nn.Activation;
import sequor.nn.CrossEntropyLoss;
import sequor.nn.Embedding;
import sequor.nn.LayerNorm;
import sequor.nn.Linear;
import sequor.nn.NnModule;
import sequor.nn.Parts;
import sequor.nn.TransformerBlock;
import sequor.nn.TransformerDecoderBlock;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.train.Adam;

/// The Transformer of a workload.
final class SequorTransformer implements NnModule {
  private final TransformerWorkload workload;
  private final Embedding embedding; // (V,E)
  private final List<TransformerBlock> encoder;
  private final List<TransformerDecoderBlock> decoder;
  private final LayerNorm norm;
  private final Linear head;

  SequorTransformer(TransformerWorkload workload) {
    this.workload = workload;
    var random = new Random(1);
    int size = workload.size();
    embedding = new Embedding(workload.vocabulary(), size, random);
    var config =
        TransformerBlock.Config.of(size, workload.heads())
            .withFeedForwardSize(workload.feedForward())
            .withActivation(Activation.RELU);
    var blocks = IntStream.range(0, workload.layers()).boxed().toList();
    encoder = blocks.stream().map(_ -> new TransformerBlock(config, random)).toList();
    decoder =
        workload.translates()
            ? blocks.stream().map(_ -> new TransformerDecoderBlock(config, random)).toList()
            : List.of();
    norm = new LayerNorm(size);
    int answers = workload.translates() ? workload.vocabulary() : workload.classes();
    head = new Linear(size, answers, random);
  }

  private Tensor read(Ids source, Spans spans) {
    var x = embedding.forward(source); // (B,T,E)
    for (var block : encoder) {
      x = block.forward(x, spans);
    }
    return x;
  }

  /// What the head reads: (B,E), or (B,T,E) where every step says something.
  private Tensor hidden(Ids source, Ids told) {
    var spans = Spans.full(workload.batch(), workload.steps());
    var x = read(source, spans);
    if (!workload.translates()) {
      return norm.forward(x).mean(1);
    }
    var y = embedding.forward(told);
    for (var block : decoder) {
      y = block.forward(y, spans, block.source(x, spans));
    }
    return norm.forward(y);
  }

  /// One training step after the other on one batch; each gives the loss before.
  static Supplier<float[]> training(TransformerWorkload workload) {
    var numbers = workload.new Numbers();
    var model = new SequorTransformer(workload);
    for (var parameter : model.parameters().values()) {
      parameter.assign(numbers.weights(parameter.shape().size()));
    }
    var adam = new Adam(model.parameters(), 1e-3f);
    var source = Ids.of(numbers.ids(), workload.batch(), workload.steps());
    var told = Ids.of(numbers.ids(), workload.batch(), workload.steps());
    int[] targets = numbers.targets();
    var right =
        workload.translates()
            ? Ids.of(targets, workload.batch(), workload.steps())
            : Ids.of(targets);
    var random = new Random(1);
    return () -> {
      try (var tape = Tape.open(random)) {
        var loss = new CrossEntropyLoss().of(model.hidden(source, told), model.head, right);
        tape.backward(loss);
        adam.step();
        return new float[] {loss.item()};
      }
    };
  }

  @Override
  public Parts parts() {
    return Parts.of("embedding", embedding)
        .and("encoder", new Blocks(encoder))
        .and("decoder", new Blocks(decoder))
        .and("norm", norm)
        .and("head", head);
  }

  private record Blocks(List<? extends NnModule> all) implements NnModule {
    @Override
    public Parts parts() {
      return Parts.numbered(all);
    }
  }
}
