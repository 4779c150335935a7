package sequor.kernels;

/// Numbers carried from place to place: slices, transposes, repeats, look-ups.
public interface Copies {
  /// `y[view] = x[view]`. No place of `y` may be written twice.
  void copy(Floats x, Floats y, View view);

  /// `y[view] += x[view]`, for a view of any kind. Where `y` does not move along an axis this is a
  /// sum over that axis, in the order of the axis; a sum of more than [Reductions#CHUNK] numbers is
  /// one of chunks. A view whose places of `y` overlap in another way, as windows do, is walked
  /// through from its first place to its last by one thread.
  void add(Floats x, Floats y, View view);

  /// Row `i` of `y` = row `ids[i]` of `table`, for `count` rows of `width` numbers.
  void gather(Floats table, Ints ids, Floats y, int count, int width);

  /// Row `ids[i]` of `table` = row `i` of `x`, for `count` rows of `width` numbers, each named
  /// once.
  void scatter(Floats x, Ints ids, Floats table, int count, int width);

  /// Row `ids[i]` of `table` += row `i` of `x`, in the order of `i`; rows whose id is `skip` are
  /// passed over (give −1 to pass over none).
  void scatterAdd(Floats x, Ints ids, Floats table, int count, int width, int skip);

  /// Row `to[i]` of `y` += row `from[i]` of `x`, in the order of `i`, for `count` pairs of rows of
  /// `width` numbers.
  void addRows(Floats x, Ints from, Floats y, Ints to, int count, int width);

  /// `y[o,c,i] = x[o,ids[o,c,i],i]`.
  void gatherAlong(Floats x, Ints ids, Floats y, Along size);

  /// `y[o,ids[o,c,i],i] += x[o,c,i]`, in the order of `c`.
  void scatterAddAlong(Floats x, Ints ids, Floats y, Along size);

  /// `y[o,ids[o,c,i],i] = x[o,c,i]`, in the order of `c`: of those with one place the last stays.
  void scatterAlong(Floats x, Ints ids, Floats y, Along size);

  /// A buffer (outer,length,inner) of which `count` places of the middle axis are named, each by an
  /// id of its own: the ids, and the other buffer, are (outer,count,inner).
  record Along(int outer, int length, int count, int inner) {}

  /// The places of two buffers that belong together: `dims` sizes of the walk, and for each buffer
  /// where it starts and how far it moves along each axis. A stride may be 0 (repeat) or negative.
  record View(int[] dims, int xOffset, int[] xStrides, int yOffset, int[] yStrides) {

    /// Whether the walk may come to a place of `y` twice by axes along which `y` moves. Without a
    /// doubt it does not where each of these axes, from the shortest stride to the longest, steps
    /// over all that the shorter ones reach; every view of a dense tensor is such.
    public boolean overlaps() {
      return !isInOrder() && mayOverlap();
    }

    /// Whether each axis, as they stand, steps over all that the ones after it reach: so it is with
    /// a dense tensor and most that is cut out of one.
    private boolean isInOrder() {
      long reach = 0;
      for (int axis = dims.length - 1; axis >= 0; axis--) {
        if (dims[axis] > 1 && yStrides[axis] != 0) {
          if (length(axis) <= reach) {
            return false;
          }
          reach += (dims[axis] - 1L) * length(axis);
        }
      }
      return true;
    }

    private boolean mayOverlap() {
      int[] moving = new int[dims.length];
      int count = 0;
      for (int axis = 0; axis < dims.length; axis++) {
        if (dims[axis] == 0) {
          return false;
        }
        if (dims[axis] > 1 && yStrides[axis] != 0) {
          int at = count++;
          for (; at > 0 && length(moving[at - 1]) > length(axis); at--) {
            moving[at] = moving[at - 1];
          }
          moving[at] = axis;
        }
      }
      long reach = 0;
      for (int i = 0; i < count; i++) {
        if (length(moving[i]) <= reach) {
          return true;
        }
        reach += (dims[moving[i]] - 1L) * length(moving[i]);
      }
      return false;
    }

    private int length(int axis) {
      return Math.abs(yStrides[axis]);
    }
  }
}
