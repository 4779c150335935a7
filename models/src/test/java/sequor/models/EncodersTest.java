package sequor.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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
        new RecurrentEncoder.Config(CellKind.GRU, 3, 4, 1, true, 0.5f, 0.5f, 0),
        RecurrentEncoder.Config.of(CellKind.MIN_GRU, 4),
        RecurrentEncoder.Config.of(CellKind.MIN_LSTM, 4).oneWay(),
        RecurrentEncoder.Config.of(CellKind.RG_LRU, 4).withLayers(2, 0),
        RecurrentEncoder.Config.of(CellKind.S4D, 4),
        RecurrentEncoder.Config.of(CellKind.S4D, 4).oneWay().withLayers(2, 0),
        BagEncoder.Config.of(5, 1),
        BagEncoder.Config.of(5, 9),
        new BagEncoder.Config(4, 3, 7, 0.5f)); // so few rows that n-grams share them
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

  /// What is dropped in training differs from step to step, and nothing is dropped afterwards.
  @Test
  void dropoutIsForTrainingAlone() {
    var config = new RecurrentEncoder.Config(CellKind.GRU, 8, 4, 1, true, 0.5f, 0.5f, 0);
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
          case LAST -> last;
          case MEAN -> Tensor.of(mean, 3, 2);
          case MAX -> Tensor.of(max, 3, 2);
          case ALL -> Tensor.concat(1, List.of(last, Tensor.of(mean, 3, 2), Tensor.of(max, 3, 2)));
        };

    Twins.assertClose(expected, pooling.of(encoder, new Inputs()));
    assertThat(pooling.width(2)).isEqualTo(expected.dim(1));
  }
}
