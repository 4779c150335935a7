import org.jspecify.annotations.NullMarked;

/** A strict, small JSON for headers, settings and results. */
@NullMarked
module sequor.json {
  requires static transitive org.jspecify;
  requires transitive sequor.base;

  exports sequor.json;
}
