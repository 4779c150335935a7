package sequor.kernels.vector;

import org.junit.jupiter.api.Test;
import sequor.kernels.Copies.View;

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
        rows
            + " "
            + width
            + java.util.Arrays.toString(view.dims())
            + java.util.Arrays.toString(view.xStrides()),
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
          });
    }
  }
}
