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
    new Walk(HeapFloats.of(x), HeapFloats.of(y), view, true)
        .axis(0, view.xOffset(), view.yOffset());
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
}
