package sequor.kernels.vector.rows;

import java.util.Arrays;
import sequor.kernels.Copies.View;
import sequor.kernels.Parallel;
import sequor.kernels.Reductions;

/// Walks through a view with several threads, none of which writes what another does.
///
/// The rows and the stretch of a walk are cut into blocks; one number of `y` belongs to one block,
/// which adds up all that comes there in the order of the view.
final class CopyLoops {
  private static final int GRAIN = 1 << 14;
  private static final int COLUMNS = 64;

  private final float[] x;
  private final float[] y;
  private final Walk walk;
  private final int columns; // of a block
  private final int rows;

  CopyLoops(float[] x, float[] y, Walk walk) {
    this.x = x;
    this.y = y;
    this.walk = walk;
    int sums = Math.clamp(walk.sums(), 1, Reductions.CHUNK);
    columns = Math.min(walk.length(), columns(sums));
    rows = Math.max(1, GRAIN / sums / columns);
  }

  private int columns(int sums) {
    if (walk.xStep() == 1) {
      return Math.max(COLUMNS, GRAIN / sums & -COLUMNS);
    }
    if (sums > 1) {
      return Math.max(1, GRAIN / sums);
    }
    return walk.length() <= 4 * COLUMNS ? walk.length() : COLUMNS; // rows share cache lines of x
  }

  @FunctionalInterface
  private interface Block {
    void run(int row, int from, int to);
  }

  private int blocks() {
    return Math.ceilDiv(walk.rows(), rows) * Math.ceilDiv(walk.length(), columns);
  }

  private void run(int block, Block work) {
    int across = Math.ceilDiv(walk.length(), columns);
    int from = block % across * columns;
    int first = block / across * rows;
    for (int row = first; row < Math.min(first + rows, walk.rows()); row++) {
      work.run(row, from, Math.min(from + columns, walk.length()));
    }
  }

  void copy() {
    Parallel.run(blocks(), block -> run(block, this::copy));
  }

  private void copy(int row, int from, int to) {
    int xi = walk.xStart(row) + from * walk.xStep();
    int yi = walk.yStart(row) + from * walk.yStep();
    if (walk.xStep() == 1 && walk.yStep() == 1) {
      System.arraycopy(x, xi, y, yi, to - from);
      return;
    }
    for (int j = from; j < to; j++, xi += walk.xStep(), yi += walk.yStep()) {
      y[yi] = x[xi];
    }
  }

  void add() {
    int sums = walk.sums();
    if (sums <= Reductions.CHUNK) {
      Parallel.run(
          blocks(),
          block ->
              run(
                  block,
                  (row, from, to) -> {
                    int at = walk.yStart(row) + from * walk.yStep();
                    sum(row, from, to, 0, sums, y, at, walk.yStep());
                  }));
      return;
    }
    int chunks = Math.ceilDiv(sums, Reductions.CHUNK);
    int places = walk.rows() * walk.length();
    float[] parts = new float[chunks * places];
    Parallel.run(
        chunks * blocks(),
        task -> {
          int chunk = task / blocks();
          int first = chunk * Reductions.CHUNK;
          int end = Math.min(first + Reductions.CHUNK, sums);
          run(
              task % blocks(),
              (row, from, to) -> {
                int at = chunk * places + row * walk.length() + from;
                sum(row, from, to, first, end, parts, at, 1);
              });
        });
    for (int place = 0; place < places; place++) {
      int yi = walk.yStart(place / walk.length()) + place % walk.length() * walk.yStep();
      for (int chunk = 0; chunk < chunks; chunk++) {
        y[yi] += parts[chunk * places + place];
      }
    }
  }

  /// Adds what comes to the places `from` to `to` of a row, the `first` to the `end` of it.
  private void sum(
      int row, int from, int to, int first, int end, float[] sums, int at, int atStep) {
    int xi = walk.xStart(row) + from * walk.xStep();
    if (walk.xStep() == 1 && atStep == 1 && walk.sums() == 1) {
      RowLoops.add(x, xi, sums, at, to - from);
    } else if (walk.xStep() == 1 && atStep == 1 && to - from >= 4) {
      for (int i = first; i < end; ) {
        int run = Math.min(walk.stillRun(i), end - i);
        RowLoops.addRows(x, xi + walk.still(i), walk.stillStep(), run, sums, at, to - from);
        i += run;
      }
    } else if (walk.sums() == 1) {
      for (int j = from; j < to; j++, xi += walk.xStep(), at += atStep) {
        sums[at] += x[xi];
      }
    } else {
      for (int j = from; j < to; j++, xi += walk.xStep(), at += atStep) {
        sums[at] = sum(xi, first, end, sums[at]);
      }
    }
  }

  private float sum(int xi, int first, int end, float sum) {
    for (int i = first; i < end; ) {
      int run = Math.min(walk.stillRun(i), end - i);
      int at = xi + walk.still(i);
      for (int j = 0; j < run; j++, at += walk.stillStep()) {
        sum += x[at];
      }
      i += run;
    }
    return sum;
  }

  /// `y` (outer,inner) = the sum of `x` (outer,length,inner) over the middle axis.
  static void sumColumns(float[] x, float[] y, Reductions.Axis axis) {
    Arrays.fill(y, 0, axis.outer() * axis.inner(), 0);
    int inner = axis.inner();
    var view =
        new View(
            new int[] {axis.outer(), axis.length(), inner},
            0,
            new int[] {axis.length() * inner, inner, 1},
            0,
            new int[] {inner, 0, 1});
    if (axis.outer() * axis.inner() > 0 && axis.length() > 0) {
      new CopyLoops(x, y, new Walk(view)).add();
    }
  }
}
