package sequor.models;

/// `encoder: recurrent`
public record RecurrentKind() implements EncoderKind {
  static final String NAME = "recurrent";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "step by step, with a state: Elman, LSTM or GRU";
  }

  @Override
  public Class<? extends Record> settings() {
    return RecurrentEncoder.Config.class;
  }
}
