package sequor.toy;

import java.util.random.RandomGenerator;
import sequor.models.Encoder;
import sequor.models.EncoderConfig;
import sequor.models.EncoderKind;
import sequor.models.InputSize;
import sequor.models.Inputs;
import sequor.nn.Conv1d;
import sequor.nn.Embedding;
import sequor.nn.Parts;
import sequor.settings.Setting;

/// Sees each token and the one before and behind it: `h_t = relu(W · [x_{t−1} x_t x_{t+1}] + b)`.
public final class NeighborEncoder implements Encoder {
  /// `encoder: neighbors` and its keys.
  public record Config(
      @Setting(value = "16", min = 1, max = 4096, about = "of a token's vector") int embeddingSize,
      @Setting(value = "32", min = 1, max = 4096, about = "of what is made of it") int hiddenSize)
      implements EncoderConfig {
    @Override
    public String kind() {
      return "neighbors";
    }

    @Override
    public Encoder build(InputSize size, RandomGenerator random) {
      return new NeighborEncoder(this, size, random);
    }
  }

  /// Its name.
  public record Kind() implements EncoderKind {
    @Override
    public String name() {
      return "neighbors";
    }

    @Override
    public String about() {
      return "each token with its neighbors";
    }

    @Override
    public Class<? extends Record> settings() {
      return Config.class;
    }
  }

  private final Embedding embedding;
  private final Conv1d convolution;
  private final int hiddenSize;

  private NeighborEncoder(Config config, InputSize size, RandomGenerator random) {
    embedding = new Embedding(size.vocabulary(), config.embeddingSize, size.pad(), random);
    convolution =
        new Conv1d(
            Conv1d.Config.of(config.embeddingSize, config.hiddenSize, 3).withPadding(1), random);
    hiddenSize = config.hiddenSize;
  }

  @Override
  public int hiddenSize() {
    return hiddenSize;
  }

  @Override
  public Encoded encode(Inputs inputs) {
    var spans = inputs.spans(Inputs.TEXT);
    var x = embedding.forward(inputs.ids(Inputs.TEXT)); // (B,T,D)
    var mask = spans.mask().unsqueeze(2); // (B,T,1)
    var seen = convolution.forward(x.times(mask)); // (B,T,H)
    var hidden = seen.relu().times(mask);
    return new Encoded(hidden, spans, Encoder.lastStep(hidden, spans));
  }

  @Override
  public Parts parts() {
    return Parts.of("embedding", embedding).and("convolution", convolution);
  }
}
