package sequor.models;

/// `encoder: transformer`
public record TransformerKind() implements EncoderKind {
  static final String NAME = "transformer";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "blocks of self-attention, in which each token looks at all others";
  }

  @Override
  public Class<? extends Record> settings() {
    return TransformerEncoder.Config.class;
  }
}
