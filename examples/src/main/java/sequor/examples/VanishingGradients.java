package sequor.examples;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import sequor.Seed;
import sequor.charts.Curves;
import sequor.nn.Gru;
import sequor.nn.GruCell;
import sequor.nn.Lstm;
import sequor.nn.LstmCell;
import sequor.nn.RecurrentState;
import sequor.nn.Rnn;
import sequor.nn.RnnCell;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;

/// How much of the loss at step T is left to learn from at step t.
///
/// ```
/// ∂L/∂hₜ = ∂L/∂h_T · ∂h_T/∂h_T₋₁ · … · ∂hₜ₊₁/∂hₜ
/// ```
///
/// A product of T − t factors: where they are below 1 it vanishes, where they are above 1 it
/// explodes (Bengio, Simard and Frasconi 1994; Pascanu, Mikolov and Bengio 2013, section 2). The
/// plainest recurrence, `h' = w·h`, shows it best: its gradient is w to the power T − t.
///
/// Gates let a cell choose its factor. An LSTM's `c' = f·c + …` has the factor `f`, a GRU's `h' =
/// z·h + …` has `z`: with their usual initial values both are about ½, and the gradient vanishes
/// all the same; with a bias that holds them open it does not (Gers et al. 2000; Jozefowicz et al.
/// 2015). [ReadingBothWays] shows why a second reader is no remedy.
///
/// Letters: B batch, T steps, D input size, H hidden size.
final class VanishingGradients {
  private static final int B = 8;
  private static final int T = 100;
  private static final int D = 8;
  private static final int H = 32;

  static void main() throws IOException {
    run(Path.of("runs", "examples"));
  }

  /// Measures, writes `gradients.svg` and `gradients.png` into the folder, and checks the claims.
  static void run(Path folder) throws IOException {
    var cells = cells();
    var plain = plain();
    cells.forEach(VanishingGradients::show);
    plain.forEach(VanishingGradients::show);
    draw(cells, plain, folder);

    double rnn = left(cells, "RNN");
    Claim.holds(rnn < 1e-12, "next to nothing is left in an RNN: %g", rnn);
    for (var gated : List.of("GRU", "LSTM")) {
      double usual = left(cells, gated);
      double open = left(cells, gated + ", open");
      Claim.holds(
          usual > 1000 * rnn && usual < 1e-6, "%s: more, and still little: %g", gated, usual);
      Claim.holds(open > 0.1, "%s, gates held open: more than a tenth: %g", gated, open);
    }
    for (double w : List.of(0.9, 1.0, 1.1)) {
      double product = left(plain, "w = " + w) / Math.pow(w, T - 1);
      Claim.holds(
          Math.abs(product - 1) < 1e-3, "w = %s: the gradient is w^(T − 1): %g", w, product);
    }
  }

  /// What is left of the gradient at step 1.
  private static double left(Map<String, List<Double>> norms, String name) {
    var line = requireNonNull(norms.get(name));
    return line.getFirst() / line.getLast();
  }

  private static void show(String name, List<Double> norms) {
    IO.println(
        "%-12s |gradient| at step 100 %8.2e, at step 1 %8.2e"
            .formatted(name, norms.getLast(), norms.getFirst()));
  }

  private static void draw(
      Map<String, List<Double>> cells, Map<String, List<Double>> plain, Path folder)
      throws IOException {
    Files.createDirectories(folder);
    var curves =
        Curves.of("Gradient of the loss at step 100", "step")
            .and(panel("|∂L/∂state|", cells))
            .and(panel("|∂L/∂h|, h' = w·h", plain));
    Files.writeString(folder.resolve("gradients.svg"), curves.svg());
    IO.println("see " + folder.resolve("gradients.svg"));
  }

  private static Curves.Panel panel(String title, Map<String, List<Double>> lines) {
    var panel = Curves.Panel.of(title).onLogarithmicAxis();
    for (var line : lines.entrySet()) {
      panel = panel.and(line.getKey(), line.getValue());
    }
    return panel;
  }

  /// The norms for five cells, from random weights.
  private static Map<String, List<Double>> cells() {
    var random = new Seed(1).generator();
    var x = Tensor.randn(random, B, D); // the same at every step: what is read does not matter here
    var rnn = new RnnCell(D, H, random);
    var lstm = new LstmCell(D, H, random);
    var gru = new GruCell(D, H, random);
    var zero = Tensor.zeros(B, H);

    var norms = new LinkedHashMap<String, List<Double>>();
    norms.put("RNN", norms(new Rnn.State(zero), s -> rnn.forward(x, s)));
    norms.put("GRU", norms(new Gru.State(zero), s -> gru.forward(x, s)));
    norms.put("LSTM", norms(new Lstm.State(zero, zero), s -> lstm.forward(x, s)));
    open(gru.parameter("bias_ih"), H, 2 * H); // r z n: z
    open(lstm.parameter("bias_ih"), H, 2 * H); // i f g o: f
    norms.put("GRU, open", norms(new Gru.State(zero), s -> gru.forward(x, s)));
    norms.put("LSTM, open", norms(new Lstm.State(zero, zero), s -> lstm.forward(x, s)));
    return norms;
  }

  /// Holds a gate open: σ(6) = 0.998.
  private static void open(Tensor bias, int from, int to) {
    float[] values = bias.toArray();
    Arrays.fill(values, from, to, 6);
    bias.assign(values);
  }

  /// The norms for `h' = w·h`.
  private static Map<String, List<Double>> plain() {
    var norms = new LinkedHashMap<String, List<Double>>();
    for (float w : new float[] {0.9f, 1, 1.1f}) {
      var start = new Rnn.State(Tensor.ones(1, 1).requiresGrad(true));
      norms.put("w = " + w, norms(start, s -> new Rnn.State(s.h().times(w))));
    }
    return norms;
  }

  /// `‖∂L/∂sₜ‖` for t from 1 to T, where L is the sum of the hidden state at T.
  private static <S extends RecurrentState<S>> List<Double> norms(S start, UnaryOperator<S> step) {
    var states = new ArrayList<S>();
    try (var tape = Tape.open()) {
      var state = start;
      for (int t = 0; t < T; t++) {
        state = step.apply(state);
        state.tensors().forEach(Tensor::retainGrad);
        states.add(state);
      }
      tape.backward(state.output().sum());
      return states.stream().map(VanishingGradients::norm).toList();
    }
  }

  private static double norm(RecurrentState<?> state) {
    double squares = 0;
    for (var tensor : state.tensors()) {
      squares += tensor.grad().square().sum().item();
    }
    return Math.sqrt(squares);
  }
}
