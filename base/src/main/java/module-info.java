import org.jspecify.annotations.NullMarked;

/** What every room knows: the exception that all of Sequor's are kinds of. */
@NullMarked
module sequor.base {
  requires static org.jspecify;

  exports sequor;
}
