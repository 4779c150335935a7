import org.jspecify.annotations.NullMarked;

/** Layers and losses. */
@NullMarked
module sequor.nn {
  requires static org.jspecify;
  requires transitive sequor.tensor;

  exports sequor.nn;
}
