import org.jspecify.annotations.NullMarked;

/** How fast a step, a prediction and the machine itself are. */
@NullMarked
module sequor.speed {
  requires static org.jspecify;
  requires sequor.train;
  requires jdk.management;

  exports sequor.speed;
}
