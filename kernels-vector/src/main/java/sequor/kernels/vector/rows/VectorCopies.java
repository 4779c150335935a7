package sequor.kernels.vector.rows;

import sequor.kernels.Copies;
import sequor.kernels.Floats;
import sequor.kernels.HeapFloats;
import sequor.kernels.HeapInts;
import sequor.kernels.Ints;
import sequor.kernels.Kernels;
import sequor.kernels.Parallel;
import sequor.kernels.vector.elementwise.BinaryLoops;

/// Numbers carried from place to place, a contiguous stretch at a time.
///
/// A view is first simplified: axes of size 1 are dropped, and neighbours that both buffers walk
/// through without a jump become one. What then has no contiguous last axis is left to the scalar
/// kernels, as is anything small.
public final class VectorCopies implements Copies {
  private static final int SMALL = 64;
  private static final int GRAIN = 1 << 14;
  private static final int COLUMN_GRAIN = 64;

  @Override
  public void copy(Floats x, Floats y, View view) {
    var walk = Walk.of(view);
    if (!walk.isWorthIt()) {
      Kernels.scalar().copies().copy(x, y, view);
      return;
    }
    float[] xs = HeapFloats.of(x);
    float[] ys = HeapFloats.of(y);
    int n = walk.inner();
    Parallel.ranges(
        walk.rows(),
        Math.max(1, GRAIN / n),
        (from, to) -> {
          for (int row = from; row < to; row++) {
            System.arraycopy(xs, walk.xStart(row), ys, walk.yStart(row), n);
          }
        });
  }

  @Override
  public void add(Floats x, Floats y, View view) {
    var walk = Walk.of(view);
    if (!walk.isWorthIt()) {
      Kernels.scalar().copies().add(x, y, view);
      return;
    }
    float[] xs = HeapFloats.of(x);
    float[] ys = HeapFloats.of(y);
    int rows = walk.rows();
    // Along the stretch, because rows may be added into the same place and then have an order.
    Parallel.ranges(
        walk.inner(),
        Math.max(COLUMN_GRAIN, GRAIN / rows),
        (from, to) -> {
          if (walk.isColumnSum()) {
            int step = walk.xStrides()[0];
            RowLoops.addRows(
                xs, walk.xOffset() + from, step, rows, ys, walk.yOffset() + from, to - from);
            return;
          }
          for (int row = 0; row < rows; row++) {
            int yi = walk.yStart(row) + from;
            BinaryLoops.add(ys, yi, xs, walk.xStart(row) + from, ys, yi, to - from);
          }
        });
  }

  @Override
  public void gather(Floats table, Ints ids, Floats y, int count, int width) {
    float[] tables = HeapFloats.of(table);
    int[] rows = HeapInts.of(ids);
    float[] ys = HeapFloats.of(y);
    Parallel.ranges(
        count,
        Math.max(1, GRAIN / Math.max(1, width)),
        (from, to) -> {
          for (int i = from; i < to; i++) {
            System.arraycopy(tables, rows[i] * width, ys, i * width, width);
          }
        });
  }

  @Override
  public void scatter(Floats x, Ints ids, Floats table, int count, int width) {
    float[] xs = HeapFloats.of(x);
    int[] rows = HeapInts.of(ids);
    float[] tables = HeapFloats.of(table);
    Parallel.ranges(
        count,
        Math.max(1, GRAIN / Math.max(1, width)),
        (from, to) -> {
          for (int i = from; i < to; i++) {
            System.arraycopy(xs, i * width, tables, rows[i] * width, width);
          }
        });
  }

  @Override
  public void scatterAdd(Floats x, Ints ids, Floats table, int count, int width, int skip) {
    float[] xs = HeapFloats.of(x);
    int[] rows = HeapInts.of(ids);
    float[] tables = HeapFloats.of(table);
    // Along the rows, because an id that comes twice has an order.
    Parallel.ranges(
        width,
        Math.max(COLUMN_GRAIN, GRAIN / Math.max(1, count)),
        (from, to) -> {
          for (int i = 0; i < count; i++) {
            if (rows[i] != skip) {
              int at = rows[i] * width + from;
              BinaryLoops.add(tables, at, xs, i * width + from, tables, at, to - from);
            }
          }
        });
  }

  /// A simplified view; its last axis is the stretch, the others number the rows.
  private record Walk(
      int rank, int[] dims, int xOffset, int[] xStrides, int yOffset, int[] yStrides) {
    static Walk of(View view) {
      int[] dims = new int[view.dims().length];
      int[] xStrides = new int[dims.length];
      int[] yStrides = new int[dims.length];
      int rank = 0;
      for (int axis = 0; axis < dims.length; axis++) {
        int dim = view.dims()[axis];
        int xStride = view.xStrides()[axis];
        int yStride = view.yStrides()[axis];
        if (dim == 1) {
          continue;
        }
        if (rank > 0
            && xStrides[rank - 1] == dim * xStride
            && yStrides[rank - 1] == dim * yStride) {
          dims[rank - 1] *= dim;
        } else {
          dims[rank++] = dim;
        }
        xStrides[rank - 1] = xStride;
        yStrides[rank - 1] = yStride;
      }
      return new Walk(rank, dims, view.xOffset(), xStrides, view.yOffset(), yStrides);
    }

    boolean isWorthIt() {
      return rank > 0
          && xStrides[rank - 1] == 1
          && yStrides[rank - 1] == 1
          && inner() >= 4
          && (long) inner() * rows() >= SMALL;
    }

    /// Whether all rows are added into one.
    boolean isColumnSum() {
      return rank == 2 && yStrides[0] == 0;
    }

    int inner() {
      return dims[rank - 1];
    }

    int rows() {
      int rows = 1;
      for (int axis = 0; axis < rank - 1; axis++) {
        rows *= dims[axis];
      }
      return rows;
    }

    int xStart(int row) {
      return start(xOffset, xStrides, row);
    }

    int yStart(int row) {
      return start(yOffset, yStrides, row);
    }

    private int start(int offset, int[] strides, int row) {
      for (int axis = rank - 2; axis >= 0; axis--) {
        offset += row % dims[axis] * strides[axis];
        row /= dims[axis];
      }
      return offset;
    }
  }
}
