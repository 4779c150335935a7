package sequor.kernels.vector;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import sequor.kernels.Embeddings.Additions;
import sequor.kernels.Embeddings.Changes;
import sequor.kernels.Embeddings.Pairs;
import sequor.kernels.Embeddings.Size;
import sequor.kernels.Embeddings.Squares;
import sequor.kernels.Embeddings.Windows;
import sequor.kernels.HeapFloats;
import sequor.kernels.HeapInts;

class EmbeddingsTwinTest {
  private static final int ROWS = 9;

  @Test
  void pairsOfAnySize() {
    for (int d : new int[] {1, 4, 6, 13, 16, 17, 100, 112, 207}) {
      for (int n : new int[] {1, 2, 5, 10}) {
        for (int m : new int[] {1, 3, 6, 20}) {
          assertPairs(new Size(40, n, m, d));
        }
      }
    }
  }

  private static void assertPairs(Size size) {
    Twins.assertSame(
        "pairs " + size,
        1e-5,
        run -> {
          var windows = windows(run, size);
          int g = size.windows();
          int d = size.dimension();
          var dx = run.floats(g * size.inputs() * d);
          var dy = run.floats(g * size.outputs() * d);
          var changes =
              new Changes(dx, dy, run.floats(g * size.inputs() * size.outputs()), run.floats(g));
          var in = run.floats(ROWS * d, -0.3f, 0.3f);
          var out = run.floats(ROWS * d, -0.3f, 0.3f);
          var kernels = run.kernels().embeddings();
          kernels.pairs(in, out, windows, changes, 0.1f, size);
          var none = new HeapFloats(new float[0]);
          var often = new HeapInts(new int[ROWS]);
          int all = g * size.inputs();
          kernels.add(in, dx, new Additions(windows.inputs(), all, 1, none, often, 3), d);
          kernels.add(in, dx, new Additions(windows.inputs(), all, 1, none, often, 3), d);
        });
  }

  @Test
  void meansOfAnySize() {
    for (int d : new int[] {1, 4, 6, 13, 16, 17, 100, 112, 207}) {
      for (int n : new int[] {1, 2, 7, 33}) {
        for (int m : new int[] {1, 3, 6, 37}) {
          assertMeans(new Size(40, n, m, d));
        }
      }
    }
  }

  private static void assertMeans(Size size) {
    Twins.assertSame(
        "means " + size,
        1e-5,
        run -> {
          var windows = windows(run, size);
          int g = size.windows();
          int d = size.dimension();
          var dx = run.floats(g * d);
          var hidden = run.floats(g * d);
          var errors = run.floats(g * size.outputs());
          var changes = new Changes(dx, hidden, errors, run.floats(g));
          var in = run.floats(ROWS * d, -0.3f, 0.3f);
          var out = run.floats(ROWS * d, -0.3f, 0.3f);
          var kernels = run.kernels().embeddings();
          kernels.means(in, out, windows, changes, 0.1f, size);
          var none = new HeapInts(new int[0]);
          int all = g * size.outputs();
          kernels.add(
              out,
              hidden,
              new Additions(windows.outputs(), all, size.outputs(), errors, none, 0),
              d);
        });
  }

  @Test
  void wordsTogetherOfAnySize() {
    for (int d : new int[] {2, 4, 6, 13, 16, 17, 100, 112, 207}) {
      Twins.assertSame(
          "together " + d,
          1e-4,
          run -> {
            var kernels = run.kernels().embeddings();
            var words = run.floats(ROWS * d, -0.3f, 0.3f);
            var contexts = run.floats(ROWS * d, -0.3f, 0.3f);
            var squares = new Squares(run.floats(ROWS * d, 1, 2), run.floats(ROWS * d, 1, 2));
            int n = 50;
            var pairs =
                new Pairs(
                    run.ints(n, ROWS),
                    run.ints(n, ROWS),
                    run.floats(n, 0.1f, 1),
                    run.floats(n, -2, 3),
                    n);
            var loss = run.floats(1);
            loss.set(0, (float) kernels.together(words, contexts, squares, pairs, 0.05f, d));
          });
    }
  }

  /// Rows in front and none behind them; some windows have none at all.
  private static Windows windows(Twins.Run run, Size size) {
    var random = new Random(size.hashCode());
    int g = size.windows();
    int[] inputs = new int[g * size.inputs()];
    int[] outputs = new int[g * size.outputs()];
    for (int w = 0; w < g; w++) {
      int some = random.nextInt(size.inputs() + 1);
      int others = some == 0 ? 0 : 1 + random.nextInt(size.outputs());
      fill(inputs, w * size.inputs(), size.inputs(), some, random);
      fill(outputs, w * size.outputs(), size.outputs(), others, random);
    }
    var targets = run.floats(outputs.length);
    for (int k = 0; k < outputs.length; k++) {
      targets.set(k, random.nextInt(2));
    }
    return new Windows(new HeapInts(inputs), new HeapInts(outputs), targets);
  }

  private static void fill(int[] rows, int at, int most, int count, Random random) {
    Arrays.fill(rows, at, at + most, -1);
    for (int k = 0; k < count; k++) {
      rows[at + k] = random.nextInt(ROWS);
    }
  }
}
