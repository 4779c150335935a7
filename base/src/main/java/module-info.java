import org.jspecify.annotations.NullMarked;

/** What every room knows: the root of all exceptions, files that appear whole, seeds, checksums. */
@NullMarked
module sequor.base {
  requires static org.jspecify;

  exports sequor;
}
