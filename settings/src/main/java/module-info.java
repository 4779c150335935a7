import org.jspecify.annotations.NullMarked;

/** What can be set: keys with a default, a range and a comment. */
@NullMarked
module sequor.settings {
  requires static org.jspecify;
  requires transitive sequor.json;

  exports sequor.settings;
}
