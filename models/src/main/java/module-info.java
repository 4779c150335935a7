import org.jspecify.annotations.NullMarked;

/** Networks put together from layers. */
@NullMarked
module sequor.models {
  requires static org.jspecify;
  requires transitive sequor.nn;
  requires transitive sequor.settings;

  exports sequor.models;

  uses sequor.models.EncoderDecoderKind;
  uses sequor.models.EncoderKind;

  provides sequor.models.EncoderDecoderKind with
      sequor.models.RecurrentEncoderDecoderKind,
      sequor.models.TransformerEncoderDecoderKind;
  provides sequor.models.EncoderKind with
      sequor.models.BagKind,
      sequor.models.BertKind,
      sequor.models.ConvolutionKind,
      sequor.models.NoKind,
      sequor.models.RecurrentKind,
      sequor.models.TransformerKind;
}
