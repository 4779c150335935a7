import org.jspecify.annotations.NullMarked;

/** A task, an encoder, a tokenizer and a file format that somebody else adds. */
@NullMarked
module sequor.toy {
  requires static org.jspecify;
  requires transitive sequor.tasks;

  exports sequor.toy;

  provides sequor.tasks.Task with
      sequor.toy.ToyTagTask;
  provides sequor.models.EncoderKind with
      sequor.toy.NeighborEncoder.Kind;
  provides sequor.text.SegmenterKind with
      sequor.toy.HyphenSegmenter.Kind;
  provides sequor.data.Format with
      sequor.toy.SlashFormat;
}
