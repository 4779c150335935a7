import org.jspecify.annotations.NullMarked;

/** The same arithmetic in SIMD; the only room that knows the Vector API. */
@NullMarked
module sequor.kernels.vector {
  requires jdk.incubator.vector;
  requires sequor.kernels;
  requires static org.jspecify;

  provides sequor.kernels.KernelsProvider with
      sequor.kernels.vector.VectorKernels;
}
