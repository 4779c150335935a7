package sequor.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import sequor.Seed;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tensor;
import sequor.testkit.Twins;

/// What BERT has that other encoders have not; what it shares is in [EncodersTest], and its numbers
/// are compared with libtorch's in `parity`.
class BertEncoderTest {
  private static final int BETWEEN = 3;

  private final RandomGenerator random = new Seed(4).generator();

  private static Inputs inputs(int... ids) {
    return Inputs.of(Inputs.TEXT, Ids.of(ids, 1, ids.length), Spans.full(1, ids.length));
  }

  @Test
  void theFirstStepSpeaksForTheWhole() {
    var encoder = BertEncoder.Config.of(8, 2, 2).build(InputSize.ofIds(9, 0), random);
    var encoded = encoder.encode(inputs(2, 5, 6));
    Twins.assertSameBits(encoded.hidden().select(1, 0), encoded.last());
  }

  @Test
  void thePoolerIsALayerOfItsOwnBehindIt() {
    var config = BertEncoder.Config.of(8, 2, 1).with(2, true);
    var encoder = config.build(InputSize.ofIds(9, 0), random);
    var encoded = encoder.encode(inputs(2, 5, 6));
    var weight = encoder.parameter("pooler.weight");
    var bias = encoder.parameter("pooler.bias");
    bias.assign(Tensor.randn(random, 8));
    var expected = encoded.hidden().select(1, 0).linear(weight, bias).tanh();
    Twins.assertClose(expected, encoder.encode(inputs(2, 5, 6)).last(), 10);
  }

  /// The second text is told apart by its type; a single text is all of the first.
  @Test
  void theMarkBetweenTwoTextsBelongsToTheFirst() {
    var size = InputSize.ofIds(9, 0).ofPairs(BETWEEN);
    var encoder = BertEncoder.Config.of(8, 2, 1).build(size, random);
    var single = BertEncoder.Config.of(8, 2, 1).build(InputSize.ofIds(9, 0), random);
    encoder.parameters().forEach((name, value) -> single.parameter(name).assign(value));
    int[] pair = {2, 5, BETWEEN, 6, BETWEEN};

    Twins.assertSameBits(
        encoder.encode(inputs(2, 5, BETWEEN)).hidden(),
        single.encode(inputs(2, 5, BETWEEN)).hidden());
    float[] typed = encoder.encode(inputs(pair)).hidden().toArray();
    assertThat(typed).isNotEqualTo(single.encode(inputs(pair)).hidden().toArray());

    // where both types are one, nothing tells the texts apart
    float[] first = Arrays.copyOf(encoder.parameter("types.weight").toArray(), 8);
    float[] both = Arrays.copyOf(first, 16);
    System.arraycopy(first, 0, both, 8, 8);
    encoder.parameter("types.weight").assign(both);
    Twins.assertSameBits(
        encoder.encode(inputs(pair)).hidden(), single.encode(inputs(pair)).hidden());
  }

  @Test
  void aTextThatIsTooLongIsRefused() {
    var config = BertEncoder.Config.of(8, 2, 1).withSizesOf(BertEncoder.Config.of(8, 2, 1));
    var encoder = config.build(InputSize.ofIds(9, 0), random);
    assertThat(config.mostSteps()).isEqualTo(512);
    int[] ids = new int[513];
    Arrays.fill(ids, 5);
    assertThatThrownBy(() -> encoder.encode(inputs(ids)))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "encoder bert: expected at most 512 tokens, marks among them, got 513; cut texts"
                + " (max_length)");
  }

  @Test
  void numbersAndVectorsOfAFileAreRefused() {
    var config = BertEncoder.Config.of(8, 2, 1);
    assertThatThrownBy(() -> config.build(InputSize.ofNumbers(3), random))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "encoder bert: expected ids of tokens whose vectors it has itself, got numbers; take"
                + " another encoder, such as transformer");
  }

  @Test
  void itBeginsAsSmallAsBertDoes() {
    var encoder = BertEncoder.Config.of(64, 2, 1).build(InputSize.ofIds(300, 0), random);
    double squares = 0;
    float[] table = encoder.table().toArray();
    for (float value : table) {
      squares += value * value;
    }
    assertThat(Math.sqrt(squares / table.length)).isBetween(0.0195, 0.0205);
    assertThat(encoder.parameter("layers.0.linear1.bias").toArray()).containsOnly(0f);
    assertThat(encoder.parameter("norm.weight").toArray()).containsOnly(1f);
  }
}
