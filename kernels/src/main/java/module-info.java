import org.jspecify.annotations.NullMarked;

/** Arithmetic on flat buffers: one interface and its readable scalar truth. */
@NullMarked
module sequor.kernels {
  requires static org.jspecify;
  requires transitive sequor.base;

  exports sequor.kernels;

  uses sequor.kernels.KernelsProvider;
}
