import org.jspecify.annotations.NullMarked;

/** Learning: optimizers, schedules, metrics, checkpoints, the Trainer. */
@NullMarked
module sequor.train {
  requires static org.jspecify;
  requires transitive sequor.nn;
  requires sequor.store;

  exports sequor.train;
}
