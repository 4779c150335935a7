package sequor.kernels.vector.rows;

import java.util.Arrays;
import sequor.kernels.Order;
import sequor.kernels.Parallel;
import sequor.kernels.Reductions.Axis;

/// What goes along an axis from its first number to its last: neither the first of equals nor a
/// running sum can be cut into chunks, so the threads share columns.
final class AxisOrder {
  private static final int GRAIN = 1 << 13;
  private static final int COLUMNS = 64;

  private AxisOrder() {}

  @FunctionalInterface
  interface Columns {
    /// `n` neighbouring columns whose first number lies at `start`, and whose result at `place`.
    void run(int start, int place, int n);
  }

  static void columns(Axis axis, Columns columns) {
    int inner = axis.inner();
    int across = Math.ceilDiv(inner, COLUMNS);
    int work = Math.max(1, axis.length()) * Math.clamp(inner, 1, COLUMNS);
    Parallel.ranges(
        axis.outer() * across,
        Math.max(1, GRAIN / work),
        (first, last) -> {
          for (int block = first; block < last; block++) {
            int o = block / across;
            int i = block % across * COLUMNS;
            columns.run(axis.place(o, 0, i), o * inner + i, Math.min(COLUMNS, inner - i));
          }
        });
  }

  /// The first `k` keys of each column; all are sorted only if many are asked for.
  static void topK(float[] x, int[] places, Axis axis, int k, boolean largest) {
    int n = axis.length();
    int inner = axis.inner();
    boolean few = k <= n / 8;
    Parallel.ranges(
        axis.results(),
        Math.max(1, GRAIN / Math.max(1, n) / 4),
        (from, to) -> {
          long[] keys = new long[few ? k : n];
          for (int column = from; column < to; column++) {
            int o = column / inner;
            int i = column % inner;
            int start = axis.place(o, 0, i);
            if (few) {
              first(x, start, inner, n, largest, keys);
            } else {
              for (int l = 0; l < n; l++) {
                keys[l] = Order.key(x[start + l * inner], l, largest);
              }
            }
            Arrays.sort(keys);
            for (int j = 0; j < k; j++) {
              places[(o * k + j) * inner + i] = Order.place(keys[j]);
            }
          }
        });
  }

  /// Fills `heap`, whose first is the last in order, with the first keys of a column.
  private static void first(float[] x, int start, int step, int n, boolean largest, long[] heap) {
    int k = heap.length;
    if (k == 0) {
      return;
    }
    for (int l = 0; l < k; l++) {
      heap[l] = Order.key(x[start + l * step], l, largest);
    }
    for (int root = k / 2 - 1; root >= 0; root--) {
      sink(heap, root);
    }
    for (int l = k; l < n; l++) {
      long key = Order.key(x[start + l * step], l, largest);
      if (key < heap[0]) {
        heap[0] = key;
        sink(heap, 0);
      }
    }
  }

  private static void sink(long[] heap, int root) {
    long key = heap[root];
    for (int child = 2 * root + 1; child < heap.length; child = 2 * root + 1) {
      if (child + 1 < heap.length && heap[child + 1] > heap[child]) {
        child++;
      }
      if (heap[child] <= key) {
        break;
      }
      heap[root] = heap[child];
      root = child;
    }
    heap[root] = key;
  }
}
