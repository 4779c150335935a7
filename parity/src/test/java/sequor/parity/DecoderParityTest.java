package sequor.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.TransformerDecoderLayerImpl;
import org.bytedeco.pytorch.TransformerDecoderLayerOptions;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sequor.Seed;
import sequor.nn.Activation;
import sequor.nn.Attention;
import sequor.nn.NnModule;
import sequor.nn.TransformerBlock;
import sequor.nn.TransformerDecoderBlock;
import sequor.tensor.Spans;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;

/// What a decoder looks at a source with, beside libtorch: its decoder layer with the same weights,
/// and the three kinds of attention over states written out in its functions.
@Tag("libtorch")
class DecoderParityTest {
  private static final int BATCH = 4;
  private static final int STEPS = 6;
  private static final int READ = 7;
  private static final int SIZE = 12;
  private static final int HEADS = 3;

  private final RandomGenerator random = new Seed(11).generator();
  private final Spans source = Spans.right(new int[] {7, 3, 1, 5}, READ);
  private final Tensor x = Tensor.randn(random, BATCH, STEPS, SIZE);
  private final Tensor states = Tensor.randn(random, BATCH, READ, SIZE);

  /// No parameter is 0 or 1 any more.
  private <M extends NnModule> M shaken(M module) {
    module
        .parameters()
        .values()
        .forEach(p -> p.assign(p.plus(Tensor.randn(random, p.shape().dims()).times(0.2f))));
    return module;
  }

  @Test
  void transformerDecoderLayer() {
    var config =
        TransformerBlock.Config.of(SIZE, HEADS)
            .withFeedForwardSize(20)
            .withActivation(Activation.RELU)
            .withNormLast();
    var ours = shaken(new TransformerDecoderBlock(config, random));
    var options = new TransformerDecoderLayerOptions(SIZE, HEADS);
    options.dim_feedforward().put(20);
    options.dropout().put(0);
    var theirs = new TransformerDecoderLayerImpl(options);
    var there = theirs.named_parameters();
    var names = new ArrayList<String>();
    for (int i = 0; i < there.size(); i++) {
      names.add(there.keys().get(i).getString());
    }
    assertThat(names).containsExactlyInAnyOrderElementsOf(ours.parameters().keySet());
    try (var untracked = new NoGradGuard()) {
      assertThat(untracked).isNotNull();
      ours.parameters().forEach((name, value) -> there.get(name).copy_(Torch.of(value)));
    }
    x.requiresGrad(true);
    states.requiresGrad(true);
    var weights = Tensor.randn(random, BATCH, STEPS, SIZE);
    try (var tape = Tape.open();
        var _ = new PointerScope()) {
      var y = ours.forward(x, Spans.full(BATCH, STEPS), ours.source(states, source));
      var told = Torch.of(x).set_requires_grad(true);
      var read = Torch.of(states).set_requires_grad(true);
      var none = new org.bytedeco.pytorch.Tensor();
      var later = Torch.of(later()); // (T,T), which is added
      var hidden = Torch.of(source.mask()).eq(new Scalar(0)); // (B,S)
      var yThere =
          theirs
              .forward(told.transpose(0, 1), read.transpose(0, 1), later, none, none, hidden)
              .transpose(0, 1);
      Parity.assertSame("output", y, yThere);
      tape.backward(y.times(weights).sum());
      yThere.mul(Torch.of(weights)).sum().backward();
      Parity.assertSame("gradient of x", x.grad(), told.grad());
      Parity.assertSame("gradient of the source", states.grad(), read.grad());
      ours.parameters()
          .forEach(
              (name, value) ->
                  Parity.assertSame("gradient of " + name, value.grad(), there.get(name).grad()));
    }
  }

  /// −∞ where a step would see one that comes after it.
  private static Tensor later() {
    float[] later = new float[STEPS * STEPS];
    for (int i = 0; i < later.length; i++) {
      later[i] = i % STEPS > i / STEPS ? Float.NEGATIVE_INFINITY : 0;
    }
    return Tensor.of(later, STEPS, STEPS);
  }

  @ParameterizedTest
  @EnumSource
  void attentionOverStates(Attention.Score score) {
    int queries = score == Attention.Score.DOT ? SIZE : 8;
    var config = new Attention.Config(score, queries, SIZE, 10);
    var ours = shaken(new Attention(config, random));
    var asked = Tensor.randn(random, BATCH, STEPS, queries);
    Parity.of(ours)
        .and("asked", asked)
        .and("states", states)
        .check(
            () -> ours.forward(asked, ours.memory(states, source)).context(),
            t -> {
              var q = t.get("asked"); // (B,T,Q)
              var m = t.get("states"); // (B,S,M)
              var energies =
                  switch (score) {
                    case DOT -> q.matmul(m.transpose(1, 2));
                    case GENERAL -> q.matmul(t.get("weight")).matmul(m.transpose(1, 2));
                    case ADDITIVE -> {
                      var keys =
                          torch.linear(m, t.get("key.weight"), t.optional("key.bias")).unsqueeze(1);
                      var sums =
                          q.matmul(t.get("query.weight").transpose(0, 1)).unsqueeze(2).add(keys);
                      yield sums.tanh()
                          .matmul(t.get("energy.weight").transpose(0, 1))
                          .squeeze(3); // (B,T,S)
                    }
                  };
              var hidden = Torch.of(source.mask()).eq(new Scalar(0)).unsqueeze(1); // (B,1,S)
              var seen = energies.masked_fill(hidden, new Scalar(Double.NEGATIVE_INFINITY));
              return torch.softmax(seen, -1).matmul(m);
            });
  }

  /// A step of a block behind others, with their keys and values kept, is that of all at once.
  @Test
  void stepsAreThoseOfAllAtOnce() {
    for (boolean normFirst : List.of(true, false)) {
      var plain = TransformerBlock.Config.of(SIZE, HEADS);
      var config = normFirst ? plain : plain.withNormLast();
      var block = shaken(new TransformerDecoderBlock(config, random));
      var read = block.source(states, source);
      var all = block.forward(x, Spans.full(BATCH, STEPS), read);
      var past = block.seen(x.slice(1, 0, 1));
      for (int t = 0; t < STEPS; t++) {
        var now = x.slice(1, t, t + 1);
        past = t == 0 ? past : past.and(block.seen(now));
        var said = block.step(now, past, read).output();
        assertThat(said.allClose(all.slice(1, t, t + 1), 1e-4f, 1e-5f)).as("step %d", t).isTrue();
      }
    }
  }
}
