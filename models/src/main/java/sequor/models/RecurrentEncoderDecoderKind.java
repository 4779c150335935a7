package sequor.models;

/// `architecture: recurrent`
public record RecurrentEncoderDecoderKind() implements EncoderDecoderKind {
  static final String NAME = "recurrent";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "recurrent layers read and say, with attention or without";
  }

  @Override
  public Class<? extends Record> settings() {
    return RecurrentEncoderDecoder.Config.class;
  }
}
