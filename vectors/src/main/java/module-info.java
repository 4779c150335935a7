import org.jspecify.annotations.NullMarked;

/** Words and their vectors on disk. */
@NullMarked
module sequor.vectors {
  requires static org.jspecify;
  requires sequor.kernels;
  requires transitive sequor.settings;

  exports sequor.vectors;

  uses sequor.vectors.VectorFormat;

  provides sequor.vectors.VectorFormat with
      sequor.vectors.FastTextFormat,
      sequor.vectors.GloveFormat,
      sequor.vectors.Word2vecBinaryFormat,
      sequor.vectors.Word2vecFormat;
}
