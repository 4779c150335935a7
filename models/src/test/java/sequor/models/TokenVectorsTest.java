package sequor.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sequor.Seed;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.testkit.Twins;

/// Encoders whose token vectors are known before training.
class TokenVectorsTest {
  private static final int V = 7;
  private static final int D = 5;
  private static final InputSize IDS = InputSize.ofIds(V, 0);
  private static final Inputs INPUTS =
      Inputs.of(
          Inputs.TEXT,
          Ids.of(new int[] {1, 2, 3, 4, 5, 0}, 2, 3),
          Spans.right(new int[] {3, 2}, 3));

  private static float[] values() {
    return Tensor.randn(new Seed(1).generator(), V, D).toArray();
  }

  private static Encoder encoder(EncoderConfig config, boolean frozen) {
    var size = IDS.with(new TokenVectors(D, values(), frozen));
    return config.withEmbeddingSize(D).build(size, new Seed(2).generator());
  }

  static Stream<EncoderConfig> configs() {
    return Stream.of(
        RecurrentEncoder.gru(4),
        RecurrentEncoder.rnn(4).withLayers(2, 0),
        ConvolutionEncoder.Config.of(9, 4),
        TransformerEncoder.Config.of(6, 2),
        BagEncoder.Config.of(9, 1),
        BagEncoder.Config.of(9, 3));
  }

  private static double sum(float[] numbers) {
    double sum = 0;
    for (float number : numbers) {
      sum += Math.abs(number);
    }
    return sum;
  }

  private static float[] gradient(Encoder encoder) {
    var weight = encoder.parameter("embedding.weight");
    try (var tape = Tape.open()) {
      var other = Tensor.ones(1).requiresGrad(true); // so that something learns
      tape.backward(encoder.last(INPUTS).square().times(other).sum());
    }
    return weight.hasGrad() ? weight.grad().toArray() : new float[V * D];
  }

  @ParameterizedTest
  @MethodSource("configs")
  void theyAreWhatTheTableBeginsWith(EncoderConfig config) {
    var encoder = encoder(config, false);
    var table = encoder.parameter("embedding.weight").slice(0, 0, V).toArray();
    var expected = values();
    Arrays.fill(expected, 0, D, 0); // the pad's
    assertThat(table).isEqualTo(expected);
    assertThat(sum(gradient(encoder))).isNotZero();
  }

  /// N-grams of a bag share the table, and go on learning.
  @ParameterizedTest
  @MethodSource("configs")
  void frozenOnesGetNoGradient(EncoderConfig config) {
    var frozen = encoder(config, true);
    float[] gradient = gradient(frozen);
    assertThat(Arrays.copyOf(gradient, V * D)).containsOnly(0f);
    boolean ngrams = gradient.length > V * D;
    assertThat(frozen.parameter("embedding.weight").requiresGrad()).isEqualTo(ngrams);
    assertThat(frozen.summary().contains("frozen")).isEqualTo(!ngrams);
    Twins.assertSameBits(encoder(config, false).last(INPUTS), frozen.last(INPUTS));
  }

  @Test
  void othersThanFitAreRefused() {
    var wrong = IDS.with(new TokenVectors(D, values(), false));
    assertThatThrownBy(() -> RecurrentEncoder.gru(4).build(wrong, new Seed(1).generator()))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "token vectors: expected 7 rows of 2 numbers, got 7 of 5; set embedding_size to that of"
                + " the vectors");
    assertThatThrownBy(() -> new NoEncoder.Config().withEmbeddingSize(D))
        .hasMessageContaining("encoder none: expected one that has token vectors");
    assertThatThrownBy(() -> new TokenVectors(4, new float[6], true))
        .isInstanceOf(ModelException.class);
  }

  // The last states of all layers

  @Test
  void theLastStatesOfAllLayersAreJoined() {
    var two = encoder(RecurrentEncoder.rnn(3).withLayers(2, 0), false);
    var one = encoder(RecurrentEncoder.rnn(3), false);
    one.parameters().forEach((name, parameter) -> parameter.assign(two.parameter(name)));
    var all = two.lastOfLayers(INPUTS);

    assertThat(two.layersSize()).isEqualTo(12);
    Twins.assertClose(Tensor.concat(-1, List.of(one.last(INPUTS), two.last(INPUTS))), all, 10);
    Twins.assertSameBits(
        all, Pooling.LAST_OF_LAYERS.build(6, new Seed(1).generator()).forward(two, INPUTS));
    assertThat(Pooling.LAST_OF_LAYERS.width(two)).isEqualTo(12);
    assertThat(Pooling.LAST_OF_LAYERS.width(one)).isEqualTo(6);
  }

  @Test
  void whatHasNoSuchStatesGivesItsLast() {
    var transformer = encoder(TransformerEncoder.Config.of(6, 2), false);
    Twins.assertSameBits(transformer.last(INPUTS), transformer.lastOfLayers(INPUTS));
    assertThat(transformer.layersSize()).isEqualTo(6);
  }

  // Large tables

  @Test
  void aLargeTableHasSparseGradients() {
    var config = RecurrentEncoder.gru(3).withEmbeddingSize(2);
    var large = InputSize.ofIds(TokenEmbedding.LARGE, 0);
    var small = InputSize.ofIds(TokenEmbedding.LARGE - 1, 0);
    assertThat(table(config.build(large, new Seed(1).generator())).sparseGrad()).isTrue();
    assertThat(table(config.build(small, new Seed(1).generator())).sparseGrad()).isFalse();
    var tied = LanguageModel.Config.of(CellKind.GRU, 3).withTied();
    var model = LanguageModel.of(tied, large, 0, new Seed(1).generator());
    assertThat(model.parameter("embedding.weight").sparseGrad()).isFalse();
  }

  private static Tensor table(Encoder encoder) {
    return encoder.parameter("embedding.weight");
  }
}
