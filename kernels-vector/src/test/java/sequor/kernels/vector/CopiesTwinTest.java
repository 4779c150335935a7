package sequor.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import sequor.kernels.Copies.Along;
import sequor.kernels.Copies.View;
import sequor.kernels.HeapFloats;
import sequor.kernels.Kernels;
import sequor.kernels.Reductions;

class CopiesTwinTest {
  @Test
  void viewsOfEveryKind() {
    for (int n : Twins.SIZES) {
      // a slice of rows, a step out of (B,T,N), a transpose of the outer axes, a full transpose
      assertSame(5, n, new View(new int[] {3, n}, n, new int[] {n, 1}, 0, new int[] {n, 1}));
      assertSame(6, n, new View(new int[] {2, n}, n, new int[] {3 * n, 1}, 0, new int[] {n, 1}));
      assertSame(
          6,
          n,
          new View(new int[] {3, 2, n}, 0, new int[] {n, 3 * n, 1}, 0, new int[] {2 * n, n, 1}));
      assertSame(4, n, new View(new int[] {n, 4}, 0, new int[] {1, n}, 0, new int[] {4, 1}));
      assertSame(1, n, new View(new int[] {n}, n - 1, new int[] {-1}, 0, new int[] {1}));
      assertSame(
          3,
          n,
          new View(new int[] {1, 3, 1, n}, 0, new int[] {9, n, 5, 1}, 0, new int[] {7, n, 3, 1}));
    }
    assertSame(
        700, 100, new View(new int[] {700, 90}, 10, new int[] {100, 1}, 3, new int[] {95, 1}));
    assertSame(1, 1, new View(new int[0], 0, new int[0], 0, new int[0]));
    assertSame(1, 5, new View(new int[] {0, 5}, 0, new int[] {5, 1}, 0, new int[] {5, 1}));
  }

  private static void assertSame(int rows, int width, View view) {
    Twins.assertSame(
        rows + " " + width + Arrays.toString(view.dims()) + Arrays.toString(view.xStrides()),
        0,
        run -> {
          var x = run.floats(rows * width);
          run.kernels().copies().copy(x, run.floats(rows * width), view);
          run.kernels().copies().add(x, run.floats(rows * width), view);
        });
  }

  @Test
  void sumsOverAxesKeepTheirOrder() {
    for (int n : Twins.SIZES) {
      var view = new View(new int[] {300, n}, 0, new int[] {n, 1}, 0, new int[] {0, 1});
      Twins.assertSame(
          "sum of rows of " + n,
          0,
          run -> run.kernels().copies().add(run.floats(300 * n), run.floats(n), view));
    }
  }

  @Test
  void sumsOverSeveralAxes() {
    for (int n : Twins.SIZES) {
      int[] dims = {7, 5, 6, n};
      int[] dense = {30 * n, 6 * n, n, 1};
      for (int[] still :
          new int[][] {{0}, {1}, {3}, {0, 1}, {0, 2}, {1, 3}, {0, 3}, {0, 1, 2, 3}}) {
        int[] kept = dims.clone();
        for (int axis : still) {
          kept[axis] = 1;
        }
        int[] strides = {kept[1] * kept[2] * kept[3], kept[2] * kept[3], kept[3], 1};
        for (int axis : still) {
          strides[axis] = 0;
        }
        var view = new View(dims, 0, dense, 0, strides);
        int results = kept[0] * kept[1] * kept[2] * kept[3];
        Twins.assertSame(
            n + " without " + Arrays.toString(still),
            0,
            run -> run.kernels().copies().add(run.floats(210 * n), run.floats(results), view));
      }
    }
  }

  @Test
  void longSumsAreSummedInChunks() {
    int rows = Reductions.CHUNK / 2 + 9;
    for (int n : new int[] {1, 3, 16, 21}) {
      var oneAxis = new View(new int[] {5 * rows, n}, 0, new int[] {n, 1}, 0, new int[] {0, 1});
      var outerAndLast =
          new View(new int[] {rows, n, 5}, 0, new int[] {5 * n, 5, 1}, 0, new int[] {0, 1, 0});
      for (var view : List.of(oneAxis, outerAndLast)) {
        Twins.assertSame(
            "long " + Arrays.toString(view.dims()),
            0,
            run -> run.kernels().copies().add(run.floats(5 * rows * n), run.floats(n), view));
      }
    }
  }

  /// A single one, read 17 million times, so that it takes no memory.
  @Test
  void seventeenMillionOnes() {
    var view = new View(new int[] {17_000_000, 2}, 0, new int[] {0, 0}, 0, new int[] {0, 1});
    for (var kernels : List.of(Kernels.scalar(), Twins.VECTOR)) {
      var sums = new HeapFloats(new float[2]);
      kernels.copies().add(new HeapFloats(new float[] {1}), sums, view);
      assertThat(sums.array()).as(kernels.name()).containsOnly(17_000_000);
    }
  }

  /// Windows of 5 steps added back to where they were cut from: each place of `y` is met 5 times.
  @Test
  void windowsThatOverlapAreAddedInOneOrder() {
    int b = 4;
    int o = 1996;
    int d = 64;
    int t = o + 4;
    var windows =
        new View(
            new int[] {b, o, 5, d},
            0,
            new int[] {o * 5 * d, 5 * d, d, 1},
            0,
            new int[] {t * d, d, d, 1});
    assertThat(windows.overlaps()).isTrue();
    for (int round = 0; round < 3; round++) {
      Twins.assertSame(
          "windows " + round,
          0,
          run ->
              run.kernels()
                  .copies()
                  .add(run.floats(b * o * 5 * d), run.floats(b * t * d), windows));
    }
  }

  @Test
  void viewsOfDenseTensorsDoNotOverlap() {
    assertThat(new View(new int[] {3, 4}, 0, new int[] {1, 3}, 0, new int[] {4, 1}).overlaps())
        .isFalse();
    assertThat(new View(new int[] {3, 4}, 0, new int[] {1, 3}, 0, new int[] {1, 3}).overlaps())
        .isFalse();
    assertThat(new View(new int[] {3, 4}, 0, new int[] {1, 3}, 11, new int[] {-4, -1}).overlaps())
        .isFalse();
    assertThat(new View(new int[] {3, 4}, 0, new int[] {4, 1}, 0, new int[] {0, 1}).overlaps())
        .isFalse();
    assertThat(new View(new int[] {3, 4}, 0, new int[] {4, 1}, 0, new int[] {3, 1}).overlaps())
        .isTrue();
    assertThat(new View(new int[] {3, 4}, 0, new int[] {4, 1}, 0, new int[] {1, -1}).overlaps())
        .isTrue();
    assertThat(new View(new int[] {3, 0}, 0, new int[] {4, 1}, 0, new int[] {1, 1}).overlaps())
        .isFalse();
  }

  @Test
  void placesAlongAnAxis() {
    for (int inner : Twins.SIZES) {
      for (var size : List.of(new Along(3, 7, 300, inner), new Along(50, 7, 1, inner))) {
        int there = size.outer() * size.length() * inner;
        int here = size.outer() * size.count() * inner;
        Twins.assertSame(
            size.toString(),
            0,
            run -> {
              var kernels = run.kernels().copies();
              var ids = run.ints(here, size.length());
              kernels.gatherAlong(run.floats(there), ids, run.floats(here), size);
              kernels.scatterAddAlong(run.floats(here), ids, run.floats(there), size);
              kernels.scatterAlong(run.floats(here), ids, run.floats(there), size);
            });
      }
    }
  }

  @Test
  void lookUps() {
    for (int width : Twins.SIZES) {
      Twins.assertSame(
          "look up " + width,
          0,
          run -> {
            var kernels = run.kernels().copies();
            var table = run.floats(30 * width);
            var ids = run.ints(400, 30);
            var rows = run.floats(400 * width);
            kernels.gather(table, ids, rows, 400, width);
            kernels.scatterAdd(rows, ids, run.floats(30 * width), 400, width, 7);
            kernels.scatterAdd(rows, ids, run.floats(30 * width), 400, width, -1);
            kernels.addRows(table, ids, run.floats(9 * width), run.ints(400, 9), 400, width);
            var many = run.ints(4000, 30);
            kernels.addRows(table, many, run.floats(9 * width), run.ints(4000, 9), 4000, width);
            kernels.scatterAdd(
                run.floats(4000 * width), many, run.floats(30 * width), 4000, width, 3);
          });
    }
  }
}
