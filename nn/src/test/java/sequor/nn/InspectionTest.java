package sequor.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sequor.Seed;
import sequor.tensor.Spans;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.testkit.Twins;

/// What layers tell is what they really did.
class InspectionTest {
  private static final int BATCH = 3;
  private static final int STEPS = 5;
  private static final int INPUT = 4;
  private static final int HIDDEN = 6;

  private final RandomGenerator random = new Seed(11).generator();
  private final Tensor x = Tensor.randn(random, BATCH, STEPS, INPUT);
  private final Spans right = Spans.right(new int[] {5, 3, 1}, STEPS);
  private final Spans left = Spans.left(new int[] {5, 2, 4}, STEPS);

  /// A gate of one layer at a row, a step and a unit.
  private static float at(Inspection.Gates gates, String name, int b, int t, int u) {
    return gates.all().stream()
        .filter(gate -> gate.name().equals(name))
        .findFirst()
        .orElseThrow()
        .values()
        .get(b, t, u);
  }

  private interface Rule {
    /// The state after a step, of that before it.
    double next(Inspection.Gates gates, int b, int t, int u, double before);
  }

  /// Rebuilds hidden states from gates alone, step by step.
  private static void assertRebuilds(
      Tensor hidden,
      Inspection.Gates gates,
      Spans spans,
      float[] initial,
      Rule rule,
      boolean lstm) {
    for (int b = 0; b < spans.batch(); b++) {
      for (int u = 0; u < HIDDEN; u++) {
        double state = initial[b * HIDDEN + u];
        for (int i = 0; i < spans.length(b); i++) {
          int t = gates.reverse() ? spans.end(b) - 1 - i : spans.start(b) + i;
          state = rule.next(gates, b, t, u, state);
          double shown = lstm ? at(gates, "output", b, t, u) * Math.tanh(state) : state;
          assertThat((double) hidden.get(b, t, u)).isCloseTo(shown, within(1e-5));
        }
      }
    }
  }

  private static double lstm(Inspection.Gates gates, int b, int t, int u, double c) {
    double input = at(gates, "input", b, t, u);
    assertThat(input).isBetween(0.0, 1.0);
    return at(gates, "forget", b, t, u) * c + input * at(gates, "candidate", b, t, u);
  }

  private static double gru(Inspection.Gates gates, int b, int t, int u, double h) {
    double z = at(gates, "update", b, t, u);
    assertThat(at(gates, "reset", b, t, u)).isBetween(0f, 1f);
    return (1 - z) * at(gates, "new", b, t, u) + z * h;
  }

  @ParameterizedTest
  @CsvSource({"false,false", "true,false", "false,true", "true,true"})
  void theHiddenStatesOfAnLstmFollowFromItsGates(boolean reverse, boolean padLeft) {
    var layer = new Lstm(INPUT, HIDDEN, random);
    var used = reverse ? layer.reversed() : layer;
    var spans = padLeft ? left : right;
    var initial =
        new Lstm.State(Tensor.randn(random, BATCH, HIDDEN), Tensor.randn(random, BATCH, HIDDEN));
    try (var inspection = Inspection.open()) {
      var hidden = used.forward(x, initial, spans).hidden();
      var gates = inspection.gates().getFirst();
      assertThat(gates.reverse()).isEqualTo(reverse);
      assertRebuilds(hidden, gates, spans, initial.c().toArray(), InspectionTest::lstm, true);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theHiddenStatesOfAGruFollowFromItsGates(boolean reverse) {
    var layer = new Gru(INPUT, HIDDEN, random);
    var used = reverse ? layer.reversed() : layer;
    var initial = new Gru.State(Tensor.randn(random, BATCH, HIDDEN));
    try (var inspection = Inspection.open()) {
      var hidden = used.forward(x, initial, left).hidden();
      var gates = inspection.gates().getFirst();
      assertRebuilds(hidden, gates, left, initial.h().toArray(), InspectionTest::gru, false);
    }
  }

  /// With the cell's parameters, gate by gate: two gates that change places would still give the
  /// same states.
  @Test
  void gatesAreThoseOfPyTorchsEquations() {
    var layer = new Lstm(INPUT, HIDDEN, random);
    try (var inspection = Inspection.open()) {
      var hidden = layer.forward(x).hidden(); // (B,T,H)
      var gates = inspection.gates().getFirst().all();
      assertThat(gates.stream().map(Inspection.Gate::name))
          .containsExactly("input", "forget", "candidate", "output");
      for (int t = 0; t < STEPS; t++) {
        var before =
            t == 0 ? Tensor.zeros(BATCH, HIDDEN) : hidden.slice(1, t - 1, t).squeeze(1); // (B,H)
        var sums = layer.cell().weights().sums(x.slice(1, t, t + 1).squeeze(1), before).split(4, 1);
        for (int g = 0; g < 4; g++) {
          var expected = g == 2 ? sums.get(g).tanh() : sums.get(g).sigmoid();
          var told = gates.get(g).values().slice(1, t, t + 1).squeeze(1);
          Twins.assertClose(expected, told, INPUT + HIDDEN);
        }
      }
    }
  }

  @Test
  void theResetGateOfAGruIsThatOfItsEquations() {
    var layer = new Gru(INPUT, HIDDEN, random);
    try (var inspection = Inspection.open()) {
      layer.forward(x);
      var told = inspection.gates().getFirst().all();
      var first = x.slice(1, 0, 1).squeeze(1); // (B,D), read from the zero state
      var weights = layer.cell().weights();
      var sums = weights.sums(first, Tensor.zeros(BATCH, HIDDEN)).split(3, 1);
      Twins.assertClose(
          sums.get(0).sigmoid(), told.get(0).values().slice(1, 0, 1).squeeze(1), INPUT + HIDDEN);
      Twins.assertClose(
          sums.get(1).sigmoid(), told.get(1).values().slice(1, 0, 1).squeeze(1), INPUT + HIDDEN);
    }
  }

  @Test
  void aLinearRecurrenceTellsHowMuchItKeeps() {
    var layer = new MinGru(INPUT, HIDDEN, random);
    try (var inspection = Inspection.open()) {
      layer.forward(x);
      var keep = inspection.gates().getFirst().all().getFirst();
      assertThat(keep.name()).isEqualTo("keep");
      for (float value : keep.values().toArray()) {
        assertThat(value).isBetween(0f, 1f);
      }
    }
  }

  @Test
  void layersAndDirectionsTellInTheirOrderAndAnswerAsBefore() {
    IntFunction<Recurrent<Gru.State>> layer = size -> new Gru(size, HIDDEN, random);
    var stack =
        new Stacked<>(
            List.of(
                new Bidirectional<>(layer.apply(INPUT), layer.apply(INPUT)),
                new Bidirectional<>(layer.apply(2 * HIDDEN), layer.apply(2 * HIDDEN))),
            0);
    var expected = stack.forward(x, right).hidden();
    var end = stack.last(x, right).output();
    try (var inspection = Inspection.open()) {
      Twins.assertClose(expected, stack.forward(x, right).hidden());
      assertThat(inspection.gates().stream().map(Inspection.Gates::reverse))
          .containsExactly(false, true, false, true);
    }
    try (var inspection = Inspection.open()) {
      var last = stack.last(x, right).output();
      assertThat(inspection.gates()).hasSize(4);
      Twins.assertClose(end, last);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void attentionAnswersByTheVeryWeightsThatItTells(boolean causal) {
    var plain = MultiHeadAttention.Config.of(INPUT, 2);
    var layer = new MultiHeadAttention(causal ? plain.withCausal() : plain, random);
    var expected = layer.forward(x, right);
    try (var inspection = Inspection.open()) {
      var output = layer.forward(x, right);
      var told = inspection.attentions().getFirst();
      assertThat(told.looking()).isEqualTo(Inspection.Looking.SELF);
      for (int b = 0; b < BATCH; b++) {
        for (int t = 0; t < right.length(b); t++) {
          for (int u = 0; u < INPUT; u++) {
            assertThat(output.get(b, t, u)).isCloseTo(expected.get(b, t, u), within(1e-5f));
          }
          assertIsShare(told.weights(), b, t, causal ? t + 1 : right.length(b));
        }
      }
    }
  }

  /// Each row of weights is 1 together, and nothing is taken from what may not be seen.
  private static void assertIsShare(Tensor weights, int b, int t, int seen) {
    for (int head = 0; head < weights.dim(1); head++) {
      double sum = 0;
      for (int s = 0; s < weights.dim(3); s++) {
        float weight = weights.get(b, head, t, s);
        sum += weight;
        if (s >= seen) {
          assertThat(weight).isZero();
        }
      }
      assertThat(sum).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void aDecoderThatIsAskedStepByStepTellsOneThing() {
    var attention =
        new Attention(Attention.Config.of(Attention.Score.GENERAL, HIDDEN, INPUT), random);
    var queries = Tensor.randn(random, BATCH, 4, HIDDEN);
    var memory = attention.memory(x, right);
    var all = attention.forward(queries, memory).weights(); // (B,T,S)
    try (var inspection = Inspection.open()) {
      for (int t = 0; t < 4; t++) {
        attention.forward(queries.slice(1, t, t + 1), memory);
      }
      assertThat(inspection.attentions()).hasSize(1);
      var told = inspection.attentions().getFirst();
      assertThat(told.looking()).isEqualTo(Inspection.Looking.CROSS);
      Twins.assertClose(all, told.weights().squeeze(1), HIDDEN);
    }
  }

  @Test
  void nothingIsToldAsideOrWithoutAnInspection() {
    var layer = new Gru(INPUT, HIDDEN, random);
    layer.forward(x);
    try (var outer = Inspection.open()) {
      Inspection.aside(() -> layer.forward(x));
      assertThat(Inspection.aside(() -> Inspection.read(x))).isSameAs(x);
      assertThat(outer.gates()).isEmpty();
      assertThat(outer.reads()).isFalse();
      try (var inner = Inspection.open()) {
        layer.forward(x);
        assertThat(inner.gates()).hasSize(1);
      }
      assertThat(outer.gates()).isEmpty();
      layer.forward(x);
      assertThat(outer.gates()).hasSize(1);
    }
    assertThat(Inspection.listens()).isFalse();
  }

  @Test
  void theGradientOfAScaleIsGradientTimesInput() {
    var w = Tensor.randn(random, INPUT).requiresGrad(true);
    var scale = Tensor.ones(BATCH, STEPS, 1).requiresGrad(true);
    try (var inspection = Inspection.scaling(scale);
        var tape = Tape.openFor(scale)) {
      tape.backward(Inspection.read(x).matmul(w).square().sum()); // Σ (x·w)²
      assertThat(inspection.reads()).isTrue();
      for (int b = 0; b < BATCH; b++) {
        for (int t = 0; t < STEPS; t++) {
          double product = 0;
          for (int d = 0; d < INPUT; d++) {
            product += (double) x.get(b, t, d) * w.get(d);
          }
          assertThat((double) scale.grad().get(b, t, 0))
              .isCloseTo(2 * product * product, within(1e-4));
        }
      }
    }
    assertThat(w.hasGrad()).isFalse();
  }
}
