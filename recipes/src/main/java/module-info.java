import org.jspecify.annotations.NullMarked;

/** One task, one class: recipes, their floors and their reports. */
@NullMarked
module sequor.recipes {
  requires static org.jspecify;
  requires transitive sequor.text;
  requires transitive sequor.train;
  requires transitive sequor.store;
  requires java.desktop;
  requires org.yaml.snakeyaml;

  exports sequor.recipes;
}
