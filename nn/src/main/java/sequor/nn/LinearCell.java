package sequor.nn;

import java.util.List;
import java.util.random.RandomGenerator;
import sequor.tensor.Tensor;

/// One step of a recurrent layer whose gates look at its input alone, never at its state: of
/// [MinGru], [MinLstm] and [RgLru].
///
/// ```
/// h' = a·h + b          a and b follow from x
/// ```
public abstract sealed class LinearCell implements NnModule
    permits MinGruCell, MinLstmCell, RgLruCell {

  /// What a step does to the state.
  ///
  /// @param a (…,H)
  /// @param b (…,H)
  record Coefficients(Tensor a, Tensor b) {}

  private final int hiddenSize;
  private final Tensor inputWeight; // (G·H,D)
  private final Tensor inputBias; // (G·H)

  LinearCell(String name, int gates, int inputSize, int hiddenSize, RandomGenerator random) {
    if (inputSize < 1 || hiddenSize < 1) {
      throw new NnException(
          "%s: sizes must be 1 or more, got input %d and hidden %d"
              .formatted(name, inputSize, hiddenSize));
    }
    this.hiddenSize = hiddenSize;
    inputWeight = Init.byFanIn(random, inputSize, gates * hiddenSize, inputSize);
    inputBias = Init.byFanIn(random, inputSize, gates * hiddenSize);
  }

  /// What steps `x` do, one (B,D) or all of a sequence (B,T,D).
  abstract Coefficients coefficients(Tensor x);

  /// `W·x + b` of each gate: (…,D) → G × (…,H).
  final List<Tensor> gates(Tensor x) {
    int gates = inputWeight.dim(0) / hiddenSize;
    return x.linear(inputWeight, inputBias).split(gates, -1);
  }

  /// Reads one step `x` (B,D).
  public final HiddenState forward(Tensor x, HiddenState state) {
    var step = coefficients(x);
    return new HiddenState(step.a.times(state.h()).plus(step.b)); // (B,H)
  }

  /// The state before anything was read.
  public final HiddenState zeroState(int batch) {
    return new HiddenState(Tensor.zeros(batch, hiddenSize));
  }

  final int hiddenSize() {
    return hiddenSize;
  }

  Parts parts(String suffix) {
    return Parts.of("weight_ih" + suffix, inputWeight).and("bias_ih" + suffix, inputBias);
  }

  @Override
  public final Parts parts() {
    return parts("");
  }

  /// The candidate's curve: `x + ½` from 0 on, `σ(x)` below.
  static Tensor positive(Tensor x) {
    return x.relu().plus(x.minimum(0).sigmoid());
  }
}
