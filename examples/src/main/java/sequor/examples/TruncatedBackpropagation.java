package sequor.examples;

import java.util.random.RandomGenerator;
import sequor.Seed;
import sequor.nn.Linear;
import sequor.nn.Losses;
import sequor.nn.NnModule;
import sequor.nn.Parts;
import sequor.nn.Reduction;
import sequor.nn.Rnn;
import sequor.tensor.Spans;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.train.Adam;
import sequor.train.Clipping;

/// Learning from a stream of any length in windows of k steps.
///
/// The state at the end of a window is carried into the next, so that nothing is forgotten; the
/// gradient is cut there, so that a step costs the same at the start of the stream and at its end
/// (Williams and Peng 1990). `copy()` does both: a copy of the state that outlives the tape and has
/// no past.
///
/// The task is a latch: say the last signal that was not 0. Signals come about every fortieth step,
/// the windows are 20 steps long: who starts each with an empty state often cannot know.
///
/// Letters: B streams side by side, T steps of a stream, k steps of a window, H hidden size.
final class TruncatedBackpropagation {
  private static final int B = 16;
  private static final int T = 100;
  private static final int K = 20;
  private static final int H = 16;
  private static final int EPOCHS = 100;

  /// Signals and right answers, each (B,T,1).
  private record Stream(Tensor x, Tensor y) {}

  private record Latch(Rnn rnn, Linear head) implements NnModule {
    @Override
    public Parts parts() {
      return Parts.of("rnn", rnn).and("head", head);
    }
  }

  static void main() {
    int cut = reach(true);
    int whole = reach(false);
    IO.println("the loss at step %d reaches back %d steps, cut %d".formatted(T, whole, cut));
    Claim.holds(cut == K, "cut, the gradient ends with the window: %d", cut);
    Claim.holds(whole == T, "not cut, it goes back to the start: %d", whole);

    double carried = accuracy(true);
    double fresh = accuracy(false);
    IO.println("right answers, state carried   %5.1f%%".formatted(100 * carried));
    IO.println("right answers, state forgotten %5.1f%%".formatted(100 * fresh));
    Claim.holds(carried > 0.98, "with the state carried nearly all are right: %f", carried);
    Claim.holds(fresh < 0.9, "with the state forgotten many are wrong: %f", fresh);
  }

  /// How many steps get a gradient from the last one, the state cut between windows or not.
  static int reach(boolean cut) {
    var random = new Seed(1).generator();
    var rnn = new Rnn(1, H, random);
    var x = stream(random).x().requiresGrad(true); // (B,T,1)
    try (var tape = Tape.open()) {
      var state = rnn.zeroState(B);
      for (int start = 0; start < T; start += K) {
        var before = cut ? state.copy() : state;
        state = rnn.forward(x.slice(1, start, start + K), before).last();
      }
      tape.backward(state.h().sum());
    }
    var steps = x.grad().abs().sum(0, 2).greaterThan(0); // (B,T,1) → (T)
    return (int) steps.sum().item();
  }

  /// Trains, and tells how many answers to a new stream are right.
  static double accuracy(boolean carry) {
    var random = new Seed(1).generator();
    var latch = new Latch(new Rnn(1, H, random), new Linear(H, 1, random));
    var adam = new Adam(latch.parameters(), 0.01f);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      var stream = stream(random);
      var state = latch.rnn().zeroState(B);
      for (int start = 0; start < T; start += K) {
        var window = window(stream, start);
        var before = carry ? state : latch.rnn().zeroState(B);
        try (var tape = Tape.open()) {
          var output = latch.rnn().forward(window.x(), before, Spans.full(B, K)); // (B,k,H)
          var said = latch.head().forward(output.hidden()).tanh(); // (B,k,1)
          tape.backward(Losses.mse(said, window.y(), Reduction.MEAN));
          Clipping.byNorm(1).apply(latch.parameters());
          adam.step();
          state = output.last().copy(); // carried on, and cut off from its past
        }
      }
    }
    return judge(latch, stream(random), carry);
  }

  private static double judge(Latch latch, Stream stream, boolean carry) {
    var state = latch.rnn().zeroState(B);
    double right = 0;
    for (int start = 0; start < T; start += K) {
      var window = window(stream, start);
      var before = carry ? state : latch.rnn().zeroState(B);
      var output = latch.rnn().forward(window.x(), before, Spans.full(B, K));
      var said = latch.head().forward(output.hidden()); // (B,k,1)
      right += said.times(window.y()).greaterThan(0).sum().item(); // 1 where the signs agree
      state = output.last();
    }
    return right / (B * T);
  }

  private static Stream window(Stream stream, int start) {
    return new Stream(stream.x().slice(1, start, start + K), stream.y().slice(1, start, start + K));
  }

  private static Stream stream(RandomGenerator random) {
    float[] x = new float[B * T];
    float[] y = new float[B * T];
    for (int row = 0; row < B; row++) {
      float last = -1;
      for (int t = 0; t < T; t++) {
        float signal = random.nextInt(40) == 0 ? 2 * random.nextInt(2) - 1 : 0;
        last = signal == 0 ? last : signal;
        x[row * T + t] = signal;
        y[row * T + t] = last;
      }
    }
    return new Stream(Tensor.of(x, B, T, 1), Tensor.of(y, B, T, 1));
  }
}
