package sequor.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sequor.Seed;
import sequor.SequorException;
import sequor.tensor.GradientCheck;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.testkit.Twins;

class LayersTest {
  private final RandomGenerator random = new Seed(51).generator();

  @Test
  void linearOnAnyNumberOfAxes() {
    var linear = new Linear(3, 2, random);
    var x = Tensor.randn(random, 4, 5, 3);
    var all = linear.forward(x);
    assertThat(all.shape().dims()).containsExactly(4, 5, 2);
    Twins.assertClose(all.select(0, 2), linear.forward(x.select(0, 2)));
    Twins.assertClose(all.select(0, 2).select(0, 1), linear.forward(x.select(0, 2).select(0, 1)));
  }

  @Test
  void linearSaysWhatDoesNotFit() {
    assertThatThrownBy(() -> new Linear(3, 2, random).forward(Tensor.zeros(4, 5)))
        .hasMessageContaining("linear: (4,5) into a weight of (2,3)");
  }

  @Test
  void linearWithoutABias() {
    var linear = Linear.withoutBias(3, 2, random);
    var x = Tensor.randn(random, 4, 5, 3);
    assertThat(linear.parameters().keySet()).containsExactly("weight");
    assertThat(linear.summary()).startsWith("Linear (2,3)  ").contains(" 6\n");
    var flat = x.reshape(20, 3).matmul(linear.weight().transpose()); // (B·T,H)
    Twins.assertClose(flat.reshape(4, 5, 2), linear.forward(x));
    GradientCheck.of(() -> linear.forward(x)).with(linear.parameters()).with("x", x).run();
  }

  @Test
  void linearOfTheTableOfAnEmbedding() {
    var embedding = new Embedding(7, 3, random);
    var bias = Init.uniform(random, 1, 7);
    var decoder = new Linear(embedding.weight(), bias);
    var ids = Ids.of(new int[] {4, 0, 4, 6});
    assertThat(decoder.parameters().values()).containsExactly(embedding.weight(), bias);
    GradientCheck.of(() -> decoder.forward(embedding.forward(ids)))
        .with(decoder.parameters())
        .run();
    assertThat(Linear.withoutBias(embedding.weight()).weight()).isSameAs(embedding.weight());
    assertThatThrownBy(() -> new Linear(embedding.weight(), Init.zeros(3)))
        .isInstanceOf(SequorException.class)
        .hasMessage("linear: a weight (7,3) and a bias (3); it must be (H,D), and the bias (H)");
    assertThatThrownBy(() -> Linear.withoutBias(bias))
        .hasMessage("linear: a weight (7); it must be (H,D), and the bias (H)");
  }

  @Test
  void conv1dHasPyTorchsParametersAndSeesWindows() {
    var config = Conv1d.Config.of(3, 4, 5).withStride(2).withPadding(1).withDilation(2);
    var conv = new Conv1d(config, random);
    assertThat(conv.parameters().keySet()).containsExactly("weight", "bias");
    assertThat(conv.parameters())
        .hasEntrySatisfying("weight", weight -> assertThat(weight.shape()).hasToString("(4,3,5)"));
    assertThat(conv.forward(Tensor.randn(random, 2, 20, 3)).shape().dims())
        .containsExactly(2, 7, 4); // (20 + 2·1 − 2·4 − 1) / 2 + 1
    var bare = new Conv1d(Conv1d.Config.of(3, 4, 5).withoutBias(), random);
    assertThat(bare.parameters().keySet()).containsExactly("weight");
    assertThat(bare.forward(Tensor.zeros(1, 5, 3)).toArray()).containsOnly(0);
  }

  @Test
  void conv1dSaysWhatDoesNotFit() {
    assertThatThrownBy(() -> Conv1d.Config.of(3, 4, 0))
        .hasMessage("conv1d: kernelSize must be 1 or more, got 0");
    assertThatThrownBy(() -> new Conv1d(3, 4, 5, random).forward(Tensor.zeros(1, 4, 3)))
        .hasMessageContaining("it reaches over 5 steps, more than the 4 with padding");
  }

  /// Windows of real steps, of which the largest is the largest of all.
  @Test
  void conv1dOfPaddedRows() {
    var conv = new Conv1d(3, 4, 2, random);
    var x = Tensor.randn(random, 2, 5, 3);
    var spans = Spans.of(new int[] {1, 0}, new int[] {4, 5}, 5);
    var hidden = conv.forward(x, spans); // (B,T,O)
    var row = Tensor.concat(1, List.of(x.slice(0, 0, 1).slice(1, 1, 4), Tensor.zeros(1, 1, 3)));
    Twins.assertClose(conv.forward(row), hidden.slice(0, 0, 1).slice(1, 1, 4));
    Twins.assertClose(hidden.relu(), conv.forwardRelu(x, spans));
    Twins.assertClose(hidden.relu().max(1), conv.reluMax(x, spans));
    var strided = new Conv1d(Conv1d.Config.of(3, 4, 2).withStride(2), random);
    assertThatThrownBy(() -> strided.forward(x, spans))
        .isInstanceOf(NnException.class)
        .hasMessage(
            "conv1d: expected stride 1 and padding 0 where there are spans, got 2 and 0; leave them"
                + " out, rows are padded by themselves");
  }

  @Test
  void embeddingPadsWithZerosThatNeverLearn() {
    var embedding = new Embedding(5, 3, 2, random);
    var ids = Ids.of(new int[] {2, 4, 2, 0}, 2, 2);
    assertThat(embedding.forward(ids).select(0, 0).select(0, 0).toArray()).containsOnly(0);
    try (var tape = Tape.open()) {
      tape.backward(embedding.forward(ids).sum());
    }
    float[] gradient = embedding.weight().grad().toArray();
    assertThat(gradient).containsExactly(1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1);
  }

  @Test
  void embeddingAddsUpTheGradientsOfAnIdThatStandsTwice() {
    var embedding = new Embedding(3, 1, random);
    try (var tape = Tape.open()) {
      tape.backward(embedding.forward(Ids.of(new int[] {1, 0, 1})).sum());
    }
    assertThat(embedding.weight().grad().toArray()).containsExactly(1, 2, 0);
  }

  @Test
  void embeddingSaysWhichIdItDoesNotKnow() {
    assertThatThrownBy(() -> new Embedding(5, 3, random).forward(Ids.of(new int[] {1, 5})))
        .hasMessageContaining("id 5")
        .hasMessageContaining("0 to 4");
    assertThatThrownBy(() -> new Embedding(5, 3, 5, random))
        .isInstanceOf(SequorException.class)
        .hasMessageContaining("the padding index must be one of the 5 ids, got 5");
  }

  @Test
  void layerNormBringsRowsToMean0AndVariance1() {
    var y = new LayerNorm(50).forward(Tensor.randn(random, 4, 50).times(3).plus(7));
    for (int row = 0; row < 4; row++) {
      var numbers = y.select(0, row);
      assertThat(numbers.mean().item()).isCloseTo(0, within(1e-5f));
      assertThat(numbers.square().mean().item()).isCloseTo(1, within(1e-3f));
    }
  }

  @Test
  void layerNormGradients() {
    var norm = new LayerNorm(6);
    var x = Tensor.randn(random, 2, 6);
    GradientCheck.of(() -> norm.forward(x)).with(norm.parameters()).with("x", x).run();
  }

  @ParameterizedTest
  @EnumSource
  void activationsKeepTheShapeAndHaveNothingToLearn(Activation activation) {
    var y = activation.forward(Tensor.randn(random, 2, 3, 4));
    assertThat(y.shape().dims()).containsExactly(2, 3, 4);
    assertThat(activation.parameterCount()).isZero();
  }

  @Test
  void dropoutDoesNothingUnlessATapeTrains() {
    var x = Tensor.ones(100);
    var dropout = new Dropout(0.5f);
    assertThat(dropout.forward(x)).isSameAs(x);
    try (var _ = Tape.open()) {
      assertThat(dropout.forward(x)).isSameAs(x);
    }
  }

  @Test
  void dropoutDropsItsShareAndKeepsTheMean() {
    var x = Tensor.ones(40_000).requiresGrad(true);
    try (var tape = Tape.open(new Seed(3).generator())) {
      var y = new Dropout(0.25f).forward(x);
      long dropped = Ids.of(ints(y)).count(0);
      assertThat(dropped).isBetween(9_600L, 10_400L); // 4.6 deviations around 10,000
      assertThat(y.mean().item()).isCloseTo(1, within(0.02f));
      tape.backward(y.sum());
      Twins.assertSameBits(y, x.grad()); // what is dropped learns nothing
    }
  }

  private static int[] ints(Tensor tensor) {
    float[] numbers = tensor.toArray();
    int[] ints = new int[numbers.length];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = (int) numbers[i];
    }
    return ints;
  }

  @Test
  void dropoutRefusesToDropAll() {
    assertThatThrownBy(() -> new Dropout(1))
        .isInstanceOf(SequorException.class)
        .hasMessage("dropout: p must be at least 0 and less than 1, got 1.0");
    assertThatThrownBy(() -> new Dropout(Float.NaN)).hasMessageContaining("got NaN");
    assertThatThrownBy(() -> new Stacked<>(List.of(new Gru(2, 2, random)), -0.1f))
        .hasMessageContaining("got -0.1");
  }

  @Test
  void stackedDropsBetweenItsLayersOnly() {
    var gru = new Gru(3, 4, random);
    var alone = new Stacked<>(List.of(gru), 0.9f);
    var two = new Stacked<>(List.of(gru, new Gru(4, 4, random)), 0.9f);
    var x = Tensor.randn(random, 2, 5, 3);
    var expected = gru.forward(x).hidden();
    var undropped = two.forward(x).hidden();
    try (var _ = Tape.open(random)) {
      Twins.assertSameBits(expected, alone.forward(x).hidden());
      var dropped = two.forward(x);
      assertThat(dropped.hidden().toArray()).isNotEqualTo(undropped.toArray());
      Twins.assertSameBits(expected.select(1, 4), dropped.last().layers().getFirst().h());
    }
  }

  @Test
  void sequentialAppliesItsLayersInOrder() {
    var first = new Linear(3, 4, random);
    var last = new Linear(4, 2, random);
    var net = Sequential.of(first, Activation.RELU, last);
    var x = Tensor.randn(random, 5, 3);
    Twins.assertSameBits(last.forward(first.forward(x).relu()), net.forward(x));
    assertThat(net.parameters().keySet())
        .containsExactly("0.weight", "0.bias", "2.weight", "2.bias");
    assertThat(Sequential.of().forward(x)).isSameAs(x);
  }

  @Test
  void recurrentLayersSayWhatDoesNotFit() {
    var lstm = new Lstm(3, 4, random);
    assertThatThrownBy(() -> lstm.forward(Tensor.zeros(2, 3)))
        .hasMessageContaining("the input must be (B,T,D), got (2,3)");
    assertThatThrownBy(() -> new Lstm(0, 4, random))
        .isInstanceOf(SequorException.class)
        .hasMessage("recurrent layer: sizes must be 1 or more, got input 0 and hidden 4");
    assertThatThrownBy(() -> new RnnCell(3, 4, Activation.GELU, random))
        .isInstanceOf(SequorException.class)
        .hasMessage("rnn: the nonlinearity must be TANH or RELU, got GELU");
  }

  @Test
  void initialValuesStayWithinTheirBounds() {
    assertThat(largest(Init.byFanIn(random, 25, 400, 25))).isBetween(0.199f, 0.2f);
    assertThat(largest(Init.xavierUniform(random, 50, 100))).isBetween(0.199f, 0.2f);
    var normal = Init.normal(random, 0.5f, 20_000);
    assertThat(normal.mean().item()).isCloseTo(0, within(0.02f));
    assertThat(normal.square().mean().item()).isCloseTo(0.25f, within(0.02f));
    assertThat(normal.requiresGrad()).isTrue();
  }

  private static float largest(Tensor tensor) {
    return tensor.abs().reshape(-1).max(0).item();
  }
}
