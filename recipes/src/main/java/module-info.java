import org.jspecify.annotations.NullMarked;

/** Recipes to runs: train, resume, evaluate. */
@NullMarked
module sequor.recipes {
  requires static java.desktop; // for a PNG alone
  requires static org.jspecify;
  requires transitive sequor.tasks;
  requires sequor.charts;
  requires org.snakeyaml.engine;

  exports sequor.recipes;
}
