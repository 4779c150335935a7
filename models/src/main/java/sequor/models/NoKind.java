package sequor.models;

/// `encoder: none`
public record NoKind() implements EncoderKind {
  static final String NAME = "none";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "nothing: n-grams that speak along answer alone";
  }

  @Override
  public Class<? extends Record> settings() {
    return NoEncoder.Config.class;
  }
}
