package sequor.examples;

import java.util.Set;
import java.util.random.RandomGenerator;
import sequor.Seed;
import sequor.examples.OutputRecurrent.Connection;
import sequor.nn.Activation;
import sequor.nn.Layer;
import sequor.nn.Linear;
import sequor.nn.Losses;
import sequor.nn.Parts;
import sequor.nn.Reduction;
import sequor.nn.Rnn;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.train.Adam;
import sequor.train.Clipping;

/// Three ways to remember: what is fed back decides what can be learned.
///
/// ```
/// hidden to hidden (Elman 1990)     h' = tanh(W·x + U·h)     y' = tanh(V·h')
/// output to hidden (Jordan 1986)    h' = tanh(W·x + U·y)     y' = tanh(V·h')
/// output to output                  h' = tanh(W·x)           y' = tanh(V·h' + U·y)
/// ```
///
/// Each is trained on three tasks over signals of −1, 0 and 1:
///
/// - *latch*: say the last signal that was not 0. One number fed back and added is enough.
/// - *parity*: say whether the number of 1s so far is odd. The answer before is all there is to
///   know, but it must be combined with the signal in a layer between.
/// - *echo*: say the signal of two steps ago. Two signals must be held while another is said, and
///   only a hidden state does that.
///
/// Letters: B batch, T steps, H hidden size.
final class ThreeRecurrences {
  private static final int B = 32;
  private static final int T = 10;
  private static final int H = 12;
  private static final int STEPS = 600;

  /// Signals and right answers, each (B,T,1).
  private record Signals(Tensor x, Tensor y) {}

  /// How a recurrence is made.
  @FunctionalInterface
  interface Net {
    Layer make(RandomGenerator random);
  }

  /// Hidden to hidden, and what is said of the hidden state.
  record Elman(Rnn rnn, Linear head) implements Layer {
    @Override
    public Tensor forward(Tensor x) {
      return head.forward(rnn.forward(x).hidden()).tanh(); // (B,T,H) → (B,T,1)
    }

    @Override
    public Parts parts() {
      return Parts.of("rnn", rnn).and("head", head);
    }
  }

  /// Output to hidden, or output to output.
  record FedBack(OutputRecurrent recurrent) implements Layer {
    @Override
    public Tensor forward(Tensor x) {
      return recurrent.forward(x).hidden(); // (B,T,1)
    }

    @Override
    public Parts parts() {
      return recurrent.parts();
    }
  }

  enum Task {
    LATCH,
    PARITY,
    ECHO;

    /// The right answers to a row of signals.
    float[] answers(float[] x) {
      float[] y = new float[x.length];
      for (int t = 0; t < x.length; t++) {
        float before = t == 0 ? -1 : y[t - 1];
        y[t] =
            switch (this) {
              case LATCH -> x[t] == 0 ? before : x[t];
              case PARITY -> x[t] == 1 ? -before : before;
              case ECHO -> t < 2 ? -1 : x[t - 2];
            };
      }
      return y;
    }
  }

  static void main() {
    Net elman = random -> new Elman(new Rnn(1, H, random), new Linear(H, 1, random));
    Net jordan = random -> fedBack(Connection.OUTPUT_TO_HIDDEN, random);
    Net output = random -> fedBack(Connection.OUTPUT_TO_OUTPUT, random);
    IO.println("right answers     latch  parity  echo");
    show("hidden to hidden", elman, Set.of(Task.LATCH, Task.PARITY, Task.ECHO));
    show("output to hidden", jordan, Set.of(Task.LATCH, Task.PARITY));
    show("output to output", output, Set.of(Task.LATCH));
  }

  private static Layer fedBack(Connection connection, RandomGenerator random) {
    return new FedBack(new OutputRecurrent(connection, 1, H, 1, Activation.TANH, random));
  }

  private static void show(String name, Net net, Set<Task> learned) {
    var line = new StringBuilder(name);
    for (var task : Task.values()) {
      double accuracy = accuracy(net, task);
      line.append("  %5.1f%%".formatted(100 * accuracy));
      Claim.holds(
          learned.contains(task) ? accuracy > 0.99 : accuracy < 0.9,
          "%s, %s: %f",
          name,
          task,
          accuracy);
    }
    IO.println(line);
  }

  /// Trains a new net and tells how many of its answers to new signals are right.
  static double accuracy(Net kind, Task task) {
    var random = new Seed(1).generator();
    var net = kind.make(random);
    var adam = new Adam(net.parameters(), 0.01f);
    for (int step = 0; step < STEPS; step++) {
      var signals = signals(task, random);
      try (var tape = Tape.open()) {
        tape.backward(Losses.mse(net.forward(signals.x()), signals.y(), Reduction.MEAN));
        Clipping.byNorm(1).apply(net.parameters());
        adam.step();
      }
    }
    var fresh = signals(task, random);
    var right = net.forward(fresh.x()).times(fresh.y()).greaterThan(0); // 1 where signs agree
    return right.mean().item();
  }

  private static Signals signals(Task task, RandomGenerator random) {
    float[] x = new float[B * T];
    float[] y = new float[B * T];
    for (int row = 0; row < B; row++) {
      float[] signal = new float[T];
      for (int t = 0; t < T; t++) {
        signal[t] = task == Task.LATCH ? random.nextInt(3) - 1 : 2 * random.nextInt(2) - 1;
      }
      System.arraycopy(signal, 0, x, row * T, T);
      System.arraycopy(task.answers(signal), 0, y, row * T, T);
    }
    return new Signals(Tensor.of(x, B, T, 1), Tensor.of(y, B, T, 1));
  }
}
