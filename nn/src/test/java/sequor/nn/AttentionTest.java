package sequor.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.Seed;
import sequor.kernels.Parallel;
import sequor.tensor.GradientCheck;
import sequor.tensor.Spans;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.testkit.Twins;

/// Attention, the blocks that are made of it, and positions.
class AttentionTest {
  private final RandomGenerator random = new Seed(4).generator();
  private final Spans spans = Spans.of(new int[] {0, 2, 3, 0}, new int[] {6, 5, 3, 1}, 6);
  private final Tensor x = Tensor.randn(random, 4, 6, 8);

  private Tensor alone(int row) {
    return x.slice(0, row, row + 1).slice(1, spans.start(row), spans.end(row));
  }

  private Tensor real(Tensor y, int row) {
    return y.slice(0, row, row + 1).slice(1, spans.start(row), spans.end(row));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPaddedRowGetsTheAnswerItGetsAlone(boolean causal) {
    var config = TransformerBlock.Config.of(8, 2);
    var block = new TransformerBlock(causal ? config.withCausal() : config, random);
    var together = block.forward(x, spans); // (B,T,E)
    for (int row : new int[] {0, 1, 3}) {
      var full = Spans.full(1, spans.length(row));
      Twins.assertClose(block.forward(alone(row), full), real(together, row), 20);
    }
    assertThat(together.toArray()).doesNotContain(Float.NaN);
  }

  /// Of as many steps, whatever other rows there are.
  @Test
  void aRowHasTheSameBitsInEveryBatch() {
    var block = new TransformerBlock(TransformerBlock.Config.of(8, 2), random);
    var together = block.forward(x, spans); // (B,T,E)
    for (int row = 0; row < 4; row++) {
      var one = Spans.of(new int[] {spans.start(row)}, new int[] {spans.end(row)}, 6);
      var alone = block.forward(x.slice(0, row, row + 1), one);
      Twins.assertSameBits(alone, together.slice(0, row, row + 1));
    }
  }

  /// What stands in the padding changes no bit of what is real, and no gradient.
  @Test
  void paddingIsNeverSeen() {
    var block = new TransformerBlock(TransformerBlock.Config.of(8, 4).withNormLast(), random);
    var padding = spans.mask().unsqueeze(2).lessThan(1);
    var other = x.maskedFill(padding, 77);
    var mask = spans.mask().unsqueeze(2);
    var a = real(block.forward(x, spans).times(mask), 1);
    Twins.assertSameBits(a, real(block.forward(other, spans).times(mask), 1));

    x.requiresGrad(true);
    try (var tape = Tape.open()) {
      tape.backward(block.forward(x, spans).times(mask).square().sum());
    }
    assertThat(x.grad().times(padding).abs().max().item()).isZero();
    assertThat(x.grad().toArray()).doesNotContain(Float.NaN);
  }

  @Test
  void causalSeesThePastAlone() {
    var attention = new MultiHeadAttention(MultiHeadAttention.Config.of(8, 2).withCausal(), random);
    var weights = attention.look(x, spans).weights(); // (B,N,T,T)
    assertThat(weights.triu(1).abs().max().item()).isZero();
    var sums = weights.sum(3).select(1, 0); // (B,T)
    for (int b = 0; b < 4; b++) {
      for (int t = spans.start(b); t < spans.end(b); t++) {
        assertThat(sums.get(b, t)).isCloseTo(1, within(1e-6f));
      }
    }
    var changed = Tensor.concat(1, List.of(x.slice(1, 0, 4), x.slice(1, 4, 6).times(3)));
    var before = attention.forward(x, spans).slice(1, 0, 4);
    Twins.assertSameBits(before, attention.forward(changed, spans).slice(1, 0, 4));
  }

  /// One operation gives what the equations give step by step, after dropout too: it draws the same
  /// mask.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void fusedEqualsComposed(boolean causal) {
    var config = MultiHeadAttention.Config.of(8, 2).withDropout(0.3f);
    var attention = new MultiHeadAttention(causal ? config.withCausal() : config, random);
    var mask = spans.mask().unsqueeze(2);
    assertSame(
        attention,
        () -> attention.look(x, spans).output().times(mask),
        () -> attention.forward(x, spans).times(mask));
    var states = Tensor.randn(random, 4, 6, 8);
    var asks = Tensor.randn(random, 4, 3, 8);
    assertSame(
        attention,
        () -> attention.look(asks, attention.memory(states), spans).output(),
        () -> attention.forward(asks, attention.memory(states), spans));
  }

  /// Of 4,096 steps all pairs would be 64 MiB a head.
  @Test
  void aLongRowTakesLittleMoreMemoryThanItsActivations() {
    int steps = 4096;
    int size = 64;
    var attention =
        new MultiHeadAttention(MultiHeadAttention.Config.of(size, 2).withCausal(), random);
    var row = Tensor.randn(random, 1, steps, size).requiresGrad(true);
    long activations = 4L * steps * size * (3 + 1 + 1); // the product, what is taken, the answer
    long most = (activations + activations + 4L * steps * size) * 3 / 2; // with all gradients
    int parallel = Parallel.threads();
    Parallel.threads(1); // what others allocate is not counted
    try {
      long least = Long.MAX_VALUE;
      long end = System.nanoTime() + 60_000_000_000L; // until the JIT has compiled all of it
      while (least > most && System.nanoTime() < end) {
        Tape.releaseMemory();
        least = Math.min(least, allocatedBy(attention, row));
      }
      assertThat(least).isBetween(activations, most);
    } finally {
      Parallel.threads(parallel);
    }
  }

  private static long allocatedBy(MultiHeadAttention attention, Tensor row) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    try (var tape = Tape.open()) {
      tape.backward(attention.forward(row, Spans.full(1, row.dim(1))).sum());
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private void assertSame(
      MultiHeadAttention attention, Supplier<Tensor> composed, Supplier<Tensor> fused) {
    var expected = trained(attention, composed);
    var actual = trained(attention, fused);
    for (int i = 0; i < expected.size(); i++) {
      Twins.assertClose(expected.get(i), actual.get(i), 64);
    }
  }

  /// The answer, and the gradient of each parameter.
  private static List<Tensor> trained(MultiHeadAttention attention, Supplier<Tensor> forward) {
    var results = new ArrayList<Tensor>();
    try (var tape = Tape.open(new Seed(9).generator())) {
      var y = forward.get();
      results.add(Tensor.of(y.toArray(), y.shape().dims()));
      tape.backward(y.square().sum());
    }
    for (var parameter : attention.parameters().values()) {
      var gradient = parameter.grad();
      results.add(Tensor.of(gradient.toArray(), gradient.shape().dims()));
      parameter.clearGrad();
    }
    return results;
  }

  @Test
  void queriesAndSpansAreThoseOfTheMemory() {
    var random = new SplittableRandom(2);
    for (var score : Attention.Score.values()) {
      var attention = new Attention(Attention.Config.of(score, 4, 4), random);
      var states = Tensor.zeros(2, 3, 4);
      var memory = attention.memory(states, Spans.full(2, 3));
      for (var queries :
          List.of(Tensor.zeros(2, 4), Tensor.zeros(3, 1, 4), Tensor.zeros(2, 1, 5))) {
        assertThatThrownBy(() -> attention.forward(queries, memory))
            .isInstanceOf(NnException.class)
            .hasMessageContaining("attention: expected queries (2,T,4)");
      }
      assertThatThrownBy(() -> attention.memory(states, Spans.full(1, 3)))
          .isInstanceOf(NnException.class)
          .hasMessageContaining(
              "expected the spans of 2 rows of 3 steps, got those of 1 rows of 3");
    }
  }

  @Test
  void gradientsReachEveryWeight() {
    var config = TransformerBlock.Config.of(4, 2).withFeedForwardSize(5);
    for (var each : List.of(config, config.withNormLast().withCausal())) {
      var block = new TransformerBlock(each, random);
      var small = Tensor.randn(random, 2, 3, 4);
      var rows = Spans.right(new int[] {3, 2}, 3);
      var mask = rows.mask().unsqueeze(2);
      var check = GradientCheck.of(() -> block.forward(small, rows).times(mask)).with("x", small);
      for (var name :
          List.of(
              "self_attn.in_proj_weight",
              "self_attn.out_proj.weight",
              "linear1.weight",
              "linear2.bias",
              "norm1.weight",
              "norm2.bias")) {
        check = check.with(name, block.parameter(name));
      }
      check.step(0.005f).run();
    }
  }

  @Test
  void dropoutIsForTrainingAlone() {
    var block = new TransformerBlock(TransformerBlock.Config.of(8, 2).withDropout(0.5f), random);
    Twins.assertSameBits(block.forward(x, spans), block.forward(x, spans));
    try (var _ = Tape.open(new Seed(1).generator())) {
      assertThat(block.forward(x, spans).toArray()).isNotEqualTo(block.forward(x, spans).toArray());
    }
  }

  @Test
  void itSaysWhatDoesNotFit() {
    assertThatThrownBy(() -> new MultiHeadAttention(10, 4, random))
        .isInstanceOf(NnException.class)
        .hasMessage("attention: expected a size that the heads divide, got 10 and 4 heads; try 8");
    var attention = new MultiHeadAttention(8, 2, random);
    assertThatThrownBy(() -> attention.forward(Tensor.zeros(4, 6, 7), spans))
        .hasMessage("attention: expected (B,T,8), got (4,6,7); project the input to that size");
    assertThatThrownBy(() -> attention.forward(x, Spans.full(4, 5)))
        .hasMessage(
            "attention: expected spans of 4 rows and 6 steps, got 4 and 5; give the input's own");
    assertThatThrownBy(() -> TransformerBlock.Config.of(8, 2).withFeedForwardSize(0))
        .hasMessageContaining("expected a feed-forward size of 1 or more, got 0");
  }

  @Test
  void positionsAreWavesThatCountFromTheFirstRealStep() {
    var waves = SinusoidalPositions.of(spans, 5); // (B,T,E)
    for (int b = 0; b < 4; b++) {
      for (int t = 0; t < 6; t++) {
        int p = t - spans.start(b);
        boolean real = p >= 0 && t < spans.end(b);
        for (int e = 0; e < 5; e++) {
          double angle = p / Math.pow(10_000, (e / 2 * 2) / 5.0);
          double expected = real ? e % 2 == 0 ? Math.sin(angle) : Math.cos(angle) : 0;
          assertThat((double) waves.get(b, t, e)).isCloseTo(expected, within(1e-6));
        }
      }
    }
  }
}
