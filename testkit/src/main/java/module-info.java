import org.jspecify.annotations.NullMarked;

/** How we prove things: gradient checks, twins, generators. */
@NullMarked
module sequor.testkit {
  requires static org.jspecify;
  requires transitive sequor.tensor;

  exports sequor.testkit;
}
