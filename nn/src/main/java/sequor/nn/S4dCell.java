package sequor.nn;

import java.util.List;
import java.util.random.RandomGenerator;
import sequor.tensor.LinearRecurrence;
import sequor.tensor.LinearRecurrence.Modes;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;

/// One step of an [S4d].
public final class S4dCell implements NnModule {
  /// N in the paper.
  static final int STATE_SIZE = 64;

  private final int hiddenSize;
  private final Linear input; // (D) → (H)
  private final Tensor logDt; // (H)
  private final Tensor logAReal; // (H,P)
  private final Tensor aImag; // (H,P)
  private final Tensor c; // (H,P,2)
  private final Tensor d; // (H)
  private final Linear output; // (H) → (2H)

  /// @param inputSize D
  /// @param hiddenSize H
  /// @param stateSize N real states of each channel, an even number: P = N/2 complex ones
  public S4dCell(int inputSize, int hiddenSize, int stateSize, RandomGenerator random) {
    if (inputSize < 1 || hiddenSize < 1 || stateSize < 2 || stateSize % 2 != 0) {
      throw new NnException(
          "S4D: sizes must be 1 or more and that of the state even, got input %d, hidden %d, state %d"
              .formatted(inputSize, hiddenSize, stateSize));
    }
    int count = stateSize / 2;
    this.hiddenSize = hiddenSize;
    input = new Linear(inputSize, hiddenSize, random);
    float slowest = (float) Math.log(0.001);
    float fastest = (float) Math.log(0.1);
    logDt = Tensor.uniform(random, slowest, fastest, hiddenSize).requiresGrad(true);
    logAReal = Tensor.full((float) Math.log(0.5), hiddenSize, count).requiresGrad(true);
    var frequencies = Tensor.arange(count).times((float) Math.PI); // (P)
    aImag = frequencies.expand(hiddenSize, count).copy().requiresGrad(true);
    c = Init.normal(random, (float) Math.sqrt(0.5), hiddenSize, count, 2);
    d = Init.normal(random, 1, hiddenSize);
    output = new Linear(hiddenSize, 2 * hiddenSize, random);
  }

  /// `λ` and `w` of every state: what a step does, and how it is read.
  ///
  /// `λ − 1` is computed as `eᵃ·cos b − 1 = (eᵃ − 1)·cos b − 2 sin²(b/2)`, for it is small where a
  /// step is.
  Modes modes() {
    var dt = logDt.exp().unsqueeze(1); // (H,1)
    var ar = logAReal.exp().negate(); // (H,P), as all below
    var decay = dt.times(ar);
    var turn = dt.times(aImag);
    var cos = turn.cos();
    var lr = decay.exp().times(cos);
    var li = decay.exp().times(turn.sin());
    var less = decay.expm1().times(cos).minus(turn.times(0.5f).sin().square().times(2));
    // (λ − 1)/A = (λ − 1)·Ā/|A|²
    var size = ar.square().plus(aImag.square());
    var qr = less.times(ar).plus(li.times(aImag)).dividedBy(size);
    var qi = li.times(ar).minus(less.times(aImag)).dividedBy(size);
    var cr = c.select(2, 0).times(2);
    var ci = c.select(2, 1).times(2);
    var wr = cr.times(qr).minus(ci.times(qi));
    var wi = cr.times(qi).plus(ci.times(qr));
    return new Modes(modes(lr, li), modes(wr, wi));
  }

  private static Tensor modes(Tensor re, Tensor im) {
    return Tensor.stack(0, List.of(re, im)).transpose(1, 2); // (2,H,P) → (2,P,H)
  }

  /// `u = W·x + b`: (…,D) → (…,H).
  Tensor input(Tensor x) {
    return input.forward(x);
  }

  /// What is shown of what was read of the states and of the input itself: (…,H).
  Tensor shown(Tensor read, Tensor u) {
    var y = read.plus(u.times(d));
    var halves = output.forward(y.gelu()).split(2, -1); // 2 × (…,H)
    return halves.get(0).times(halves.get(1).sigmoid());
  }

  /// Reads one step `x` (B,D).
  public S4d.State forward(Tensor x, S4d.State state) {
    var u = input(x); // (B,H)
    var one = Spans.full(x.dim(0), 1);
    var read = LinearRecurrence.diagonal(u.unsqueeze(1), modes(), state.s(), one, false);
    return new S4d.State(shown(read.hidden().squeeze(1), u), read.last());
  }

  /// The state before anything was read.
  public S4d.State zeroState(int batch) {
    int states = 2 * logAReal.dim(1) * hiddenSize;
    return new S4d.State(Tensor.zeros(batch, hiddenSize), Tensor.zeros(batch, states));
  }

  int hiddenSize() {
    return hiddenSize;
  }

  Parts parts(String suffix) {
    return Parts.none()
        .and("weight_ih" + suffix, input.weight())
        .and("bias_ih" + suffix, input.bias().orElseThrow())
        .and("log_dt" + suffix, logDt)
        .and("log_a_real" + suffix, logAReal)
        .and("a_imag" + suffix, aImag)
        .and("c" + suffix, c)
        .and("d" + suffix, d)
        .and("weight_oh" + suffix, output.weight())
        .and("bias_oh" + suffix, output.bias().orElseThrow());
  }

  @Override
  public Parts parts() {
    return parts("");
  }
}
