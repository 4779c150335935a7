package sequor.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sequor.Seed;
import sequor.SequorException;
import sequor.tensor.Spans;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.testkit.Twins;

/// States are records that go in and come out, and say what they are made of.
class StateTest {
  private final RandomGenerator random = new Seed(31).generator();

  @ParameterizedTest
  @EnumSource
  void takesItsTensorsBackInOrder(Layers kind) {
    checkWith(kind.make());
  }

  private static <S extends RecurrentState<S>> void checkWith(Recurrent<S> layer) {
    var zero = layer.zeroState(3);
    assertThat(zero.tensors())
        .allSatisfy(t -> assertThat(t.toArray()).isEqualTo(new float[t.shape().size()]));
    var others =
        IntStream.range(0, zero.tensors().size())
            .mapToObj(i -> Tensor.full(i + 1, zero.tensors().get(i).shape().dims()))
            .toList();
    assertThat(zero.with(others).tensors()).containsExactlyElementsOf(others);
    assertThat(zero.output().shape().dims()).containsExactly(3, layer.hiddenSize());
  }

  /// A layer shows, when it has finished, what it showed at the step that it read last.
  @ParameterizedTest
  @EnumSource
  void showsItsLastHiddenState(Layers kind) {
    var output = kind.make().forward(Tensor.randn(random, 2, 5, Layers.INPUT));
    var atStart = output.hidden().select(1, 0);
    var atEnd = output.hidden().select(1, 4);
    var expected =
        switch (kind) {
          case REVERSED -> atStart;
          case BIDIRECTIONAL,
              BIDIRECTIONAL_STACKS,
              BIDIRECTIONAL_SCANS,
              STACKED_BIDIRECTIONAL,
              STACKED_BIDIRECTIONAL_HIGHWAY ->
              Tensor.concat(1, List.of(atEnd.slice(1, 0, 4), atStart.slice(1, 4, 8)));
          default -> atEnd;
        };
    Twins.assertSameBits(expected, output.last().output());
  }

  @Test
  void keptStateOutlivesItsTapeAndCutsTheGradient() {
    var lstm = new Lstm(3, 4, random);
    var x = Tensor.randn(random, 2, 5, 3).requiresGrad(true);
    Lstm.State last;
    Lstm.State kept;
    try (var _ = Tape.open()) {
      last = lstm.forward(x).last();
      kept = last.copy();
    }
    assertThatThrownBy(() -> last.h().toArray()).hasMessageContaining("copy()");
    assertThat(kept.c().toArray()).hasSize(8);
    try (var tape = Tape.open()) {
      var output = lstm.forward(Tensor.randn(random, 2, 1, 3), kept, Spans.full(2, 1));
      tape.backward(output.hidden().sum());
    }
    assertThat(x.hasGrad()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {
        "REVERSED",
        "BIDIRECTIONAL",
        "BIDIRECTIONAL_STACKS",
        "BIDIRECTIONAL_SCANS",
        "STACKED_BIDIRECTIONAL",
        "STACKED_BIDIRECTIONAL_HIGHWAY"
      })
  void twoWindowsWithTheStateCarriedEqualOne(Layers kind) {
    checkWindows(kind.make());
  }

  private <S extends RecurrentState<S>> void checkWindows(Recurrent<S> layer) {
    var x = Tensor.randn(random, 2, 7, Layers.INPUT);
    var whole = layer.forward(x);
    var first = layer.forward(x.slice(1, 0, 4));
    var second = layer.forward(x.slice(1, 4, 7), first.last().copy(), Spans.full(2, 3));
    Twins.assertClose(
        whole.hidden(), Tensor.concat(1, List.of(first.hidden(), second.hidden())), 10);
    for (int i = 0; i < whole.last().tensors().size(); i++) {
      Twins.assertClose(whole.last().tensors().get(i), second.last().tensors().get(i), 10);
    }
  }

  @Test
  void aStackHasABridgeBetweenEachTwoLayers() {
    var layers = List.of(new Gru(3, 4, random), new Gru(4, 4, random));
    assertThatThrownBy(() -> new Stacked<>(layers, List.of(), 0))
        .isInstanceOf(SequorException.class)
        .hasMessage(
            "stacked: expected 1 bridges between 2 layers, got 0; give one between each two");
    var stack = new Stacked<>(layers, List.of(new Highway(3, 4, random)), 0);
    assertThat(stack.parameters().keySet())
        .contains("gate_weight_l0", "gate_bias_l0", "carry_weight_l0", "weight_ih_l1");
  }

  @Test
  void aStackRefusesTheStateOfAnother() {
    var two = new Stacked<>(List.of(new Gru(3, 4, random), new Gru(4, 4, random)), 0);
    var one = new Stacked<>(List.of(new Gru(3, 4, random)), 0);
    assertThatThrownBy(() -> two.forward(Tensor.zeros(1, 2, 3), one.zeroState(1), Spans.full(1, 2)))
        .isInstanceOf(SequorException.class)
        .hasMessage(
            "stacked: a state of 1 layers for 2 layers; take zeroState(batch) of this very module");
  }
}
