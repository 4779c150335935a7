import org.jspecify.annotations.NullMarked;

/** One task, one class: recipes, their floors and their reports. */
@NullMarked
module sequor.recipes {
  requires static org.jspecify;
  requires transitive sequor.store;
  requires transitive sequor.train;
  requires sequor.text;
  requires java.desktop;

  exports sequor.recipes;
}
