package sequor.models;

import java.util.random.RandomGenerator;
import sequor.nn.Parts;
import sequor.tensor.Tensor;

/// Reads no text: a classifier's head learns how frequent the classes are, and the n-grams that
/// speak along do the rest. Of numbers each step is taken as it is, whatever stands around it.
public final class NoEncoder implements Encoder {
  /// It has no settings.
  public record Config() implements EncoderConfig {
    @Override
    public String kind() {
      return NoKind.NAME;
    }

    @Override
    public Encoder build(InputSize size, RandomGenerator random) {
      return new NoEncoder(size.width());
    }
  }

  private final int width; // of numbers, else 0

  private NoEncoder(int width) {
    this.width = width;
  }

  @Override
  public int hiddenSize() {
    return Math.max(1, width);
  }

  @Override
  public Encoded encode(Inputs inputs) {
    var spans = inputs.spans(Inputs.TEXT);
    if (width == 0) {
      return new Encoded(Tensor.zeros(spans.batch(), spans.steps(), 1), spans, last(inputs));
    }
    var x = inputs.numbers(Inputs.TEXT).times(spans.mask().unsqueeze(2)); // (B,T,H)
    return new Encoded(x, spans, Encoder.lastStep(x, spans));
  }

  @Override
  public Tensor last(Inputs inputs) {
    return width == 0
        ? Tensor.zeros(inputs.spans(Inputs.TEXT).batch(), 1)
        : encode(inputs).last(); // (B,H)
  }

  @Override
  public Parts parts() {
    return Parts.none();
  }
}
