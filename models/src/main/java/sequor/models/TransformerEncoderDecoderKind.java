package sequor.models;

/// `architecture: transformer`
public record TransformerEncoderDecoderKind() implements EncoderDecoderKind {
  static final String NAME = "transformer";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "blocks of attention read and say";
  }

  @Override
  public Class<? extends Record> settings() {
    return TransformerEncoderDecoder.Config.class;
  }
}
