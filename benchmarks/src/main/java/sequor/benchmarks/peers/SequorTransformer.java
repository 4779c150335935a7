package sequor.benchmarks.peers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import sequor.models.BeamSearch;
import sequor.models.Decoding;
import sequor.nn.Activation;
import sequor.nn.CrossEntropyLoss;
import sequor.nn.Embedding;
import sequor.nn.LayerNorm;
import sequor.nn.Linear;
import sequor.nn.MultiHeadAttention;
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

  private static SequorTransformer drawn(
      TransformerWorkload workload, TransformerWorkload.Numbers numbers) {
    var model = new SequorTransformer(workload);
    for (var parameter : model.parameters().values()) {
      parameter.assign(numbers.weights(parameter.shape().size()));
    }
    return model;
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
    var model = drawn(workload, numbers);
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

  /// What is said of one batch; what comes out are the tokens of the likeliest each time.
  static Step translation(TransformerWorkload workload, int beam) {
    var numbers = workload.new Numbers();
    var model = drawn(workload, numbers);
    int[] source = numbers.ids();
    return Step.of(() -> model.translated(source, beam), () -> model.translated(source, 1));
  }

  private float[] translated(int[] source, int beam) {
    int end = workload.vocabulary() - 1;
    var search =
        new BeamSearch(
            BeamSearch.Config.standard().withBeam(beam), // none ends before the others
            new BeamSearch.Marks(TransformerWorkload.BEGIN, end, List.of(end)));
    var spans = Spans.full(workload.batch(), workload.steps());
    var x = read(Ids.of(source, workload.batch(), workload.steps()), spans);
    var start = new Told(decoder.stream().map(block -> block.source(x, spans)).toList(), List.of());
    int[] limits = new int[workload.batch()];
    Arrays.fill(limits, workload.steps());
    var best = search.search(start, limits).stream().map(List::getFirst).toList();
    float[] tokens = new float[workload.batch() * workload.steps()];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = best.get(i / workload.steps()).tokens()[i % workload.steps()];
    }
    return tokens;
  }

  /// What was said so far, as each block sees it.
  private final class Told implements Decoding {
    private final List<TransformerDecoderBlock.Source> sources;
    private final List<MultiHeadAttention.Memory> past; // none before the first token

    Told(List<TransformerDecoderBlock.Source> sources, List<MultiHeadAttention.Memory> past) {
      this.sources = sources;
      this.past = past;
    }

    @Override
    public int rows() {
      return sources.getFirst().spans().batch();
    }

    @Override
    public Decoding.Step step(int... tokens) {
      var y = embedding.forward(Ids.of(tokens, rows(), 1)); // (B,1,E)
      var seen = new ArrayList<MultiHeadAttention.Memory>();
      for (int l = 0; l < decoder.size(); l++) {
        var block = decoder.get(l);
        var own = block.seen(y);
        var all = past.isEmpty() ? own : past.get(l).and(own);
        seen.add(all);
        y = block.step(y, all, sources.get(l)).output();
      }
      var logits = head.forward(norm.forward(y).squeeze(1)); // (B,V)
      return new Decoding.Step(logits, Optional.empty(), new Told(sources, seen));
    }

    @Override
    public Decoding select(int... rows) {
      var ids = Ids.of(rows);
      return new Told(
          sources.stream().map(source -> source.select(rows)).toList(),
          past.stream().map(memory -> memory.select(ids)).toList());
    }
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
