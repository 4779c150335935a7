package sequor.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import sequor.Seed;
import sequor.tensor.Ids;
import sequor.tensor.Spans;
import sequor.tensor.Tape;
import sequor.tensor.Tensor;
import sequor.testkit.Twins;

/// What every encoder keeps to, whatever it is made of: the shapes of what it gives, the same
/// answer alone and among others, gradients for all of its parameters, and parameters that are
/// found by their names.
///
/// ```java
/// EncoderContract.of(config).check();
/// ```
final class EncoderContract {
  private static final int VOCABULARY = 12;
  private static final int PAD = 0;
  private static final InputSize SIZE = InputSize.ofIds(VOCABULARY, PAD);

  /// Mixed lengths, the longest first and last, and an empty one.
  private static final int[][] SEQUENCES = {
    {5, 6, 7, 8, 9, 5, 6}, {4}, {}, {9, 9, 4}, {11, 10, 9, 8, 7, 6, 5}
  };

  private final EncoderConfig config;
  private final Encoder encoder;

  private EncoderContract(EncoderConfig config) {
    this.config = config;
    this.encoder = config.build(SIZE, new Seed(5).generator());
  }

  static EncoderContract of(EncoderConfig config) {
    return new EncoderContract(config);
  }

  void check() {
    shapes();
    paddingChangesNothing();
    lastIsThatOfTheWhole();
    if (!encoder.parameters().isEmpty()) { // but for none
      gradientsReachEveryParameter();
      parametersAreFoundByName();
    }
    theSameSeedGivesTheSameValues();
  }

  private static Inputs padded(boolean left, int steps, int[]... sequences) {
    int[] ids = new int[sequences.length * steps];
    Arrays.fill(ids, PAD);
    int[] lengths = new int[sequences.length];
    for (int b = 0; b < lengths.length; b++) {
      lengths[b] = sequences[b].length;
      int from = b * steps + (left ? steps - lengths[b] : 0);
      System.arraycopy(sequences[b], 0, ids, from, lengths[b]);
    }
    var spans = left ? Spans.left(lengths, steps) : Spans.right(lengths, steps);
    return Inputs.of(Inputs.TEXT, Ids.of(ids, lengths.length, steps), spans);
  }

  private void shapes() {
    var encoded = encoder.encode(padded(false, 7, SEQUENCES));
    assertThat(encoded.hidden().shape().dims())
        .as("hidden (B,T,H)")
        .containsExactly(5, 7, encoder.hiddenSize());
    assertThat(encoded.last().shape().dims())
        .as("last (B,H)")
        .containsExactly(5, encoder.hiddenSize());
    assertThat(encoded.spans().batch()).isEqualTo(5);
    assertThat(encoded.spans().steps()).isEqualTo(7);
    assertThat(encoder.hiddenSize()).isPositive();
  }

  /// Each row alone, without a pad, and among others padded left and right, with steps to spare.
  private void paddingChangesNothing() {
    for (boolean left : new boolean[] {false, true}) {
      for (int steps : new int[] {7, 10}) {
        var together = encoder.encode(padded(left, steps, SEQUENCES));
        for (int b = 0; b < SEQUENCES.length; b++) {
          row(together, b, SEQUENCES[b], left);
        }
      }
    }
  }

  private void row(Encoder.Encoded together, int b, int[] sequence, boolean left) {
    int steps = together.hidden().dim(1);
    int length = sequence.length;
    var hidden = together.hidden().select(0, b); // (T,H)
    int from = left ? steps - length : 0;
    var before = hidden.slice(0, 0, from);
    var behind = hidden.slice(0, from + length, steps);
    assertThat(before.toArray()).as("padding of row %d", b).containsOnly(zeros(before));
    assertThat(behind.toArray()).as("padding of row %d", b).containsOnly(zeros(behind));
    var last = together.last().select(0, b);
    if (length == 0) {
      assertThat(last.toArray()).as("an empty row").containsOnly(0f);
      return;
    }
    var alone = encoder.encode(padded(false, length, sequence));
    Twins.assertClose(alone.hidden().select(0, 0), hidden.slice(0, from, from + length), 10);
    Twins.assertClose(alone.last().select(0, 0), last, 10);
  }

  private static float[] zeros(Tensor some) {
    return new float[Math.min(1, some.shape().size())];
  }

  private void lastIsThatOfTheWhole() {
    for (boolean left : new boolean[] {false, true}) {
      var inputs = padded(left, 8, SEQUENCES);
      Twins.assertClose(encoder.encode(inputs).last(), encoder.last(inputs), 10);
    }
  }

  /// By what is said of every step, and by what stands for the whole.
  private void gradientsReachEveryParameter() {
    var inputs = padded(false, 7, SEQUENCES);
    for (var pooling : new Pooling[] {Pooling.LAST, Pooling.MEAN, Pooling.ATTENTION}) {
      var pooler = pooling.build(encoder.hiddenSize(), new Seed(7).generator());
      encoder.parameters().values().forEach(Tensor::clearGrad);
      try (var tape = Tape.open()) {
        var pooled = pooler.forward(encoder, inputs);
        var weights = Tensor.randn(new Seed(6).generator(), pooled.shape().dims());
        tape.backward(pooled.times(weights).sum());
      }
      encoder
          .parameters()
          .forEach(
              (name, parameter) -> {
                assertThat(parameter.hasGrad()).as("%s, by %s", name, pooling).isTrue();
                float[] gradient = parameter.grad().toArray();
                assertThat(gradient).as("%s, by %s", name, pooling).doesNotContain(Float.NaN);
                boolean some = false;
                for (float g : gradient) {
                  some |= g != 0;
                }
                assertThat(some).as("some gradient of %s, by %s", name, pooling).isTrue();
              });
    }
  }

  private void parametersAreFoundByName() {
    var other = config.build(SIZE, new Seed(99).generator());
    var saved = copy(encoder.parameters());
    assertThat(other.parameters().keySet()).isEqualTo(saved.keySet());
    assertThat(saved).isNotEmpty();
    saved.forEach((name, value) -> other.parameter(name).assign(value));
    var inputs = padded(true, 9, SEQUENCES);
    Twins.assertSameBits(encoder.encode(inputs).hidden(), other.encode(inputs).hidden());
    Twins.assertSameBits(encoder.last(inputs), other.last(inputs));
  }

  private void theSameSeedGivesTheSameValues() {
    var again = config.build(SIZE, new Seed(5).generator());
    encoder
        .parameters()
        .forEach((name, value) -> Twins.assertSameBits(value, again.parameter(name)));
  }

  private static Map<String, Tensor> copy(Map<String, Tensor> tensors) {
    var copies = new LinkedHashMap<String, Tensor>();
    tensors.forEach((name, tensor) -> copies.put(name, tensor.copy()));
    return copies;
  }
}
