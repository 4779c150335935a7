import org.jspecify.annotations.NullMarked;

/** Numbers with a shape, and a tape that remembers how they were made. */
@NullMarked
module sequor.tensor {
  requires static org.jspecify;
  requires transitive sequor.kernels;

  exports sequor.tensor;
}
