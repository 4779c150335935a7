package sequor.models;

import java.util.random.RandomGenerator;
import sequor.nn.Parts;
import sequor.tensor.Tensor;

/// Reads nothing: a classifier's head learns how frequent the classes are, and the n-grams that
/// speak along do the rest.
public final class NoEncoder implements Encoder {
  /// It has no settings.
  public record Config() implements EncoderConfig {
    @Override
    public String kind() {
      return NoKind.NAME;
    }

    @Override
    public Encoder build(InputSize size, RandomGenerator random) {
      return new NoEncoder();
    }
  }

  private NoEncoder() {}

  @Override
  public int hiddenSize() {
    return 1;
  }

  @Override
  public Encoded encode(Inputs inputs) {
    var spans = inputs.spans(Inputs.TEXT);
    return new Encoded(Tensor.zeros(spans.batch(), spans.steps(), 1), spans, last(inputs));
  }

  @Override
  public Tensor last(Inputs inputs) {
    return Tensor.zeros(inputs.spans(Inputs.TEXT).batch(), 1); // (B,H)
  }

  @Override
  public Parts parts() {
    return Parts.none();
  }
}
