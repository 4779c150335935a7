import org.jspecify.annotations.NullMarked;

/** How we prove things: twins and generators. */
@NullMarked
module sequor.testkit {
  requires static org.jspecify;
  requires transitive sequor.tensor;

  exports sequor.testkit;
}
