package sequor.models;

/// `encoder: bert`
public record BertKind() implements EncoderKind {
  static final String NAME = "bert";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "BERT's blocks of self-attention, which may begin as published ones";
  }

  @Override
  public Class<? extends Record> settings() {
    return BertEncoder.Config.class;
  }
}
