package sequor.kernels;

/// Numbers carried from place to place: slices, transposes, repeats, look-ups.
public interface Copies {
  /// `y[view] = x[view]`.
  void copy(Floats x, Floats y, View view);

  /// `y[view] += x[view]`. Where `y` does not move along an axis this is a sum over that axis, in
  /// the order of the axis.
  void add(Floats x, Floats y, View view);

  /// Row `i` of `y` = row `ids[i]` of `table`, for `count` rows of `width` numbers.
  void gather(Floats table, Ints ids, Floats y, int count, int width);

  /// Row `ids[i]` of `table` = row `i` of `x`, for `count` rows of `width` numbers, each named
  /// once.
  void scatter(Floats x, Ints ids, Floats table, int count, int width);

  /// Row `ids[i]` of `table` += row `i` of `x`, in the order of `i`; rows whose id is `skip` are
  /// passed over (give −1 to pass over none).
  void scatterAdd(Floats x, Ints ids, Floats table, int count, int width, int skip);

  /// The places of two buffers that belong together: `dims` sizes of the walk, and for each buffer
  /// where it starts and how far it moves along each axis. A stride may be 0 (repeat) or negative.
  record View(int[] dims, int xOffset, int[] xStrides, int yOffset, int[] yStrides) {}
}
