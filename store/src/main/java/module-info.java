import org.jspecify.annotations.NullMarked;

/** Models on disk: names, shapes, bytes. */
@NullMarked
module sequor.store {
  requires static org.jspecify;
  requires transitive sequor.json;
  requires transitive sequor.tensor;

  exports sequor.store;
}
