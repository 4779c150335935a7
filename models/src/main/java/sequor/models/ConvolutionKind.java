package sequor.models;

/// `encoder: convolution`
public record ConvolutionKind() implements EncoderKind {
  static final String NAME = "convolution";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String about() {
    return "windows of neighboring tokens, of several widths";
  }

  @Override
  public Class<? extends Record> settings() {
    return ConvolutionEncoder.Config.class;
  }
}
