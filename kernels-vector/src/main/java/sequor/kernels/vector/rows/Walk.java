package sequor.kernels.vector.rows;

import sequor.kernels.Copies.View;

/// A view made ready for loops: axes of size 1 are dropped, those along which `y` stands still are
/// set apart, and neighbours that both buffers walk through without a jump become one. The last of
/// the axes along which `y` moves is the stretch; the others number its rows.
final class Walk {
  private static final Axes NONE = new Axes(0);

  private final Axes rows;
  private final Axes still;
  private final int xOffset;
  private final int yOffset;
  private final int length;
  private final int xStep;
  private final int yStep;

  Walk(View view) {
    var moving = new Axes(view, false);
    still = standsStill(view) ? new Axes(view, true) : NONE;
    xOffset = view.xOffset();
    yOffset = view.yOffset();
    boolean one = moving.rank == 0; // a single place
    int last = moving.rank - 1;
    length = one ? 1 : moving.dims[last];
    xStep = one ? 1 : moving.xStrides[last];
    yStep = one ? 1 : moving.yStrides[last];
    moving.rank = Math.max(last, 0);
    rows = moving;
  }

  private static boolean standsStill(View view) {
    for (int axis = 0; axis < view.dims().length; axis++) {
      if (view.yStrides()[axis] == 0 && view.dims()[axis] != 1) {
        return true;
      }
    }
    return false;
  }

  /// How many rows there are.
  int rows() {
    return rows.size();
  }

  /// How many numbers of `y` a row has.
  int length() {
    return length;
  }

  /// How many numbers are added into one place.
  int sums() {
    return still.size();
  }

  int xStep() {
    return xStep;
  }

  int yStep() {
    return yStep;
  }

  int xStart(int row) {
    return xOffset + rows.start(rows.xStrides, row);
  }

  int yStart(int row) {
    return yOffset + rows.start(rows.yStrides, row);
  }

  /// Where in `x` the `i`-th of the numbers lies that are added into one place, from the first.
  int still(int i) {
    return still.start(still.xStrides, i);
  }

  /// How many of these, from the `i`-th on, lie evenly, [#stillStep] apart.
  int stillRun(int i) {
    if (still.rank == 0) {
      return 1;
    }
    int last = still.dims[still.rank - 1];
    return last - i % last;
  }

  int stillStep() {
    return still.rank == 0 ? 0 : still.xStrides[still.rank - 1];
  }

  private static final class Axes {
    private final int[] dims;
    private final int[] xStrides;
    private final int[] yStrides;
    private int rank;

    Axes(int most) {
      dims = new int[most];
      xStrides = new int[most];
      yStrides = new int[most];
    }

    Axes(View view, boolean still) {
      this(view.dims().length);
      for (int axis = 0; axis < dims.length; axis++) {
        if (view.dims()[axis] != 1 && (view.yStrides()[axis] == 0) == still) {
          add(view.dims()[axis], view.xStrides()[axis], view.yStrides()[axis]);
        }
      }
    }

    private void add(int dim, int xStride, int yStride) {
      if (rank > 0 && xStrides[rank - 1] == dim * xStride && yStrides[rank - 1] == dim * yStride) {
        dims[rank - 1] *= dim;
      } else {
        dims[rank++] = dim;
      }
      xStrides[rank - 1] = xStride;
      yStrides[rank - 1] = yStride;
    }

    int size() {
      int size = 1;
      for (int axis = 0; axis < rank; axis++) {
        size *= dims[axis];
      }
      return size;
    }

    int start(int[] strides, int place) {
      int start = 0;
      for (int axis = rank - 1; axis > 0; axis--) {
        start += place % dims[axis] * strides[axis];
        place /= dims[axis];
      }
      return rank == 0 ? 0 : start + place * strides[0];
    }
  }
}
