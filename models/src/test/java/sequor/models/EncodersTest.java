package sequor.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import sequor.Seed;
import sequor.json.Json;
import sequor.json.JsonObject;
import sequor.nn.Parts;
import sequor.settings.Places;
import sequor.settings.Section;
import sequor.settings.Settings;
import sequor.settings.SettingsException;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.testkit.Twins;

/// Every encoder that a recipe can choose keeps to the contract.
class EncodersTest {
  static Collection<EncoderKind> kinds() {
    return EncoderKind.all().all();
  }

  /// Those that settings of a few keys give; what is not said is the default.
  private static EncoderConfig config(EncoderKind kind, JsonObject written) {
    var settings = Section.of(kind.settings()).complete(written, "model.", Places.NOWHERE);
    return kind.config(settings);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyKindKeepsToTheContract(EncoderKind kind) {
    assertThat(kind.about()).isNotBlank();
    var config = config(kind, Json.object());
    assertThat(config.kind()).isEqualTo(kind.name());
    EncoderContract.of(config).check();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void itsSettingsAreSavedAndLoaded(EncoderKind kind) {
    var config = config(kind, Json.object());
    assertThat(config(kind, Settings.json((Record) config))).isEqualTo(config);
  }

  static Stream<EncoderConfig> others() {
    return Stream.of(
        RecurrentEncoder.lstm(4),
        RecurrentEncoder.rnn(4).oneWay(),
        RecurrentEncoder.gru(4).withEmbeddingSize(3),
        RecurrentEncoder.lstm(4).withLayers(3, 0.5f),
        RecurrentEncoder.gru(4).oneWay().withLayers(2, 0),
        new RecurrentEncoder.Config(CellKind.GRU, 3, 4, 1, true, 0.5f, 0.5f, 0, Connection.PLAIN),
        RecurrentEncoder.lstm(4).withLayers(3, 0.5f).withConnection(Connection.HIGHWAY),
        RecurrentEncoder.gru(4).oneWay().withLayers(2, 0).withConnection(Connection.LAYER_NORM),
        RecurrentEncoder.Config.of(CellKind.MIN_GRU, 4),
        RecurrentEncoder.Config.of(CellKind.MIN_LSTM, 4).oneWay(),
        RecurrentEncoder.Config.of(CellKind.RG_LRU, 4).withLayers(2, 0),
        RecurrentEncoder.Config.of(CellKind.S4D, 4),
        RecurrentEncoder.Config.of(CellKind.S4D, 4).oneWay().withLayers(2, 0),
        BertEncoder.Config.of(8, 2, 1),
        BertEncoder.Config.of(6, 3, 2).with(0, false).withDropout(0.5f),
        BagEncoder.Config.of(5, 1),
        BagEncoder.Config.of(5, 9),
        new BagEncoder.Config(4, 3, 7, 0.5f), // so few rows that n-grams share them
        ConvolutionEncoder.Config.of(5, 4),
        ConvolutionEncoder.Config.of(3, 6).withWidths(1),
        ConvolutionEncoder.Config.of(3, 2).withWidths(2, 9, 2, 20), // wider than all texts
        new ConvolutionEncoder.Config(4, 5, List.of(2, 3), 0.5f, 0.5f),
        TransformerEncoder.Config.of(8, 1),
        TransformerEncoder.Config.of(12, 3).withLayers(1, 0),
        TransformerEncoder.Config.of(8, 4).withLearnedPositions(3), // fewer than steps
        TransformerEncoder.Config.of(6, 2).withLearnedPositions(50).withLayers(3, 0.5f),
        TransformerEncoder.Config.of(6, 2).withEmbeddingSize(5));
  }

  @ParameterizedTest
  @MethodSource("others")
  void othersThatSettingsCanAskForDoToo(EncoderConfig config) {
    EncoderContract.of(config).check();
  }

  @Test
  void anUnknownKindIsNamedWithItsNearest() {
    assertThatThrownBy(() -> EncoderKind.all().get("recurent"))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "encoder: expected one of %s, got \"recurent\"; did you mean \"recurrent\"?"
                .formatted(String.join(", ", EncoderKind.all().names())));
  }

  @Test
  void recurrentLayersReadNumbersAsTheyAre() {
    var random = new Seed(2).generator();
    var encoder = RecurrentEncoder.gru(4).build(InputSize.ofNumbers(3), random);
    var x = Tensor.randn(random, 2, 5, 3);
    var spans = Spans.right(new int[] {5, 2}, 5);
    var inputs = new Inputs().and(Inputs.TEXT, x, spans);

    assertThat(encoder.parameters().keySet()).noneMatch(name -> name.contains("embedding"));
    assertThat(encoder.encode(inputs).hidden().shape().dims()).containsExactly(2, 5, 8);
    Twins.assertClose(encoder.encode(inputs).last(), encoder.last(inputs));
    assertThatThrownBy(() -> BagEncoder.Config.of(4, 2).build(InputSize.ofNumbers(3), random))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "encoder bag: expected ids, got numbers; take another encoder, such as recurrent");
  }

  @Test
  void aColumnThatThereIsNotIsNamed() {
    var inputs = Inputs.of("title", Ids.of(new int[] {1, 2}, 1, 2), Spans.full(1, 2));
    var encoder = RecurrentEncoder.gru(4).build(InputSize.ofIds(5, 0), new Seed(2).generator());
    assertThatThrownBy(() -> encoder.encode(inputs))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("inputs: expected ids in a column 'text', got columns [title]");
  }

  /// The mean of the vectors of `a`, `b`, `c` and, in rows shared by a hash, of `ab` and `bc`.
  @Test
  void aBagIsTheMeanOfItsNgrams() {
    var bag = new BagEncoder.Config(2, 2, 1, 0); // all pairs share one row
    var encoder = bag.build(InputSize.ofIds(6, 0), new Seed(3).generator());
    float[] table = encoder.parameter("embedding.weight").toArray(); // (7,2)
    var inputs =
        Inputs.of(Inputs.TEXT, Ids.of(new int[] {3, 4, 5, 0}, 1, 4), Spans.right(new int[] {3}, 4));

    float[] last = encoder.last(inputs).toArray();

    for (int h = 0; h < 2; h++) {
      float sum = table[6 + h] + table[8 + h] + table[10 + h] + 2 * table[12 + h];
      assertThat(last[h]).isCloseTo(sum / 5, within(1e-6f));
    }
  }

  @Test
  void convolutionsAndTransformersReadNumbersToo() {
    var random = new Seed(2).generator();
    var x = Tensor.randn(random, 3, 5, 3);
    float[] values = x.toArray();
    Arrays.fill(values, 21, 30, Float.NaN); // the padding of the second row
    Arrays.fill(values, 30, 45, Float.NaN); // and all of the third
    x = Tensor.of(values, 3, 5, 3);
    var spans = Spans.right(new int[] {5, 2, 0}, 5);
    var inputs = new Inputs().and(Inputs.TEXT, x, spans);
    for (var config :
        List.of(ConvolutionEncoder.Config.of(9, 4), TransformerEncoder.Config.of(8, 2))) {
      var encoder = config.build(InputSize.ofNumbers(3), random);
      assertThat(encoder.parameters().keySet()).noneMatch(name -> name.contains("embedding"));
      var encoded = encoder.encode(inputs);
      Twins.assertClose(encoded.last(), encoder.last(inputs));
      var alone = new Inputs().and(Inputs.TEXT, x.slice(0, 1, 2).slice(1, 0, 2), Spans.full(1, 2));
      Twins.assertClose(encoder.last(alone), encoded.last().slice(0, 1, 2), 10);
      assertThat(encoded.last().select(0, 2).toArray()).containsOnly(0f);
      assertThat(encoded.hidden().select(0, 2).toArray()).containsOnly(0f);
    }
  }

  /// By the formula, window by window.
  @Test
  void aConvolutionIsTheLargestOfItsWindows() {
    var config = ConvolutionEncoder.Config.of(2, 3).withWidths(2);
    var encoder = config.build(InputSize.ofIds(6, 0), new Seed(3).generator());
    float[] table = encoder.parameter("embedding.weight").toArray(); // (6,2)
    float[] weight = encoder.parameter("convolutions.0.weight").toArray(); // (3,2,2)
    float[] bias = encoder.parameter("convolutions.0.bias").toArray();
    int[] ids = {3, 4, 5};
    var inputs = Inputs.of(Inputs.TEXT, Ids.of(ids, 1, 3), Spans.full(1, 3));

    float[] hidden = encoder.encode(inputs).hidden().toArray();
    float[] last = encoder.last(inputs).toArray();

    for (int o = 0; o < 3; o++) {
      float largest = 0;
      for (int t = 0; t < 3; t++) {
        float sum = bias[o];
        for (int k = 0; k < 2 && t + k < 3; k++) { // the step and the one behind
          for (int d = 0; d < 2; d++) {
            sum += weight[(o * 2 + d) * 2 + k] * table[ids[t + k] * 2 + d];
          }
        }
        assertThat(hidden[t * 3 + o]).isCloseTo(Math.max(sum, 0), within(1e-6f));
        largest = Math.max(largest, sum);
      }
      assertThat(last[o]).isCloseTo(largest, within(1e-6f));
    }
  }

  @Test
  void aTransformerTellsOrdersApart() {
    for (var config :
        List.of(
            TransformerEncoder.Config.of(8, 2),
            TransformerEncoder.Config.of(8, 2).withLearnedPositions(9))) {
      var encoder = config.build(InputSize.ofIds(6, 0), new Seed(3).generator());
      var ids = Ids.of(new int[] {3, 4, 5, 5, 4, 3}, 2, 3);
      var last = encoder.last(Inputs.of(Inputs.TEXT, ids, Spans.full(2, 3)));
      float apart = last.select(0, 0).minus(last.select(0, 1)).abs().max().item();
      assertThat(apart).isGreaterThan(1e-3f);
    }
  }

  @Test
  void settingsThatCannotBeAreRefused() {
    assertThatThrownBy(() -> ConvolutionEncoder.Config.of(4, 4).withWidths())
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "encoder convolution: expected one width at least, got none; write some, such as [3, 4,"
                + " 5]");
    assertThatThrownBy(() -> TransformerEncoder.Config.of(10, 4))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "encoder transformer: expected a hidden_size that the heads divide, got 10 and 4 heads;"
                + " take 8");
    var convolution = EncoderKind.all().get("convolution");
    assertThatThrownBy(() -> config(convolution, Json.object().with("widths", Json.array(3, 0))))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("model.widths: expected a list of whole numbers from 1 to 1024");
    assertThatThrownBy(() -> config(convolution, Json.object().with("widths", 3)))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("write a list, such as [3,4,5]");
    var transformer = EncoderKind.all().get("transformer");
    assertThatThrownBy(() -> config(transformer, Json.object().with("positions", "learnt")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("did you mean \"learned\"?");
  }

  /// What is dropped in training differs from step to step, and nothing is dropped afterwards.
  @Test
  void dropoutIsForTrainingAlone() {
    var config =
        new RecurrentEncoder.Config(CellKind.GRU, 8, 4, 1, true, 0.5f, 0.5f, 0, Connection.PLAIN);
    var encoder = config.build(InputSize.ofIds(6, 0), new Seed(3).generator());
    var inputs = Inputs.of(Inputs.TEXT, Ids.of(new int[] {3, 4, 5, 3}, 1, 4), Spans.full(1, 4));
    Twins.assertSameBits(encoder.last(inputs), encoder.last(inputs));
    Tensor one;
    Tensor other;
    try (var _ = Tape.open(new Seed(1).generator())) {
      one = encoder.last(inputs).copy();
    }
    try (var _ = Tape.open(new Seed(2).generator())) {
      other = encoder.last(inputs).copy();
    }
    assertThat(one.toArray()).isNotEqualTo(other.toArray());
  }

  @ParameterizedTest
  @EnumSource
  void poolingIsOfTheRealSteps(Pooling pooling) {
    int[] lengths = {3, 1, 0};
    var spans = Spans.right(lengths, 3);
    float[] values = {-1, 2, -3, 4, -5, 6, 7, -8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    var hidden = Tensor.of(values, 3, 3, 2); // zeros where there is padding
    var last = Tensor.of(new float[] {-5, 6, 7, -8, 0, 0}, 3, 2);
    var encoder =
        new Encoder() {
          @Override
          public int hiddenSize() {
            return 2;
          }

          @Override
          public Encoded encode(Inputs inputs) {
            return new Encoded(hidden, spans, Encoder.lastStep(hidden, spans));
          }

          @Override
          public Parts parts() {
            return Parts.none();
          }
        };
    var mean = new float[] {-3, 4, 7, -8, 0, 0};
    var max = new float[] {-1, 6, 7, -8, 0, 0}; // below 0 too, and not the padding's 0
    var expected =
        switch (pooling) {
          case LAST, LAST_OF_LAYERS -> last;
          case MEAN -> Tensor.of(mean, 3, 2);
          case MAX -> Tensor.of(max, 3, 2);
          case ALL -> Tensor.concat(1, List.of(last, Tensor.of(mean, 3, 2), Tensor.of(max, 3, 2)));
          case ATTENTION -> attended(hidden, lengths);
        };
    var pooler = pooling.build(2, new Seed(8).generator());

    Twins.assertClose(expected, pooler.forward(encoder, new Inputs()));
    assertThat(pooling.width(encoder)).isEqualTo(expected.dim(1));
    assertThat(pooler.parameters().isEmpty()).isEqualTo(pooling != Pooling.ATTENTION);
  }

  /// Row by row, of its real steps alone, by the parameters that the same seed draws.
  private static Tensor attended(Tensor hidden, int[] lengths) {
    var pooler = new AttentionPooling(2, new Seed(8).generator());
    var rows = new ArrayList<Tensor>();
    for (int b = 0; b < lengths.length; b++) {
      var real = hidden.select(0, b).slice(0, 0, lengths[b]); // (T',H)
      var u =
          real.linear(pooler.parameter("projection.weight"), pooler.parameter("projection.bias"))
              .tanh();
      var weights = u.matmul(pooler.parameter("query")).softmax(); // (T')
      rows.add(lengths[b] == 0 ? Tensor.zeros(2) : weights.matmul(real));
    }
    return Tensor.stack(0, rows);
  }

  @Test
  void weightsOfAttentionAddUpToOneOverTheRealSteps() {
    var pooler = new AttentionPooling(4, new Seed(8).generator());
    var hidden = Tensor.randn(new Seed(9).generator(), 3, 5, 4);
    var spans = Spans.of(new int[] {0, 2, 4}, new int[] {5, 4, 4}, 5);
    var weights = pooler.weights(hidden, spans); // (B,T)
    Twins.assertClose(Tensor.of(new float[] {1, 1, 0}), weights.sum(1));
    assertThat(weights.times(spans.mask().lessThan(1)).abs().max().item()).isZero();
  }
}
