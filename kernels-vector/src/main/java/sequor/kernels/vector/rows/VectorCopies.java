package sequor.kernels.vector.rows;

import java.util.Arrays;
import sequor.kernels.Copies;
import sequor.kernels.Floats;
import sequor.kernels.HeapFloats;
import sequor.kernels.HeapInts;
import sequor.kernels.Ints;
import sequor.kernels.Kernels;
import sequor.kernels.Parallel;
import sequor.kernels.vector.elementwise.BinaryLoops;

/// Numbers carried from place to place, a stretch at a time. What is small is left to the scalar
/// kernels, and so is a view whose places overlap.
public final class VectorCopies implements Copies {
  private static final int SMALL = 64;
  private static final int GRAIN = 1 << 14;
  private static final int COLUMNS = 64;
  private static final int ADDS = 1 << 17; // of a task, at least
  private static final int MOST_ADD_TASKS = 16;

  @Override
  public void copy(Floats x, Floats y, View view) {
    var walk = new Walk(view);
    if (isSmall(walk) || walk.sums() > 1 || view.overlaps()) {
      Kernels.scalar().copies().copy(x, y, view);
    } else {
      new CopyLoops(HeapFloats.of(x), HeapFloats.of(y), walk).copy();
    }
  }

  @Override
  public void add(Floats x, Floats y, View view) {
    var walk = new Walk(view);
    if (isSmall(walk) || view.overlaps()) {
      Kernels.scalar().copies().add(x, y, view);
    } else {
      new CopyLoops(HeapFloats.of(x), HeapFloats.of(y), walk).add();
    }
  }

  private static boolean isSmall(Walk walk) {
    return (long) walk.rows() * walk.length() * walk.sums() < SMALL;
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
    int[] inOrder = new int[count];
    Arrays.setAll(inOrder, i -> i);
    addRows(HeapFloats.of(x), inOrder, HeapFloats.of(table), HeapInts.of(ids), count, width, skip);
  }

  @Override
  public void addRows(Floats x, Ints from, Floats y, Ints to, int count, int width) {
    addRows(
        HeapFloats.of(x), HeapInts.of(from), HeapFloats.of(y), HeapInts.of(to), count, width, -1);
  }

  private static void addRows(
      float[] x, int[] sources, float[] y, int[] targets, int count, int width, int skip) {
    // One thread needs no parts: each sum has its order in any case.
    int most = Parallel.threads() == 1 ? 1 : MOST_ADD_TASKS;
    int tasks = Math.clamp((long) count * width / ADDS, 1, most);
    int groups = Integer.highestOneBit(Math.clamp(count / 64, 1, Math.min(tasks, 8)));
    int columns = Math.max(COLUMNS, Math.ceilDiv(width, tasks / groups) + 15 & -16);
    if (groups == 1) {
      Parallel.ranges(
          width,
          columns,
          (from, to) -> {
            for (int i = 0; i < count; i++) {
              if (targets[i] != skip) {
                int at = targets[i] * width + from;
                BinaryLoops.add(y, at, x, sources[i] * width + from, y, at, to - from);
              }
            }
          });
      return;
    }
    int across = Math.ceilDiv(width, columns);
    var order = new Groups(targets, count, skip, groups);
    Parallel.run(
        across * groups,
        task -> {
          int from = task % across * columns;
          int n = Math.min(columns, width - from);
          for (int j = order.start(task / across); j < order.start(task / across + 1); j++) {
            int i = order.at(j);
            int at = targets[i] * width + from;
            BinaryLoops.add(y, at, x, sources[i] * width + from, y, at, n);
          }
        });
  }

  /// An id that comes twice has an order, so one row of a table is one task's: ids are dealt out to
  /// groups by their last bits, and keep their order in each.
  private static final class Groups {
    private final int[] starts;
    private final int[] order;

    Groups(int[] ids, int count, int skip, int groups) {
      starts = new int[groups + 1];
      order = new int[count];
      for (int i = 0; i < count; i++) {
        if (ids[i] != skip) {
          starts[(ids[i] & groups - 1) + 1]++;
        }
      }
      for (int group = 0; group < groups; group++) {
        starts[group + 1] += starts[group];
      }
      int[] next = starts.clone();
      for (int i = 0; i < count; i++) {
        if (ids[i] != skip) {
          order[next[ids[i] & groups - 1]++] = i;
        }
      }
    }

    int start(int group) {
      return starts[group];
    }

    int at(int place) {
      return order[place];
    }
  }

  @Override
  public void gatherAlong(Floats x, Ints ids, Floats y, Along size) {
    float[] xs = HeapFloats.of(x);
    float[] ys = HeapFloats.of(y);
    int[] places = HeapInts.of(ids);
    int inner = size.inner();
    int n = size.count() * inner;
    Parallel.ranges(
        size.outer() * n,
        GRAIN,
        (from, to) -> {
          for (int here = from; here < to; here++) {
            int there = (here / n * size.length() + places[here]) * inner + here % inner;
            ys[here] = xs[there];
          }
        });
  }

  @Override
  public void scatterAddAlong(Floats x, Ints ids, Floats y, Along size) {
    float[] xs = HeapFloats.of(x);
    float[] ys = HeapFloats.of(y);
    int[] places = HeapInts.of(ids);
    along(
        size,
        (start, here, end) -> {
          for (int to = start; here < end; here++, to++) {
            ys[to + places[here] * size.inner()] += xs[here];
          }
        });
  }

  @Override
  public void scatterAlong(Floats x, Ints ids, Floats y, Along size) {
    float[] xs = HeapFloats.of(x);
    float[] ys = HeapFloats.of(y);
    int[] places = HeapInts.of(ids);
    along(
        size,
        (start, here, end) -> {
          for (int to = start; here < end; here++, to++) {
            ys[to + places[here] * size.inner()] = xs[here];
          }
        });
  }

  @FunctionalInterface
  private interface Stretch {
    /// The ids `here` to `end`, whose columns begin at `start` of the other buffer.
    void run(int start, int here, int end);
  }

  /// Several threads for whole matrices, or for columns of one, as the places of a column have an
  /// order.
  private static void along(Along size, Stretch stretch) {
    int inner = size.inner();
    int count = size.count();
    int columns = Math.clamp(GRAIN / Math.max(1, count), 16, Math.max(16, inner));
    int across = Math.ceilDiv(inner, columns);
    Parallel.ranges(
        size.outer() * across,
        Math.max(1, GRAIN / Math.max(1, count * Math.min(columns, inner))),
        (first, last) -> {
          for (int block = first; block < last; block++) {
            int o = block / across;
            int from = block % across * columns;
            int to = Math.min(from + columns, inner);
            for (int c = 0; c < count; c++) {
              int here = (o * count + c) * inner;
              stretch.run(o * size.length() * inner + from, here + from, here + to);
            }
          }
        });
  }
}
