package sequor.kernels.vector;

import java.util.List;
import org.junit.jupiter.api.Test;
import sequor.kernels.HeapFloats;
import sequor.kernels.HeapInts;
import sequor.kernels.Reductions;
import sequor.kernels.Reductions.Axis;
import sequor.kernels.Rows.Classes;
import sequor.kernels.Rows.Normal;
import sequor.kernels.Rows.Size;

/// Rows and reductions.
class RowsTwinTest {
  private static final double CLOSE = 1e-5;

  @Test
  void softmax() {
    for (int rows : new int[] {1, 3, 200}) {
      for (int n : Twins.SIZES) {
        var size = new Size(rows, n);
        Twins.assertSame(
            "softmax " + size,
            CLOSE,
            run -> {
              var kernels = run.kernels().rows();
              var x = run.floats(rows * n, -30, 30);
              x.set(0, Float.NEGATIVE_INFINITY);
              var dy = run.floats(rows * n);
              var y = run.floats(rows * n);
              kernels.softmax(x, y, size);
              kernels.softmaxBackward(y, dy, run.floats(rows * n), size);
              var finite = run.floats(rows * n, -30, 30);
              kernels.logSoftmax(finite, y, size);
              kernels.logSoftmaxBackward(y, dy, run.floats(rows * n), size);
            });
      }
    }
  }

  @Test
  void crossEntropy() {
    for (int n : Twins.SIZES) {
      for (float smoothing : new float[] {0, 0.1f}) {
        for (boolean weighted : new boolean[] {false, true}) {
          var size = new Classes(60, n, 2, smoothing);
          Twins.assertSame(
              size + " " + weighted,
              CLOSE,
              run -> {
                var kernels = run.kernels().rows();
                var logits = run.floats(60 * n, 95, 105);
                var targets = run.ints(60, n);
                var weights = run.floatsOrNone(weighted, n);
                kernels.crossEntropy(logits, targets, weights, run.floats(60), size);
                kernels.crossEntropyBackward(
                    logits, targets, weights, run.floats(60), run.floats(60 * n), size);
              });
        }
      }
    }
  }

  @Test
  void layerNorm() {
    for (int n : Twins.SIZES) {
      for (boolean wanted : new boolean[] {false, true}) {
        var size = new Normal(300, n, 1e-5f);
        Twins.assertSame(
            size + " " + wanted,
            n == 2 ? 0.05 : 2e-4, // with two numbers the gradient is almost nothing but rounding
            run -> {
              var kernels = run.kernels().rows();
              var x = run.floats(300 * n);
              var weight = run.floatsOrNone(wanted, n);
              var bias = run.floatsOrNone(wanted, n);
              kernels.layerNorm(x, weight, bias, run.floats(300 * n), size);
              kernels.layerNormBackward(
                  x,
                  weight,
                  run.floats(300 * n),
                  run.floatsOrNone(wanted || n > 3, 300 * n),
                  run.floatsOrNone(wanted, n),
                  run.floatsOrNone(wanted, n),
                  size);
            });
      }
    }
  }

  @Test
  void reductions() {
    for (int n : Twins.SIZES) {
      assertSame(new Axis(1, n, 1));
      assertSame(new Axis(5, n, 1));
      assertSame(new Axis(1, n, 17));
      assertSame(new Axis(3, 7, n));
      assertSame(new Axis(300, 7, n));
    }
    assertSame(new Axis(1, 100_001, 1));
    assertSame(new Axis(2, 1, 1));
    assertSame(new Axis(1, 300, 1000));
  }

  private static void assertSame(Axis axis) {
    Twins.assertSame(
        axis.toString(),
        1e-6 * Math.sqrt(axis.length()) * 4,
        run -> {
          var kernels = run.kernels().reductions();
          int n = axis.outer() * axis.length() * axis.inner();
          int results = axis.outer() * axis.inner();
          var x = run.floats(n);
          kernels.sum(x, run.floats(results), axis);
          kernels.max(x, run.floats(results), axis);
          var places = new HeapInts(new int[results]);
          kernels.argmax(x, places, axis);
          show(run, places);
          kernels.cumsum(x, run.floats(n), axis);
          kernels.cumsumBackward(x, run.floats(n), axis);
          run.floats(1).set(0, (float) kernels.sumOfSquares(x, n));
        });
  }

  @Test
  void theLargestAndSmallestInOrder() {
    for (var axis : List.of(new Axis(3, 1, 1), new Axis(40, 50, 1), new Axis(3, 17, 70))) {
      for (int k : new int[] {0, 1, 2, 6, axis.length()}) {
        for (boolean largest : new boolean[] {false, true}) {
          if (k <= axis.length()) {
            Twins.assertSame(
                "top %d of %s %s".formatted(k, axis, largest),
                0,
                run -> {
                  var x = run.floats(axis.results() * axis.length());
                  for (int i = 0; i < axis.results() * axis.length(); i++) {
                    x.set(i, Math.round(x.get(i) * 4)); // with many equals, and −0
                  }
                  x.set(0, Float.NaN);
                  var places = new HeapInts(new int[axis.results() * k]);
                  run.kernels().reductions().topK(x, places, axis, k, largest);
                  show(run, places);
                  var best = new HeapInts(new int[axis.results()]);
                  run.kernels().reductions().argmax(x, best, axis);
                  show(run, best);
                });
          }
        }
      }
    }
  }

  private static void show(Twins.Run run, HeapInts places) {
    var seen = run.floats(places.length());
    for (int i = 0; i < places.length(); i++) {
      seen.set(i, places.get(i));
    }
  }

  @Test
  void logSumExp() {
    for (int n : Twins.SIZES) {
      var size = new Size(100, n);
      Twins.assertSame(
          "logSumExp " + size,
          CLOSE,
          run -> {
            var x = run.floats(100 * n, -30, 30);
            for (int i = 0; i < n; i++) {
              x.set(i, Float.NEGATIVE_INFINITY);
            }
            var y = run.floats(100);
            run.kernels().rows().logSumExp(x, y, size);
            run.kernels()
                .rows()
                .logSumExpBackward(x, y, run.floats(100), run.floats(100 * n), size);
          });
    }
  }

  @Test
  void rowsOfNoLength() {
    Twins.assertSame(
        "no length",
        0,
        run -> {
          var none = new HeapFloats(new float[0]);
          run.kernels().rows().logSumExp(none, run.floats(3), new Size(3, 0));
          run.kernels().rows().layerNorm(none, none, none, none, new Normal(3, 0, 1e-5f));
          run.kernels()
              .rows()
              .layerNormBackward(none, none, none, none, none, none, new Normal(3, 0, 1e-5f));
          run.kernels().reductions().sum(none, run.floats(3), new Axis(3, 0, 1));
          run.kernels().reductions().sum(none, run.floats(6), new Axis(3, 0, 2));
        });
  }

  @Test
  void longColumnsAreSummedInChunks() {
    assertSame(new Axis(1, Reductions.CHUNK + 1, 2));
    assertSame(new Axis(2, 3 * Reductions.CHUNK - 5, 5));
    assertSame(new Axis(1, 2 * Reductions.CHUNK + 77, 19));
  }

  @Test
  void aRowOfNothingButMinusInfinity() {
    float low = Float.NEGATIVE_INFINITY;
    Twins.assertSame(
        "masked",
        0,
        run ->
            run.kernels()
                .rows()
                .softmax(
                    new HeapFloats(new float[] {low, low, low}), run.floats(3), new Size(1, 3)));
  }
}
