package sequor.parity;

import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import sequor.Seed;
import sequor.nn.Bidirectional;
import sequor.nn.Bridge;
import sequor.nn.Highway;
import sequor.nn.Lstm;
import sequor.nn.Stacked;

/// Two layers of LSTM both ways and what stands between them, put together from libtorch's parts.
@Tag("libtorch")
class BridgeParityTest {
  private static final int BATCH = 3;
  private static final int STEPS = 7;
  private static final int INPUT = 5;
  private static final int HIDDEN = 6;

  private final RandomGenerator random = new Seed(3).generator();

  private interface Between {
    Tensor of(Torch.Leaves leaves, Tensor x, Tensor hidden);
  }

  @Test
  void layerNorm() {
    compare(
        INPUT,
        Bridge.layerNorm(2 * HIDDEN),
        (t, _, hidden) ->
            torch.layer_norm(
                hidden,
                new long[] {2 * HIDDEN},
                t.optional("norm_weight_l0"),
                t.optional("norm_bias_l0"),
                1e-5f,
                false));
  }

  @Test
  void highwayOfOneSize() {
    compare(
        2 * HIDDEN,
        new Highway(2 * HIDDEN, 2 * HIDDEN, random),
        (t, x, hidden) -> chosen(t, x, hidden, x));
  }

  @Test
  void highwayThatProjectsItsInput() {
    compare(
        INPUT,
        new Highway(INPUT, 2 * HIDDEN, random),
        (t, x, hidden) -> chosen(t, x, hidden, torch.linear(x, t.get("carry_weight_l0"))));
  }

  private static Tensor chosen(Torch.Leaves t, Tensor x, Tensor hidden, Tensor passed) {
    var gate = torch.sigmoid(torch.linear(x, t.get("gate_weight_l0"), t.optional("gate_bias_l0")));
    return torch.lerp(passed, hidden, gate);
  }

  private void compare(int inputSize, Bridge bridge, Between between) {
    var layers =
        new Stacked<>(List.of(bothWays(inputSize), bothWays(2 * HIDDEN)), List.of(bridge), 0);
    layers
        .parameters()
        .forEach(
            (name, p) -> {
              if (name.startsWith("norm")) { // it begins with ones and zeros
                p.assign(sequor.tensor.Tensor.randn(random, 2 * HIDDEN));
              }
            });
    var x = sequor.tensor.Tensor.randn(random, BATCH, STEPS, inputSize);
    Parity.of(layers)
        .and("x", x)
        .check(
            () -> layers.forward(x).hidden(),
            t -> {
              var hidden = lstm(t, t.get("x"), "_l0");
              return lstm(t, between.of(t, t.get("x"), hidden), "_l1");
            });
  }

  private Bidirectional<Lstm.State> bothWays(int inputSize) {
    return new Bidirectional<>(
        new Lstm(inputSize, HIDDEN, random), new Lstm(inputSize, HIDDEN, random));
  }

  private static Tensor lstm(Torch.Leaves t, Tensor x, String suffix) {
    var weights = new TensorVector();
    for (var direction : List.of("", "_reverse")) {
      for (var name : List.of("weight_ih", "weight_hh", "bias_ih", "bias_hh")) {
        weights.push_back(t.get(name + suffix + direction));
      }
    }
    var zero = torch.zeros(2, BATCH, HIDDEN);
    return torch
        .lstm(x, new TensorVector(zero, zero), weights, true, 1, 0, true, true, true)
        .get0();
  }
}
