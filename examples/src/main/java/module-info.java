import org.jspecify.annotations.NullMarked;

/** Complete small programs a newcomer reads. */
@NullMarked
module sequor.examples {
  requires static org.jspecify;
  requires sequor.charts;
  requires sequor.tasks;
}
