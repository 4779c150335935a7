import org.jspecify.annotations.NullMarked;

/** Data to SVG. */
@NullMarked
module sequor.charts {
  requires static org.jspecify;

  exports sequor.charts;
}
