package sequor.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.MultiheadAttentionImpl;
import org.bytedeco.pytorch.MultiheadAttentionOptions;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.StringTensorDict;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TransformerEncoderLayerImpl;
import org.bytedeco.pytorch.TransformerEncoderLayerOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.kGELU;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import sequor.Seed;
import sequor.nn.Activation;
import sequor.nn.MultiHeadAttention;
import sequor.nn.NnModule;
import sequor.nn.TransformerBlock;
import sequor.tensor.Spans;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;

/// Attention and the block that is made of it, with libtorch's modules of the same weights, which
/// go there by their names as they are, and with the same block written out in its functions, as
/// its modules know no norm before the layers.
@Tag("libtorch")
class TransformerParityTest {
  private static final int BATCH = 4;
  private static final int STEPS = 9;
  private static final int SIZE = 12;
  private static final int HEADS = 3;

  private final RandomGenerator random = new Seed(10).generator();
  private final Spans spans = Spans.of(new int[] {0, 0, 4, 2}, new int[] {9, 5, 9, 3}, STEPS);
  private final Tensor real = spans.mask().unsqueeze(2); // (B,T,1)
  private final Tensor x = Tensor.randn(random, BATCH, STEPS, SIZE);

  /// No parameter is 0 or 1 any more.
  private <M extends NnModule> M shaken(M module) {
    module
        .parameters()
        .values()
        .forEach(p -> p.assign(p.plus(Tensor.randn(random, p.shape().dims()).times(0.2f))));
    return module;
  }

  @Test
  void multiHeadAttention() {
    var ours = shaken(new MultiHeadAttention(SIZE, HEADS, random));
    var theirs = new MultiheadAttentionImpl(new MultiheadAttentionOptions(SIZE, HEADS));
    x.requiresGrad(true);
    compare(
        ours,
        theirs.named_parameters(),
        () -> ours.forward(x, spans),
        there -> {
          var steps = there.transpose(0, 1); // (T,B,E)
          var none = new org.bytedeco.pytorch.Tensor();
          return theirs
              .forward(steps, steps, steps, hidden(), true, none, true)
              .get0()
              .transpose(0, 1);
        });
    Parity.assertSame(
        "weights, over the heads",
        ours.look(x, Spans.full(BATCH, STEPS)).weights().mean(1),
        theirs
            .forward(
                Torch.of(x).transpose(0, 1),
                Torch.of(x).transpose(0, 1),
                Torch.of(x).transpose(0, 1))
            .get1());
  }

  @ParameterizedTest
  @EnumSource(names = {"RELU", "GELU"})
  void transformerEncoderLayer(Activation activation) {
    var config =
        TransformerBlock.Config.of(SIZE, HEADS)
            .withFeedForwardSize(20)
            .withActivation(activation)
            .withNormLast();
    var ours = shaken(new TransformerBlock(config, random));
    var options = new TransformerEncoderLayerOptions(SIZE, HEADS);
    options.dim_feedforward().put(20);
    options.dropout().put(0);
    if (activation == Activation.GELU) {
      options.activation().put(new kGELU());
    }
    var theirs = new TransformerEncoderLayerImpl(options);
    x.requiresGrad(true);
    compare(
        ours,
        theirs.named_parameters(),
        () -> ours.forward(x, spans),
        there ->
            theirs
                .forward(there.transpose(0, 1), new org.bytedeco.pytorch.Tensor(), hidden())
                .transpose(0, 1));
  }

  /// True where a step is not to be seen. // (B,T)
  private org.bytedeco.pytorch.Tensor hidden() {
    return Torch.of(spans.mask()).eq(new Scalar(0));
  }

  private interface Forward {
    org.bytedeco.pytorch.Tensor of(org.bytedeco.pytorch.Tensor x);
  }

  /// Names, results of real steps, and the gradients of all parameters and of the input.
  private void compare(
      NnModule ours, StringTensorDict theirs, Supplier<Tensor> forward, Forward forwardThere) {
    var parameters = ours.parameters();
    assertThat(names(theirs)).containsExactlyInAnyOrderElementsOf(parameters.keySet());
    try (var untracked = new NoGradGuard()) {
      assertThat(untracked).isNotNull();
      parameters.forEach(
          (name, value) -> {
            assertThat(Torch.shape(theirs.get(name))).as(name).isEqualTo(value.shape());
            theirs.get(name).copy_(Torch.of(value));
          });
    }
    var weights = Tensor.randn(random, BATCH, STEPS, SIZE);
    try (var tape = Tape.open();
        var _ = new PointerScope()) {
      var y = forward.get().times(real);
      var input = Torch.of(x).set_requires_grad(true);
      var yThere = forwardThere.of(input).mul(Torch.of(real));
      Parity.assertSame("output", y, yThere);
      tape.backward(y.times(weights).sum());
      yThere.mul(Torch.of(weights)).sum().backward();
      Parity.assertSame("gradient of x", x.grad(), input.grad());
      parameters.forEach(
          (name, value) ->
              Parity.assertSame("gradient of " + name, value.grad(), theirs.get(name).grad()));
    }
  }

  private static Iterable<String> names(StringTensorDict dict) {
    Map<String, Integer> names = new LinkedHashMap<>();
    for (int i = 0; i < dict.size(); i++) {
      names.put(dict.keys().get(i).getString(), i);
    }
    return names.keySet();
  }

  @ParameterizedTest
  @CsvSource({"false,false", "false,true", "true,false", "true,true"})
  void everyKindOfBlock(boolean normFirst, boolean causal) {
    var plain = TransformerBlock.Config.of(SIZE, HEADS).withFeedForwardSize(20);
    var ordered = normFirst ? plain : plain.withNormLast();
    var block = shaken(new TransformerBlock(causal ? ordered.withCausal() : ordered, random));
    Parity.of(block)
        .and("x", x)
        .check(
            () -> block.forward(x, spans).times(real),
            t -> {
              var input = t.get("x");
              if (normFirst) {
                var a = input.add(attended(t, norm(t, "norm1", input), causal));
                return a.add(fed(t, norm(t, "norm2", a))).mul(Torch.of(real));
              }
              var a = norm(t, "norm1", input.add(attended(t, input, causal)));
              return norm(t, "norm2", a.add(fed(t, a))).mul(Torch.of(real));
            });
  }

  private static org.bytedeco.pytorch.Tensor norm(
      Torch.Leaves t, String name, org.bytedeco.pytorch.Tensor x) {
    return torch.layer_norm(
        x,
        new long[] {SIZE},
        t.optional(name + ".weight"),
        t.optional(name + ".bias"),
        1e-5f,
        false);
  }

  private static org.bytedeco.pytorch.Tensor linear(
      Torch.Leaves t, String name, org.bytedeco.pytorch.Tensor x) {
    return torch.linear(x, t.get(name + ".weight"), t.optional(name + ".bias"));
  }

  private static org.bytedeco.pytorch.Tensor fed(Torch.Leaves t, org.bytedeco.pytorch.Tensor x) {
    return linear(t, "linear2", torch.gelu(linear(t, "linear1", x)));
  }

  private org.bytedeco.pytorch.Tensor attended(
      Torch.Leaves t, org.bytedeco.pytorch.Tensor x, boolean causal) {
    var projected =
        torch.linear(
            x, t.get("self_attn.in_proj_weight"), t.optional("self_attn.in_proj_bias")); // (B,T,3E)
    var taken =
        torch.scaled_dot_product_attention(
            head(projected, 0),
            head(projected, 1),
            head(projected, 2),
            new TensorOptional(seen(causal)),
            0,
            false,
            new DoubleOptional(),
            false); // (B,N,T,D)
    return linear(t, "self_attn.out_proj", taken.transpose(1, 2).reshape(BATCH, STEPS, SIZE));
  }

  private static org.bytedeco.pytorch.Tensor head(org.bytedeco.pytorch.Tensor projected, int i) {
    return projected
        .narrow(2, (long) i * SIZE, SIZE)
        .reshape(BATCH, STEPS, HEADS, SIZE / HEADS)
        .transpose(1, 2);
  }

  /// Which steps each one sees; those that are padding see all, and count for nothing. // (B,1,T,T)
  private org.bytedeco.pytorch.Tensor seen(boolean causal) {
    float[] hiding = new float[BATCH * STEPS * STEPS];
    for (int i = 0; i < hiding.length; i++) {
      int b = i / (STEPS * STEPS);
      int row = i / STEPS % STEPS;
      int t = i % STEPS;
      boolean isReal = row >= spans.start(b) && row < spans.end(b);
      boolean sees = t >= spans.start(b) && t < spans.end(b) && !(causal && t > row);
      hiding[i] = isReal && !sees ? Float.NEGATIVE_INFINITY : 0;
    }
    return Torch.of(Tensor.of(hiding, BATCH, 1, STEPS, STEPS));
  }
}
