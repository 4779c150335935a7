package sequor.models;

/// `encoder: bag`
public record BagKind() implements EncoderKind {
  static final String NAME = "bag";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "a mean of n-grams, whatever their order";
  }

  @Override
  public Class<? extends Record> settings() {
    return BagEncoder.Config.class;
  }
}
