package sequor.kernels;

/// Numbers carried from place to place, axis by axis.
final class ScalarCopies implements Copies {
  @Override
  public void copy(Floats x, Floats y, View view) {
    new Walk(HeapFloats.of(x), HeapFloats.of(y), view, false)
        .axis(0, view.xOffset(), view.yOffset());
  }

  @Override
  public void add(Floats x, Floats y, View view) {
    float[] xs = HeapFloats.of(x);
    float[] ys = HeapFloats.of(y);
    var still = Axes.of(view, true);
    if (still.size() <= Reductions.CHUNK) {
      new Walk(xs, ys, view, true).axis(0, view.xOffset(), view.yOffset());
      return;
    }
    var moving = Axes.of(view, false);
    for (int place = 0; place < moving.size(); place++) {
      int xi = view.xOffset() + moving.x(place);
      int yi = view.yOffset() + moving.y(place);
      for (int from = 0; from < still.size(); from += Reductions.CHUNK) {
        float sum = 0;
        for (int i = from; i < Math.min(from + Reductions.CHUNK, still.size()); i++) {
          sum += xs[xi + still.x(i)];
        }
        ys[yi] += sum;
      }
    }
  }

  @Override
  public void gather(Floats table, Ints ids, Floats y, int count, int width) {
    float[] tables = HeapFloats.of(table);
    int[] rows = HeapInts.of(ids);
    float[] ys = HeapFloats.of(y);
    for (int i = 0; i < count; i++) {
      System.arraycopy(tables, rows[i] * width, ys, i * width, width);
    }
  }

  @Override
  public void scatter(Floats x, Ints ids, Floats table, int count, int width) {
    float[] xs = HeapFloats.of(x);
    int[] rows = HeapInts.of(ids);
    float[] tables = HeapFloats.of(table);
    for (int i = 0; i < count; i++) {
      System.arraycopy(xs, i * width, tables, rows[i] * width, width);
    }
  }

  @Override
  public void scatterAdd(Floats x, Ints ids, Floats table, int count, int width, int skip) {
    float[] xs = HeapFloats.of(x);
    int[] rows = HeapInts.of(ids);
    float[] tables = HeapFloats.of(table);
    for (int i = 0; i < count; i++) {
      if (rows[i] == skip) {
        continue;
      }
      for (int j = 0; j < width; j++) {
        tables[rows[i] * width + j] += xs[i * width + j];
      }
    }
  }

  @Override
  public void addRows(Floats x, Ints from, Floats y, Ints to, int count, int width) {
    float[] xs = HeapFloats.of(x);
    int[] sources = HeapInts.of(from);
    float[] ys = HeapFloats.of(y);
    int[] targets = HeapInts.of(to);
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < width; j++) {
        ys[targets[i] * width + j] += xs[sources[i] * width + j];
      }
    }
  }

  @Override
  public void gatherAlong(Floats x, Ints ids, Floats y, Along size) {
    float[] xs = HeapFloats.of(x);
    float[] ys = HeapFloats.of(y);
    along(ids, size, (there, here) -> ys[here] = xs[there]);
  }

  @Override
  public void scatterAddAlong(Floats x, Ints ids, Floats y, Along size) {
    float[] xs = HeapFloats.of(x);
    float[] ys = HeapFloats.of(y);
    along(ids, size, (there, here) -> ys[there] += xs[here]);
  }

  @Override
  public void scatterAlong(Floats x, Ints ids, Floats y, Along size) {
    float[] xs = HeapFloats.of(x);
    float[] ys = HeapFloats.of(y);
    along(ids, size, (there, here) -> ys[there] = xs[here]);
  }

  @FunctionalInterface
  private interface Pair {
    void at(int there, int here);
  }

  private static void along(Ints ids, Along size, Pair pair) {
    int[] places = HeapInts.of(ids);
    int here = 0;
    for (int o = 0; o < size.outer(); o++) {
      for (int c = 0; c < size.count(); c++) {
        for (int i = 0; i < size.inner(); i++, here++) {
          pair.at((o * size.length() + places[here]) * size.inner() + i, here);
        }
      }
    }
  }

  private record Walk(float[] x, float[] y, View view, boolean add) {
    void axis(int axis, int xi, int yi) {
      if (axis == view.dims().length) {
        y[yi] = add ? y[yi] + x[xi] : x[xi];
        return;
      }
      for (int i = 0; i < view.dims()[axis]; i++) {
        axis(axis + 1, xi + i * view.xStrides()[axis], yi + i * view.yStrides()[axis]);
      }
    }
  }

  /// Those axes of a view along which `y` stands still, or those along which it moves: the others
  /// have the size 1.
  private record Axes(int[] dims, View view) {
    static Axes of(View view, boolean still) {
      int[] dims = view.dims().clone();
      for (int axis = 0; axis < dims.length; axis++) {
        dims[axis] = (view.yStrides()[axis] == 0) == still ? dims[axis] : 1;
      }
      return new Axes(dims, view);
    }

    int size() {
      int size = 1;
      for (int dim : dims) {
        size *= dim;
      }
      return size;
    }

    int x(int place) {
      return start(view.xStrides(), place);
    }

    int y(int place) {
      return start(view.yStrides(), place);
    }

    private int start(int[] strides, int place) {
      int start = 0;
      for (int axis = dims.length - 1; axis >= 0; axis--) {
        start += place % dims[axis] * strides[axis];
        place /= dims[axis];
      }
      return start;
    }
  }
}
