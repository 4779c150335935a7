package sequor.nn;

import java.util.Optional;
import java.util.random.RandomGenerator;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// A highway past a layer (Srivastava, Greff and Schmidhuber 2015, equation 3): at each step and
/// for each number a gate chooses between what the layer has given and what it has read, so that
/// deep stacks learn.
///
/// ```
/// t = σ(W_t·x + b_t)
/// y = t·h + (1 − t)·x           where the sizes D and H are the same
/// y = t·h + (1 − t)·W_c·x       where they are not
/// ```
///
/// `b_t` begins at −1, which lets the input pass, as in the paper.
public final class Highway implements Bridge {
  private static final float CARRY = -1;

  private final Linear gate; // (H,D)
  private final Optional<Linear> carry; // (H,D)

  /// @param inputSize D of the layer
  /// @param hiddenSize H of the layer
  public Highway(int inputSize, int hiddenSize, RandomGenerator random) {
    gate =
        new Linear(
            Init.byFanIn(random, inputSize, hiddenSize, inputSize),
            Tensor.full(CARRY, hiddenSize).requiresGrad(true));
    carry =
        inputSize == hiddenSize
            ? Optional.empty()
            : Optional.of(Linear.withoutBias(inputSize, hiddenSize, random));
  }

  @Override
  public Tensor forward(Tensor x, Tensor hidden, Spans spans) {
    var real = cleared(x, spans); // (B,T,D)
    var t = gate.forward(real).sigmoid(); // (B,T,H)
    var passed = carry.map(c -> c.forward(real)).orElse(real); // (B,T,H)
    return passed.plus(t.times(hidden.minus(passed)));
  }

  /// The same with 0 where a step is not real, whatever stood there, not a number included: a
  /// weight reads every step, and its gradient would be none either.
  private static Tensor cleared(Tensor x, Spans spans) {
    return spans.isFull() ? x : x.where(spans.mask().unsqueeze(2), Tensor.of(0));
  }

  /// `gate_weight` (H,D), `gate_bias` (H) and, where sizes differ, `carry_weight` (H,D).
  @Override
  public Parts parts(String suffix) {
    var parts =
        Parts.of("gate_weight" + suffix, gate.weight())
            .and("gate_bias" + suffix, gate.bias().orElseThrow());
    return carry.map(c -> parts.and("carry_weight" + suffix, c.weight())).orElse(parts);
  }
}
